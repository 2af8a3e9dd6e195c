"""Time zones by name."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from actscope.errors import InputError


class UnknownZoneError(InputError):
    """A time zone that the time zone database does not have."""

    code = "zone_unknown"
    en = "The time zone “{value}” is not known."
    zh = "未知时区“{value}”。"


def zone_named(name: str) -> ZoneInfo:
    """The zone with the IANA name ``name`` (``Asia/Shanghai``). Raises ``UnknownZoneError``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(value=name) from error
