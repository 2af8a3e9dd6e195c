from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "tongzhou.places"
    label = "places"
