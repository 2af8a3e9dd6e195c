from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "tongzhou.incidents"
    label = "incidents"
