from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "tongzhou.actors"
    label = "actors"
