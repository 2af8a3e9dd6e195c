from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "tongzhou.plans"
    label = "plans"
