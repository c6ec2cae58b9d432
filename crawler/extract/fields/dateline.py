"""The dateline that opens an agency's text: `WASHINGTON, Nov. 8 (Reuters) -`.

Reads the text's first line only; the date inside is left to who wants it.
"""

import re
from dataclasses import dataclass

from crawler.extract.fields.agencies import is_agency

LINE_CHARACTERS = 160

PLACE = r"[^\W\d_][^()|–—:;!?\"„“]{1,50}?"
# A place in capitals, perhaps with its country, perhaps with a date, then a dash.
CAPITALS = re.compile(
    r"^(?P<dateline>(?P<place>[^\W\d_a-zß-ÿ][^\W\d_a-zß-ÿ .,'’/-]{1,40}(?:,\s[A-Z][\w. ]{2,25})?"
    r"(?:,\s[^()–—-]{3,20})?)\s*(?:\((?P<agency>[^()]{2,40})\))?\s*[–—-]{1,2})\s"
)
# Any place, with the agency in brackets or between slashes behind it.
BRACKETED = re.compile(
    rf"^(?P<dateline>(?P<place>{PLACE})\s*(?:\((?P<agency>[^()]{{2,40}})\)|/(?P<slashed>[^/]{{2,30}})/)"
    r"\s*(?:[.:]\s*)?(?:[–—-]{1,2}|[.|:])?)\s"
)
# 【北京共同】 and 新华社北京11月8日电
CORNERED = re.compile(r"^(?P<dateline>【(?P<place>[^】]{2,30})】)")
WIRED = re.compile(
    r"^(?P<dateline>(?P<agency>新华社|中新社|中央社)(?P<place>[^，。（）]{2,20}?)电)"
)
# (서울=연합뉴스) and ［東京　8日　ロイター］ - and （中央社記者王小明台北8日電）
KOREAN = re.compile(r"^(?P<dateline>\((?P<place>[가-힣·]{2,12})=(?P<agency>[^()=]{2,20})\))")
SQUARE = re.compile(
    r"^(?P<dateline>[［\[](?P<place>[^］\]]{2,20}?)[\s\u3000]+\d{1,2}日[\s\u3000]+"
    r"(?P<agency>[^］\]]{2,12})[］\]])"
)
ROUND = re.compile(
    r"^(?P<dateline>（(?P<agency>中央社|新华社|中新社)(?P<place>[^（）]{2,24}?)[電电]）)"
)
# (ANSA) - ROMA, 08 NOV -
AGENCY_FIRST = re.compile(
    r"^(?P<dateline>\((?P<agency>[^()]{2,20})\)\s*[–—-]\s*(?P<place>[^\W\d_a-zß-ÿ]{2}[^()–—a-z]{1,30}))"
    r"\s*[–—-]\s"
)
# London, 8 November 2024 –
DATED = re.compile(
    r"^(?P<dateline>(?P<place>[^\W\d_a-zß-ÿ][^\W\d_]+(?:[ -][^\W\d_]+){0,2}),\s"
    r"(?:\d{1,2}\.?\s[^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.?\s\d{1,2},?)\s(?:19|20)\d\d)\s*[–—-]{1,2}\s"
)
PATTERNS = (BRACKETED, CAPITALS, CORNERED, WIRED, KOREAN, SQUARE, ROUND, AGENCY_FIRST, DATED)

# Words in capitals that open a text and are no place.
NO_PLACE = frozenset({
    "ANALYSIS", "BREAKING", "EXCLUSIVE", "EXPLAINER", "LIVE", "OPINION", "PHOTOS", "UPDATE",
    "UPDATED", "VIDEO", "WATCH",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline as printed, and the agencies it names."""

    text: str
    agencies: tuple[str, ...] = ()


def read_dateline(text: str | None) -> Dateline | None:
    """Read the dateline at the start of an article's text; None where it opens without one."""
    if not text:
        return None
    for line in text.lstrip().split("\n", 12)[:12]:
        opening = line.strip()[:LINE_CHARACTERS] + " "
        for pattern in PATTERNS:
            if (found := pattern.match(opening)) and (dateline := settle(found)):
                return dateline
    return None


def settle(found: re.Match[str]) -> Dateline | None:
    """Give the dateline of a match, None if what it names in brackets is no agency."""
    groups = found.groupdict()
    if groups["place"] in NO_PLACE:
        return None
    named = groups.get("agency") or groups.get("slashed")
    agencies = tuple(part for part in re.split(r"\s*[/,]\s*", named or "") if is_agency(part))
    if named and not agencies:
        return None
    if found.re is CORNERED:
        agencies = tuple(name for name in CORNER_AGENCIES if name in groups["place"])
        return Dateline(text=groups["dateline"], agencies=agencies)
    return Dateline(text=groups["dateline"].rstrip(" –—-:|."), agencies=agencies)


CORNER_AGENCIES = ("共同", "時事", "ロイター", "AP", "AFP")
