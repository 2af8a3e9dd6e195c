"""What the room keeps: tasks, and what tickets and whistles have beside them."""

from tongzhou.tasks.models.kept_file import KeptFile
from tongzhou.tasks.models.task import Attachment, Comment, Task, TaskParty
from tongzhou.tasks.models.ticket import Channel, Requester, Ticket
from tongzhou.tasks.models.values import CLOSED, OWNED, Basis, Form, Priority, State, Work
from tongzhou.tasks.models.whistle import Call, Whistle

__all__ = [
    "CLOSED",
    "OWNED",
    "Attachment",
    "Basis",
    "Call",
    "Channel",
    "Comment",
    "Form",
    "KeptFile",
    "Priority",
    "Requester",
    "State",
    "Task",
    "TaskParty",
    "Ticket",
    "Whistle",
    "Work",
]
