from importlib import import_module

from django.apps import AppConfig


class InterestsConfig(AppConfig):
    name = "tongzhou.interests"
    label = "interests"

    def ready(self) -> None:
        """What acts of this room are about is known to every room; areas show their tensions."""
        import_module("tongzhou.interests.reactions")
        import_module("tongzhou.interests.area_panel")
