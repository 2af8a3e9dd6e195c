from importlib import import_module

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "tongzhou.library"
    label = "library"

    def ready(self) -> None:
        """What comes with the software is taken in after each migration."""
        import_module("tongzhou.library.reactions")
