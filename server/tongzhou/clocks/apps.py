from importlib import import_module

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "tongzhou.clocks"
    label = "clocks"

    def ready(self) -> None:
        """Lets the ledger know who follows it, and the library whom to ask about rules."""
        import_module("tongzhou.clocks.checks")
        import_module("tongzhou.clocks.reactions")
