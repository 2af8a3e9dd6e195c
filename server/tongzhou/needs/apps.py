from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "tongzhou.needs"
    label = "needs"
