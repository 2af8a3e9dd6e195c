"""Tasks over the API: the same acts and lists as on the pages."""

from tongzhou.tasks.api import acts, files, lists, many, owning, tickets
from tongzhou.tasks.api.routing import router

__all__ = ["acts", "files", "lists", "many", "owning", "router", "tickets"]
