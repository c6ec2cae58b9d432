"""The time of day that pages print beside a date, and its zone.

Does not read dates.
"""

import re
from datetime import time, timedelta, timezone, tzinfo

from archive.records import Precision
from crawler.extract.dates.seasons import SEASONAL
from crawler.extract.dates.words import ZONES

CLOCK = (
    r"(?P<half>上午|下午|午前|午後|凌晨|晚上|오전|오후|صباحا|مساء)?\s?"
    r"(?P<h>2[0-4]|[01]?\d)"
    r"(?:\s?(?P<colon>[:：h時时點点시]|\.(?=\d\d(?!\d)))\s?(?P<mi>[0-5]\d)(?!\d))?"
    r"(?:(?:\s?[:：分분]\s?(?P<s>[0-6]\d)(?!\d))(?:[.,]\d{1,9})?)?\s?[分분秒초時时点點시]?"
    r"(?:\s?(?P<ampm>[ap]\.?\s?m\b\.?|π\.?μ\.?|μ\.?μ\.?))?"
    r"(?:\s?(?P<uhr>Uhr\b|[hH](?:rs?)?\b|ч\.))?"
    rf"(?:\s?\(?(?P<zone>(?-i:{'|'.join(ZONES)}|[A-Z]ST|[EPCM]T)\b))?"
    r"(?:\s?(?P<offset>[+\-−]\d\d:?\d\d(?!\d)|[+\-]\d\d(?![\d:])|(?<=UTC|GMT)[+\-−]\d(?!\d)))?"
)
AT = (
    r"(?P<at>at|um|à|a las|alle(?: ore)?|às|as|om|kl\.?|klo|godz\.?|в|о|o|u|ob|ore|ώρα|στις|saat|"
    r"la|lúc|pukul|jam|ca\.?|ora)"
)

CLOCK_ALONE = re.compile(rf"\W*(?:{AT}\s{{0,2}})?{CLOCK}\W*", re.IGNORECASE)
AFTERNOON = ("下午", "午後", "晚上", "오후", "مساء")


def read_clock(match: re.Match[str]) -> tuple[time, Precision] | None:
    """Read a match of `CLOCK`: the time with its printed offset, and how exact it is.

    An hour alone is a time only with a word that says so ("6 pm", "18 Uhr", "18時").
    """
    part = match.groupdict()
    hour = int(part["h"])
    mark = part["ampm"] or part["uhr"] or part["half"]
    if not part["mi"] and not mark:
        return None
    if part["colon"] == "." and not (mark or part["zone"] or part.get("at")):
        return None
    hour = half_day(hour, (part["ampm"] or "").lower()[:1], part["half"] or "")
    if hour > 23:
        return None
    precision = Precision.HOUR
    if part["mi"]:
        precision = Precision.SECOND if part["s"] else Precision.MINUTE
    seconds = min(int(part["s"] or 0), 59)
    zone = read_zone(part["zone"], part["offset"])
    return time(hour, int(part["mi"] or 0), seconds, tzinfo=zone), precision


def half_day(hour: int, ampm: str, half: str) -> int:
    """Turn an hour of twelve into one of twenty-four; "μ.μ." is Greek for after noon."""
    if hour > 12 or not (ampm or half):
        return hour % 24
    late = ampm in {"p", "μ"} or half in AFTERNOON
    return hour % 12 + (12 if late else 0)


def read_zone(name: str | None, offset: str | None) -> tzinfo | None:
    """Give the zone that is printed; None for none, and for a name that several zones share.

    Some names say an offset only together with a day (`Seasonal`).
    """
    if offset and offset[0] in "+-−":
        digits = offset[1:].replace(":", "")
        digits = digits.zfill(2).ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if offset[0] != "+" else minutes))
    hours = ZONES.get(name or (offset or "").strip("()"))
    return SEASONAL.get(name or "") if hours is None else timezone(timedelta(hours=hours))
