from importlib import import_module

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "tongzhou.incidents"
    label = "incidents"

    def ready(self) -> None:
        """What acts of this room are about is known to the pages of every room, and what
        concerns an area stands on its page."""
        import_module("tongzhou.incidents.reactions")
        import_module("tongzhou.incidents.pages.area_panel")
