from importlib import import_module

from django.apps import AppConfig


class AllocationsConfig(AppConfig):
    name = "tongzhou.allocations"
    label = "allocations"

    def ready(self) -> None:
        """What acts of this room are about is known to the pages of every room."""
        import_module("tongzhou.allocations.reactions")
