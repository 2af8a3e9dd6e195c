"""The one place where the time of day is read. Everything else is given ``at``."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, with zone UTC."""
    return timezone.now()
