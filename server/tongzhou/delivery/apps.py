from importlib import import_module

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "tongzhou.delivery"
    label = "delivery"

    def ready(self) -> None:
        """The follower that writes notices is known to every process, the worker's too."""
        import_module("tongzhou.delivery.notices")
