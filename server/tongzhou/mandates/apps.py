from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "tongzhou.mandates"
    label = "mandates"
