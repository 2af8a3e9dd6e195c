from importlib import import_module

from django.apps import AppConfig

from tongzhou.ui import wording


class LibraryConfig(AppConfig):
    name = "tongzhou.library"
    label = "library"

    def ready(self) -> None:
        """What comes with the software is taken in after each migration; the words of all rooms
        are those of the country profile."""
        import_module("tongzhou.library.reactions")
        wording.from_(import_module("tongzhou.library.profile").word)
