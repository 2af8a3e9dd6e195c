"""All addresses of the platform: the API, and the pages of every room that has ``urls.py``."""

from django.urls import URLPattern, URLResolver, include, path

from tongzhou.config.api import api
from tongzhou.config.rooms import rooms_with

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    *(path("", include(room)) for room in rooms_with("urls")),
]
