from importlib import import_module

from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "tongzhou.aid"
    label = "aid"

    def ready(self) -> None:
        """What acts of this room are about is known to the pages of every room, and payments of
        money reach the cost that they are for."""
        import_module("tongzhou.aid.reactions")
