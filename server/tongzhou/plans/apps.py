from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "tongzhou.plans"
    label = "plans"

    def ready(self) -> None:
        """What acts of this room are about is known to the pages of every room, and the library
        knows whom to ask about what a plan names."""
        import_module("tongzhou.plans.checks")
        import_module("tongzhou.plans.reactions")
