from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "tongzhou.clocks"
    label = "clocks"
