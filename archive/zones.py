"""Where the reader is: which instant a day begins at, and how that is said."""

import time
from datetime import UTC, datetime, timedelta, tzinfo

from archive.errors import UsageError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Local(tzinfo):
    """The zone that this machine is set to (`TZ`), with its summer times, as C knows it."""

    def utcoffset(self, dt: datetime | None) -> timedelta:
        """Give the offset at a local time."""
        return timedelta(seconds=self._at(dt).tm_gmtoff)

    def dst(self, _dt: datetime | None) -> timedelta | None:
        """Say nothing: the offset says it all."""
        return None

    def tzname(self, dt: datetime | None) -> str:
        """Give the zone's short name at a local time."""
        return self._at(dt).tm_zone

    def fromutc(self, dt: datetime) -> datetime:
        """Give the local time of an instant."""
        seconds = (dt.replace(tzinfo=UTC) - EPOCH) // timedelta(seconds=1)
        return dt + timedelta(seconds=time.localtime(seconds).tm_gmtoff)

    @staticmethod
    def _at(dt: datetime | None) -> time.struct_time:
        if dt is None:
            return time.localtime()
        try:
            return time.localtime(time.mktime((*dt.timetuple()[:8], -1)))
        except (OverflowError, ValueError):
            # A year that the library cannot count in: the zone as it is now.
            return time.localtime()


def named(name: str) -> tzinfo:
    """Give a zone by its name in the tz database (`Europe/Berlin`, `UTC`). Raises UsageError."""
    # Loaded only where a zone is named.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"{name!r} is no time zone: give one as Europe/Berlin or UTC") from None


def described(zone: tzinfo, at: datetime) -> str:
    """Give a zone's name and its offset at an instant: `CET, UTC+01:00`."""
    local = at.astimezone(zone)
    name, offset = local.tzname() or "", local.strftime("%z")
    offset = f"UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else "UTC"
    return offset if name in {"UTC", offset} else f"{name}, {offset}"
