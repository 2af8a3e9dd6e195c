from importlib import import_module

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tongzhou.tasks"
    label = "tasks"

    def ready(self) -> None:
        """Lets the rooms below know what this one answers for."""
        import_module("tongzhou.tasks.reactions")
