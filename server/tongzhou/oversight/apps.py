from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "tongzhou.oversight"
    label = "oversight"
