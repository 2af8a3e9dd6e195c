"""Template tags and filters of the interface, available in every template without a load."""

from __future__ import annotations

from django import template

register = template.Library()
