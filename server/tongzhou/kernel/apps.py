from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "tongzhou.kernel"
    label = "kernel"
