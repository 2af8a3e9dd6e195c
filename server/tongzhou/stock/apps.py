from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "tongzhou.stock"
    label = "stock"
