"""The acts on an existing task by their verb, as pages and API name them."""

from collections.abc import Callable, Mapping
from typing import Any

from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.arrive_at_whistle import arrive_at_whistle
from tongzhou.tasks.actions.attach_file import attach_file
from tongzhou.tasks.actions.block_task import block_task
from tongzhou.tasks.actions.call_back import call_back
from tongzhou.tasks.actions.comment_task import comment_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.decide_owner import decide_owner
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.actions.edit_task import edit_task
from tongzhou.tasks.actions.evaluate import evaluate
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.actions.object_to_dispatch import object_to_dispatch
from tongzhou.tasks.actions.reclassify_ticket import reclassify_ticket
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.release_task import release_task
from tongzhou.tasks.actions.reopen_task import reopen_task
from tongzhou.tasks.actions.resume_task import resume_task
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.review_objection import review_objection
from tongzhou.tasks.actions.see_task import see_task
from tongzhou.tasks.actions.split_task import split_task
from tongzhou.tasks.actions.start_task import start_task
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.actions.urge_task import urge_task
from tongzhou.tasks.actions.withdraw_task import withdraw_task

#: Each takes ``task``, ``by``, ``at`` and its own arguments by name.
VERBS: Mapping[str, Callable[..., Any]] = {
    "dispatch": dispatch_task,
    "see": see_task,
    "accept": accept_task,
    "refuse": refuse_task,
    "return": return_task,
    "forward": forward_task,
    "take": take_task,
    "release": release_task,
    "start": start_task,
    "block": block_task,
    "resume": resume_task,
    "finish": finish_task,
    "confirm": confirm_task,
    "reopen": reopen_task,
    "split": split_task,
    "merge": merge_tasks,
    "withdraw": withdraw_task,
    "edit": edit_task,
    "reclassify": reclassify_ticket,
    "comment": comment_task,
    "attach": attach_file,
    "urge": urge_task,
    "object": object_to_dispatch,
    "review": review_objection,
    "decide": decide_owner,
    "arrive": arrive_at_whistle,
    "call_back": call_back,
    "evaluate": evaluate,
}
