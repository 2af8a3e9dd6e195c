"""Addresses of plans, modes, exercises and process charts."""

from django.urls import path

from tongzhou.plans.pages import exercise

urlpatterns = [
    path("exercise", exercise.exercise, name="exercise"),
]
