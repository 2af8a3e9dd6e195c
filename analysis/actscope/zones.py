"""Time zones by name."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class UnknownZoneError(ValueError):
    """A time zone that the time zone database does not have."""

    code = "zone_unknown"

    def __init__(self, zone: str) -> None:
        super().__init__(f"The time zone “{zone}” is not known.")
        self.zone = zone


def zone_named(name: str) -> ZoneInfo:
    """The zone with the IANA name ``name`` (``Asia/Shanghai``). Raises ``UnknownZoneError``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(name) from error
