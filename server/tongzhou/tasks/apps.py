from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tongzhou.tasks"
    label = "tasks"
