from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "tongzhou.library"
    label = "library"
