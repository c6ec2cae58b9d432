"""What is odd in the aggregator's list, and where: data, by position in the list.

Positions count from the newest headline (0) of the list as it was at the start.
"""

from collections.abc import Mapping
from enum import StrEnum


class Oddity(StrEnum):
    """What is the matter with the page that a headline leads to."""

    CONSENT = "consent wall"
    DEAD = "404"
    GONE = "410"
    LANDING = "landing page"
    LATIN1 = "windows-1252, declared as iso-8859-1"
    LIST = "list page"
    NO_DATE = "no date"
    PDF = "a PDF document"
    REDIRECT = "redirected to the article"
    REDIRECTOR = "attributed through a redirector"
    REFRESH = "attributed through a page that refreshes to it"
    ROBOTS = "refused by robots.txt"
    SCRIPT = "attributed through a page whose script goes on to it"
    SHORTENER = "attributed through a shortener"
    TEXT_DATE = "date only in the text"
    TWIN = "the same release at another publisher"
    UNDECLARED = "windows-1252, not declared"


ODDITIES: Mapping[int, tuple[Oddity, str]] = {
    3: (Oddity.REDIRECT, "dailyassay.example"),
    6: (Oddity.CONSENT, "harbourbusiness.example"),
    9: (Oddity.DEAD, "dailyassay.example"),
    11: (Oddity.TWIN, "harbourbusiness.example"),
    12: (Oddity.GONE, "labnotes.example"),
    14: (Oddity.ROBOTS, "labnotes.example"),
    17: (Oddity.LANDING, "meridianwire.example"),
    19: (Oddity.LIST, "polderpost.example"),
    22: (Oddity.TEXT_DATE, "oldquarry.example"),
    27: (Oddity.TWIN, "labnotes.example"),
    29: (Oddity.NO_DATE, "polderpost.example"),
    33: (Oddity.LATIN1, "polderpost.example"),
    36: (Oddity.UNDECLARED, "oldquarry.example"),
    40: (Oddity.REDIRECTOR, "harbourbusiness.example"),
    44: (Oddity.PDF, "meridianwire.example"),
    47: (Oddity.SHORTENER, "dailyassay.example"),
    49: (Oddity.REFRESH, "labnotes.example"),
    51: (Oddity.SCRIPT, "harbourbusiness.example"),
}
"""Position in the list as it was at the start (0: newest) ▸ what is odd there, and at whom."""

TWINS: Mapping[int, int] = {11: 10, 27: 24}
"""Position ▸ position of the same release at the wire service."""

UNREADABLE = frozenset(
    {Oddity.CONSENT, Oddity.DEAD, Oddity.GONE, Oddity.LANDING, Oddity.LIST, Oddity.ROBOTS}
)
"""Where no article can be had by a crawler that behaves."""

DAMAGED: Mapping[int, str] = {
    8: "Naïve questions about frozen tissue are the best ones, says a Liège café physicist",
    31: "Switching off β-catenin keeps hair follicles asleep for a whole season",
    55: "The Müller grant goes to a coöperative of small laboratories",
}
"""Position ▸ a title whose special letters the aggregator loses."""
