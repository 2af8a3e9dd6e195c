from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "tongzhou.catalogue"
    label = "catalogue"
