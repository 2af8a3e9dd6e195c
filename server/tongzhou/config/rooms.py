"""Which rooms have a part of a given name."""

from importlib.util import find_spec

from django.conf import settings


def rooms_with(part: str) -> list[str]:
    """The modules ``tongzhou.<room>.<part>`` that there are, lowest room first. The kernel
    has no features, so it is left out."""
    names = [f"tongzhou.{room}.{part}" for room in settings.ROOMS if room != "kernel"]
    return [name for name in names if find_spec(name) is not None]
