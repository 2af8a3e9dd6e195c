from importlib import import_module

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "tongzhou.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """What acts of this room are about is known to the pages of every room."""
        import_module("tongzhou.catalogue.reactions")
