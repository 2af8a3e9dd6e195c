from django.apps import AppConfig


class ShipmentsConfig(AppConfig):
    name = "tongzhou.shipments"
    label = "shipments"
