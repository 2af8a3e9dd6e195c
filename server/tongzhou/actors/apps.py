from importlib import import_module

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "tongzhou.actors"
    label = "actors"

    def ready(self) -> None:
        """Puts the units on the pages of areas, and names what acts are about."""
        import_module("tongzhou.actors.area_panel")
        import_module("tongzhou.actors.subjects")
