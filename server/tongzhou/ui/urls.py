"""Addresses of the interface itself."""

from django.urls import path

from tongzhou.ui import pages

urlpatterns = [path("gallery", pages.gallery, name="gallery")]
