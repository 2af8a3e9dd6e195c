from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "tongzhou.delivery"
    label = "delivery"
