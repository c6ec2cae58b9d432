"""The dates that a page shows, each rated by how likely it is the article's publication date.

For pages that declare none. Rates by markup, label, nearness to the headline and by what part of
the page it stands in; a date of prose, of a comment, a related item or a copyright line never wins.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate, dropwhile, takewhile

import lxml.html

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.printed import DateOrder, find_dates, read_date, read_found
from crawler.extract.dates.shapes import FULL
from crawler.extract.dates.words import WEEKDAYS
from crawler.extract.fields.datelabels import (
    CREDIT_LABEL,
    NEVER_BEHIND,
    NEVER_LABEL,
    OTHER_LABEL,
    PERHAPS_LABEL,
    PUBLISHED_LABEL,
    PUBLISHED_VERB,
    UPDATED_LABEL,
    UPDATED_VERB,
)
from crawler.extract.fields.pieces import Piece, Showing
from crawler.extract.fields.surroundings import Surroundings

# A year, a two-digit year after day and month, or a date in Chinese, Japanese or Korean.
MAY_BE_DATE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d(?!\d)|[٠-٩۰-۹०-९০-৯๐-๙]{4}|2\d{3}|"
    r"\d[. ][^\W\d_]{3,9}[., ]\s?['’]?\d\d(?!\d)"
)
DIGIT = re.compile(r"\d")
CANDIDATES = 40

COARSE = (Precision.YEAR, Precision.MONTH)

# A line that holds little but a date is about this long; a longer one is prose.
SHORT_LINE = 40
LINE_CHARACTERS = 140
PROSE_CHARACTERS = 220

# Characters of text between headline and date.
CLOSE = 100
NEAR = 300

# A text that starts with its date, perhaps after a place and a bracket.
DATE_FIRST = re.compile(
    r"(?:[^\W\d_][\w./ -]{0,25},?\s*)?[(\[]?(?:[^\W\d_]{2,10}[.,]?\s)?"
    r"\d{1,4}[.,/-]?\s?(?:\d|[^\W\d_]{3,})"
)
# The same in a long text: a sentence that only tells of a day.
SENTENCE_FIRST = re.compile(
    r"(?:on|in|at|by|since|until|am|im|seit|bis|vom|le|en|el|em|il|op|den|dne|w)\s", re.IGNORECASE
)
# The words before a date by which a letter or statement is signed: `Berlin, den 8. November 2024`.
SIGNED = re.compile(
    r"[^\W\d_a-zß-ÿ][\w ./()-]{1,30},\s(?:den|dem|am|le|lì|li|il|dnia|dne|dňa|a|em)\s"
)
SIGNED_SCORE = 35
# What is looked at behind a date, for a verb.
VERB_CHARACTERS = 60

# The attributes in which pages keep the whole date of what they print in short.
MACHINE_NAMES = frozenset(
    [
        "content",
        "data-date",
        "data-datetime",
        "data-iso",
        "data-publish-date",
        "data-published",
        "data-time",
        "data-timestamp",
        "data-utc",
        "datetime",
        "title",
    ]
)
MACHINE_LENGTH = range(8, 40)
MACHINE_TEXT = re.compile(r"(?:[^\W\d_]{2,12}[.,]?\s+){0,2}\d{1,4}[.,/-]?\s?(?:\d|[^\W\d_]{3,})")

CLIMB = 4
MARKUP_CLIMB = 3

DATE_CLASS = re.compile(
    r"publi|posted|pubdate|post-date|entry-date|dateline|timestamp|byline|erstell|"
    r"(?:^|[\s_-])(?:date|datum|time|zeit|fecha|data|created|meta|info|kicker|stand)(?:$|[\s_-])|"
    r"time(?:data|line)?(?![a-z])|date(?![a-z])|Date(?![a-z])|datum|[a-z]Time\b",
)
RIGHTS = re.compile(r"©|\(c\)|\bcopyright\b|all rights reserved", re.IGNORECASE)
PUBLISHED_CLASS = re.compile(r"publi|posted|entry-date|created", re.IGNORECASE)
UPDATED_CLASS = re.compile(r"updat|modif|changed|lastmod|revised", re.IGNORECASE)

# A strip with the day of delivery, the weather or the print edition.
TODAY_CLASS = re.compile(
    r"(?:^|[\s_-])(?:today|todays-?date|current-?(?:date|day|time)|weather|wetter|meteo|top-?bar|"
    r"top-?date|util(?:ity)?(?:-?(?:bar|nav))?|masthead|clock|e-?paper|heute|hoy)(?:$|[\s_-])",
    re.IGNORECASE,
)
DEGREES = re.compile(r"\d\s*°")
# A line that opens with a word and a day: `Monday, November 18, 2024`, `Montag, 18. November 2024`.
WEEKDAY_FIRST = re.compile(
    rf"\W*(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})[.,]{{0,2}}\s", re.IGNORECASE
)
# The capture's day is another one elsewhere, and a cache keeps a page for a while.
FRESH = timedelta(days=1)
# From so many links on it is a menu that stands between a date and the headline.
MENU_LINKS = 4

# What it is worth to be the only day that the article's part of the page shows.
ONLY_ONE, ONLY_TIME = 12, 25

# Web pages are younger; a date before it is of what the page is about.
FIRST_WEB_YEAR = 1994

# A date in the headline itself counts where it is a piece of its own or the headline's start.
INSIDE_CHARACTERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDate:
    """A date that the page shows."""

    dated: Dated
    score: int
    updated: bool
    """It is labelled as the date of a change."""


# Before the last day of several (`14. - 20. Januar`): an event's or a period's; no clock's end.
RANGE = re.compile(r"(?<![\d:.])\d{1,2}\.?\s*(?:[-–—]|bis|to|till|al|au)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a text stands: its element, and how much text lies between it and the headline."""

    element: lxml.html.HtmlElement
    text: str
    before: str
    """The text that leads up to it, for labels."""
    opens: bool
    """The text starts with a date."""
    distance: int
    """Characters from the headline's end; negative before the headline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The words printed before and behind a date."""

    before: str
    behind: str = ""
    line: str = ""
    """What the date's own text says before it."""

    @property
    def is_updated(self) -> bool:
        """Tell whether the date is labelled as the time of a change."""
        return bool(UPDATED_LABEL.search(self.before) or UPDATED_VERB.match(self.behind))

    @property
    def is_never(self) -> bool:
        """Tell whether the words say that the date is of something else than the article."""
        words = NEVER_LABEL.search(self.before) or NEVER_BEHIND.match(self.behind)
        credit = self.behind[:1] in (")", "]") and CREDIT_LABEL.search(self.line)
        return bool(words or credit)

    @property
    def is_published(self) -> bool:
        """Tell whether the words say that the date is the publication's."""
        return bool(PUBLISHED_LABEL.search(self.before) or PUBLISHED_VERB.match(self.behind))

    @property
    def score(self) -> int:
        """Rate the words."""
        if self.is_updated:
            return -5
        if self.is_published:
            return 40
        if PERHAPS_LABEL.search(self.before):
            return 20
        if SIGNED.fullmatch(self.line) and not self.behind.strip(" ."):
            return SIGNED_SCORE
        other = OTHER_LABEL.search(self.before) or RANGE.search(self.before)
        return -30 if other else 0


def read_shown_dates(
    showing: Showing,
    *,
    captured_at: datetime,
    languages: Sequence[str],
    order: DateOrder | None,
) -> list[ShownDate]:
    """Give the dates that the page shows, the likeliest publication date first."""
    shown = [
        ShownDate(dated=dated, score=rate(spot, label, showing.around), updated=label.is_updated)
        for spot in spots(showing)
        for dated, label in dates_at(spot, captured_at, languages, order)
        if not label.is_never and not is_of_delivery(dated, spot, label, showing, captured_at)
    ]
    return favour_only_one(sorted(shown, key=lambda one: -one.score))


def favour_only_one(shown: list[ShownDate]) -> list[ShownDate]:
    """Rate the best date higher where the article's part of the page shows no other day."""
    days = {one.dated.isoformat()[:10] for one in shown if one.score > 0}
    if len(days) != 1:
        return shown
    gain = ONLY_TIME if shown[0].dated.source is DateSource.TIME else ONLY_ONE
    return [replace(shown[0], score=shown[0].score + gain), *shown[1:]]


def spots(showing: Showing) -> list[Spot]:
    """Give the texts that may hold a date, measured from the headline, the nearest ones only."""
    pieces, headline, inside = showing.pieces, showing.headline, showing.inside
    offsets = list(accumulate((len(piece.text) + 1 for piece in pieces), initial=0))
    start, end = offsets[headline.start], offsets[headline.stop]
    found = [
        Spot(
            element=piece.element,
            text=piece.text,
            before=" ".join(one.text for one in pieces[max(0, index - 3) : index])[-60:],
            opens=opens_with_date(piece.text),
            distance=offsets[index] - end
            if offsets[index] >= end
            else min(0, offsets[index] - start),
        )
        for index, piece in enumerate(pieces)
        if may_hold_date(piece)
    ]
    shown = [
        spot
        for spot in found
        if spot.element not in inside or spot.opens or len(spot.text) <= INSIDE_CHARACTERS
    ]
    return sorted(shown, key=lambda spot: abs(spot.distance))[:CANDIDATES]


def opens_with_date(text: str) -> bool:
    """Tell whether a text starts with its date, as a dateline does and a sentence does not."""
    if len(text) > LINE_CHARACTERS and SENTENCE_FIRST.match(text):
        return False
    return bool(DATE_FIRST.match(text))


def distance_of(offset: int, start: int, end: int) -> int:
    """Give how far a text stands from the headline between `start` and `end`; before it is < 0."""
    return offset - end if offset >= end else min(0, offset - start)


def may_hold_date(piece: Piece) -> bool:
    """Tell whether a piece is worth reading: it has a year, or its element a machine's date."""
    if piece.element.tag == "time" or any(machine_texts(piece.element)):
        return True
    # Most texts have no digit, which is seen ten times as fast.
    return bool(DIGIT.search(piece.text) and MAY_BE_DATE.search(piece.text))


def dates_at(
    spot: Spot, captured_at: datetime, languages: Sequence[str], order: DateOrder | None
) -> Iterator[tuple[Dated, Label]]:
    """Give each full date of a text with the words around it."""
    machine = machine_date(spot.element, captured_at)
    if machine:
        yield machine, Label(before=spot.before.rstrip())
        return
    text = spot.text
    if len(text) > 4 * PROSE_CHARACTERS:
        return
    before = spot.before
    found = [
        one
        for one in find_dates(text, captured_at=captured_at, languages=languages)
        if one.strength == FULL
    ]
    if not found and (around := surrounding_text(spot.element)):
        text, before = around, ""
        found = [
            one
            for one in find_dates(text, captured_at=captured_at, languages=languages)
            if one.strength == FULL
        ]
    for one in found[:4]:
        dated = read_found(one, captured_at=captured_at, source=DateSource.TEXT, order=order)
        if dated and dated.precision not in COARSE and dated.value.year >= FIRST_WEB_YEAR:
            label = f"{before} {text[: one.start]}"[-60:].rstrip()
            behind = text[one.end :][:VERB_CHARACTERS]
            yield dated, Label(before=label, behind=behind, line=text[: one.start])


def machine_date(element: lxml.html.HtmlElement, captured_at: datetime) -> Dated | None:
    """Read what the text's element, or one around it, carries of a date for programs."""
    for _ in range(3):
        if element is None:
            return None
        text = element.get("datetime")
        if element.tag == "time" and text:
            return read_date(text, captured_at=captured_at, source=DateSource.TIME)
        if dated := attribute_date(element, captured_at):
            return dated
        element = element.getparent()
    return None


def attribute_date(element: lxml.html.HtmlElement, captured_at: datetime) -> Dated | None:
    """Read the attribute that holds the whole date of a short text (`8 months ago`)."""
    for text in machine_texts(element):
        dated = read_date(text, captured_at=captured_at, source=DateSource.ATTRIBUTE)
        if dated and dated.precision not in COARSE:
            return dated
    return None


def machine_texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    """Give the attributes of an element that may each be a whole date."""
    names = element.keys()
    if MACHINE_NAMES.isdisjoint(names):
        return
    for name in sorted(MACHINE_NAMES.intersection(names)):
        text = element.get(name) or ""
        if MACHINE_LENGTH.start <= len(text) < MACHINE_LENGTH.stop and MACHINE_TEXT.match(text):
            yield text


def surrounding_text(element: lxml.html.HtmlElement) -> str | None:
    """Give the text of the nearest element around that says more, for dates split over elements."""
    own = line_of(element)
    for _ in range(CLIMB):
        text = line_of(element)
        if own is None or text is None:
            return None
        if len(text) > len(own) + 2:
            return text
        element = element.getparent()
        if element is None:
            return None
    return own


def is_of_delivery(
    dated: Dated, spot: Spot, label: Label, showing: Showing, captured_at: datetime
) -> bool:
    """Tell whether a date is that on which the page was sent, as a top bar prints it.

    One of the capture's days is the article's only in the article's own head, or where it is
    labelled or marked as a publication's; and a strip of today's date, weather or edition is none
    on any day.
    """
    if spot.element not in showing.inside and (is_strip(spot) or is_mastheads(spot, showing)):
        return True
    if not is_new(dated, captured_at) or label.is_published or label.is_updated:
        return False
    if spot.distance >= 0:
        return spot.distance >= NEAR and dated.source is DateSource.TEXT
    return not is_in_own_head(spot, showing)


def is_mastheads(spot: Spot, showing: Showing) -> bool:
    """Tell whether a text is a day with its weekday, and a menu stands between it and the headline.

    A page's head prints today's date so; saved pages keep it for years.
    """
    return (
        spot.distance < 0
        and WEEKDAY_FIRST.match(spot.text) is not None
        and markup_score(spot.element) <= 0
        and not is_in_own_head(spot, showing)
    )


def is_strip(spot: Spot) -> bool:
    """Tell whether a text stands in a strip of the page's day: by its markup or a temperature."""
    names = (f"{one.get('class') or ''} {one.get('id') or ''}" for one in around(spot.element))
    return bool(DEGREES.search(spot.text)) or any(map(TODAY_CLASS.search, names))


def is_new(dated: Dated, captured_at: datetime) -> bool:
    """Tell whether a date is of the capture, in any zone and from a cache of a day or two."""
    value = dated.value
    day = value.date() if isinstance(value, datetime) else value
    return abs(captured_at.date() - day) <= FRESH


def is_in_own_head(spot: Spot, showing: Showing) -> bool:
    """Tell whether a text before the headline stands in one block with it, no menu between."""
    if spot.element in showing.inside:
        return True
    above = (spot.element, *spot.element.iterancestors())
    block = next((one for one in above if one in showing.around.shared), None)
    if block is None or block.tag in ("body", "html") or spot.distance < -CLOSE:
        return False
    between = takewhile(
        lambda one: one is not showing.anchor,
        dropwhile(lambda one: one is not spot.element, block.iter("*")),
    )
    tags = Counter(one.tag for one in between)
    return not tags["nav"] and tags["a"] < MENU_LINKS


def line_of(element: lxml.html.HtmlElement) -> str | None:
    """Give the text of an element that says no more than a line; reads no more than it must."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        size += len(pieces[-1].strip())
        if size > LINE_CHARACTERS:
            return None
    text = " ".join(" ".join(pieces).split())
    return text if len(text) <= LINE_CHARACTERS else None


def rate(spot: Spot, label: Label, around: Surroundings) -> int:
    """Rate how likely a date is the publication's."""
    if RIGHTS.search(spot.text):
        return -1
    score = near_score(spot.distance) + markup_score(spot.element) + label.score
    if spot.opens and 0 <= spot.distance < NEAR:
        return score
    return score + length_score(len(spot.text)) - foreign_cost(spot, around)


def length_score(length: int) -> int:
    """Rate the text that holds the date by its length: a line of its own, or prose."""
    if length > PROSE_CHARACTERS:
        return -45
    if length > LINE_CHARACTERS:
        return -25
    return 10 if length <= SHORT_LINE else 0


def foreign_cost(spot: Spot, around: Surroundings) -> int:
    """Give what it costs a date to stand in another part of the page, less beside the headline."""
    if spot.distance < 0 and around.is_in_masthead(spot.element):
        return 60
    if not around.is_foreign(spot.element):
        return 0
    return 20 if abs(spot.distance) < CLOSE else 60


def near_score(distance: int) -> int:
    """Rate nearness to the headline, in characters of text between; behind it is likelier."""
    if distance >= 0:
        return 40 if distance < NEAR else 30 if distance < 600 else 12 if distance < 1500 else 0
    return 30 if distance > -120 else 15 if distance > -300 else 0


def markup_score(element: lxml.html.HtmlElement) -> int:
    """Rate what the markup around the date says of it."""
    names = " ".join(
        f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemprop') or ''}"
        for one in around(element)
    )
    if UPDATED_CLASS.search(names) and not PUBLISHED_CLASS.search(names):
        return -20
    marked = DATE_CLASS.search(names) or any(one.tag == "time" for one in around(element))
    return 20 if marked else 0


def around(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """Give the element and the two around it, below the page's body."""
    one: lxml.html.HtmlElement | None = element
    for _ in range(MARKUP_CLIMB):
        if one is None or one.tag in ("body", "html"):
            return
        yield one
        one = one.getparent()
