"""Every place of a page where a date stands: in a text, split over elements, in an attribute.

A mark says where it is (its number in the outline, the path of its element, its place in its
text), so that marks that repeat form columns; which column dates a list is decided elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.printed import FoundDate, Reading, find_dates, read_machine_date
from crawler.extract.dates.relative import LETTERS_FIRST
from crawler.extract.dates.shapes import EIGHT_DIGITS, FULL, HAS_DIGIT, WEAK, WORDED
from crawler.extract.lists.lengths import is_bare_count
from crawler.extract.lists.outline import HEADINGS, MOST_CELLS, Node, Outline, Text, lineage

# Longer texts are prose; a date at one of their ends may still be the entry's.
LINE = 90
END = 50

# A date split over elements ("8", "Nov", "2024") is at most this long when joined.
SPLIT = 40

# Elements and texts that a split date is made of, at most.
MOST_PARTS = 24

PART_OF_DATE = re.compile(
    r"\W*(?:\d{1,4}|\d{1,4}\s?[-./年月]\s?\d{0,2}月?日?|[^\W\d_]{3,10}\.?)\W*"
)
YEAR_PART, DAY_PART = re.compile(r"\d{4}"), re.compile(r"[0-3]?\d")
SPLIT_DAY_LAST = re.compile(r"(?P<y>\d{4})\s?[-./年\s]\s?(?P<m>\d{1,2})月?\D{1,3}(?P<d>\d{1,2})日?")
SPLIT_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})日?\s(?P<y>\d{4})\s?[-./年\s]\s?(?P<m>\d{1,2})月?")
SPLIT_YEAR_LAST = re.compile(r"(?P<m>\d{1,2})\s?[-./月]\s?(?P<d>\d{1,2})日?\s(?P<y>\d{4})年?")

DATE_WORDS = re.compile(
    r"date|time|publish|posted|datum|datetime|fecha|data\b|created|stamp|zeit|heure|dato|ngay|"
    r"updated|\bday\b|\bwhen\b|\bago\b"
)
CHANGED = re.compile(r"updat|modif|edited|changed|revis|expire|deadline")
DATE_ATTRIBUTE = re.compile(
    r"^data-.*(?:date|time|publish|stamp)|^(?:datetime|unixtime|timestamp|pubdate)$|^data-(?:utc|epoch)"
)
# A number of four digits beside a title is a year from here on; a year alone is less than a date.
EARLIEST, VAGUE = 1980, 0
# What stands before the day of a change or a deadline, which is never that of publication.
NOT_PUBLISHED = (
    r"updat|modif|edited|changed|revis|expir|deadline|closing|due|aktualisiert|geändert|"
    r"mis à jour|actualizad|modificad|plazo|aggiornat|modificat|scadenza|atualizad|prazo|"
    r"bijgewerkt|uppdaterad|oppdatert|opdateret|päivitetty|aktualizac|zaktualizowan|обновлен|изменен|"
    r"оновлен|更新|修改|截止|締切|güncel|수정|업데이트|마감|bewerbungsfrist|einsendeschluss|"
    r"date limite|sista ansökningsdag|bud sidst|sluitingsdatum|срок подачи"
)
# These may be words of a sentence about something else.
OTHER_DAY = re.compile(
    rf"(?<![^\W_])(?:{NOT_PUBLISHED}|event|clos(?:es|ing)|until|register|starts|begins|"
    r"takes place|when|frist|bis|jusqu|hasta|fino|tot|do dnia|до)[^\W\d_]{0,8}"
    r"(?:\s?[:：–—\-]?\s?(?:on|by|at|am|le|el|il|em|den|в|na)?\s?|[^\d:：]{1,24}[:：]\s?)$",
    re.IGNORECASE,
)
CHANGE_OR_DEADLINE = re.compile(
    rf"(?:^|[.;|·•(\[])\s*(?:(?:last|zuletzt|dernière|última|ultimo|ultima|siist|senast|sist|"
    rf"sidst|laatst)\s)?(?:{NOT_PUBLISHED})[^\W\d_]{{0,8}}"
    r"\s?[:：–—\-]?\s?(?:on|by|at|am|le|el|il|em|den|в|na)?\s?$",
    re.IGNORECASE,
)
# What a table's column is headed whose days are of something else, and of publication.
HEADED_OTHERWISE = re.compile(
    rf"\W*(?:last |date |datum |application |submission |event ){{0,2}}(?:{NOT_PUBLISHED}|"
    r"event|ends?\b|start|valid|frist|abgabe|fecha l[ií]mite|cierre|vencimiento|échéance|clôture|"
    r"sluit|termin|срок|окончан|until|bis\b|締め切り|期限)",
    re.IGNORECASE,
)
HEADED_PUBLISHED = re.compile(
    r"\W*(?:(?:date|day|datum|fecha|data|dato|päivä)?\s?(?:of |de |di |der |da |d['’])?\s?)"
    r"(?:publi|posted|released?\b|issued|announced|veröffentlich|erschienen|parution|"
    r"mise? en ligne|pubblica|gepubliceerd|geplaatst|julkaistu|опублик|дата публикации|"
    r"发布|發布|公開日|掲載日|게시|등록일)",
    re.IGNORECASE,
)
# Attributes of an element that are looked at: each is found by going through those before it.
MOST_ATTRIBUTES = 60
# Elements whose title may be the date that they print in few words.
TITLED = frozenset(["abbr", "span", "time"])
# A title that is a machine's instant needs no word to be one: `<span title="2024-11-08T18:00:00">`.
INSTANT = re.compile(r"\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


# Seasons and quarters, longer than a month and not the same all over the world.
LONGEST_PERIOD = 24
PERIOD = re.compile(
    r"\W*(?:[QTK][1-4]|[1-4]Q|H[12]|[1-4](?:st|nd|rd|th|\.)? (?:quarter|quartal|kvartal|half)|"
    r"(?:first|second|third|fourth) (?:quarter|half)|spring|summer|autumn|fall|winter|frühling|"
    r"frühjahr|sommer|herbst|printemps|été|automne|hiver|primavera|verano|otoño|invierno|estate|"
    r"autunno|inverno|verão|outono|lente|zomer|herfst|vår|våren|sommar|höst|høst|forår|efterår|"
    r"vinter|wiosna|lato|jesień|zima|весна|лето|осень|зима)[\s,/\-]{0,3}(?:of\s)?"
    r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\W*",
    re.IGNORECASE,
)
YEAR_IN = re.compile(r"(?:19|20)\d\d")
# What heads the entries that are older than those under the dates above it.
EARLIER = re.compile(
    r"\W*(?:older|earlier|previous(?:ly)?|before that|(?:this|last) (?:month|year)|"
    r"earlier this (?:month|year)|ältere?s?|früher|plus anciens?|antérieure?s?|"
    r"(?:más )?antiguos|anteriores|precedenti|meno recenti|eerder|ouder|äldre|tidigare|tidligere|"
    r"eldre|ældre|vanhemmat|wcześniej(?:sze)?|starsze|starší|dříve|ранее|раньше|раніше|daha eski|"
    r"korábbi|更早|以前|이전)(?: posts| articles| stories| news)?\W*",
    re.IGNORECASE,
)


class Place(StrEnum):
    """Where in its text a date stands."""

    ALONE = "alone"
    SHORT = "short"
    """With a few words about it: "Posted on … by"."""
    START = "start"
    END = "end"
    WITHIN = "within"


Kind = tuple[int, DateSource, Place, bool]
"""What marks of one kind share across records: path of tags, source, place, time of change."""


@dataclass(slots=True, eq=False)
class Mark:
    """A date at a place of the page."""

    number: int
    end: int
    """The number after all that it is printed in."""
    node: Node
    found: FoundDate
    place: Place
    source: DateSource
    link: Node | None = None
    """The link that it stands in."""
    text: Text | None = None
    kind: Kind = field(init=False)
    head: str = field(init=False)
    """What the column of the table that it stands in is headed; empty where there is none."""
    is_count: bool = field(init=False)
    """Whether it is a bare count of minutes or hours, which may be a length."""

    def __post_init__(self) -> None:
        """Find the kind, which every column that the mark may date asks for."""
        place = Place.ALONE if self.place is Place.SHORT else self.place
        changed = bool(CHANGED.search(self.label)) if self.label != " " else False
        changed = changed or (self.text is not None and is_other_day(self.text.text, self.found))
        self.head = head_of_column(self.node)
        if self.head:
            changed = not self.is_headed_published and (changed or self.is_headed_otherwise)
        self.kind = (self.node.tags, self.source, place, changed)
        self.is_count = is_bare_count(self.found)

    @property
    def label(self) -> str:
        """The words of its element and its parent."""
        parent = self.node.parent.label if self.node.parent else ""
        return f"{self.node.label} {parent}"

    @property
    def is_headed_published(self) -> bool:
        """Tell whether it stands in a table's column of days of publication."""
        return bool(HEADED_PUBLISHED.match(self.head))

    @property
    def is_headed_otherwise(self) -> bool:
        """Tell whether it stands in a table's column of deadlines, events or changes."""
        return not self.is_headed_published and bool(HEADED_OTHERWISE.match(self.head))

    @property
    def is_no_publication(self) -> bool:
        """Tell whether the page says that the day is of a change or a deadline."""
        if self.is_headed_published:
            return False
        before = self.text.text[: self.found.start] if self.text else ""
        return self.is_headed_otherwise or bool(CHANGE_OR_DEADLINE.search(before))


def find_marks(page: Outline, *, captured_at: datetime, languages: Sequence[str]) -> list[Mark]:
    """Find every date mark of a page, in document order."""
    finder = Finder(captured_at, languages)
    split = list(finder.split(page))
    joined = {number for mark in split for number in range(mark.number, mark.end)}
    single = (mark for mark in finder.in_texts(page) if mark.number not in joined)
    marks = [*finder.in_attributes(page), *single, *split]
    marks.sort(key=lambda mark: mark.number)
    return marks


class Finder:
    """Finds dates in strings, each distinct string once."""

    def __init__(self, captured_at: datetime, languages: Sequence[str]) -> None:
        self.captured_at = captured_at
        self.languages = languages
        self._known: dict[str, tuple[FoundDate, ...]] = {}
        self._attributes: dict[tuple[str, ...], tuple[str, ...]] = {}

    def find(self, text: str) -> tuple[FoundDate, ...]:
        """Find the dates of a string."""
        known = self._known.get(text)
        if known is None:
            known = find_dates(text, captured_at=self.captured_at, languages=self.languages)
            self._known[text] = known
        return known

    def in_texts(self, page: Outline) -> Iterator[Mark]:
        """Give the marks of single texts."""
        for text in page.texts:
            if period := period_in(text):
                yield period
                continue
            if may_be_date(text.text):
                mark = self.in_text(text)
            else:
                mark = self.year_in(text) if YEAR_PART.fullmatch(text.text) else None
            if mark:
                yield mark

    def year_in(self, text: Text) -> Mark | None:
        """Give the mark of a year in an element of its own, that is in no link."""
        year = int(text.text)
        if text.node.link or not EARLIEST <= year <= self.captured_at.year:
            return None
        one = Reading(year=year, month=1, day=None, precision=Precision.YEAR)
        return Mark(
            number=text.number,
            end=text.number + 1,
            node=text.node,
            found=FoundDate(start=0, end=4, text=text.text, readings=(one,), strength=VAGUE),
            place=Place.ALONE,
            source=DateSource.HEADING if heading_above(text.node) else DateSource.LIST,
            text=text,
        )

    def in_text(self, text: Text) -> Mark | None:
        """Give the first or last date of a text, whichever says more."""
        found = self.at_ends(text.text)
        if not found:
            return None
        # Of "Updated … Published …" the second, of equals the first.
        best = max(found, key=lambda one: (one.strength, not is_other_day(text.text, one)))
        place = place_of(best, text.text)
        if best.strength == WEAK and place is not Place.ALONE and not ends_in(best, text.text):
            return None
        return Mark(
            number=text.number,
            end=text.number + 1,
            node=text.node,
            found=best,
            place=place,
            source=DateSource.HEADING if heading_above(text.node) else DateSource.LIST,
            link=text.node.link,
            text=text,
        )

    def at_ends(self, line: str) -> tuple[FoundDate, ...]:
        """Find the dates of a short text, or at the ends of a long one."""
        if len(line) <= LINE:
            return self.find(line)
        first = tuple(one for one in self.find(line[:END]) if one.start <= 2)
        offset = len(line) - END
        last = tuple(shifted(one, offset) for one in self.find(line[-END:]) if one.end >= END - 2)
        return first + last

    def in_attributes(self, page: Outline) -> Iterator[Mark]:
        """Give the marks of `<time datetime>`, `<meta itemprop>`, `data-…` and the like."""
        for node in page.nodes:
            names = tuple(node.element.keys()[:MOST_ATTRIBUTES])
            for value, source in self.attribute_values(node, names) if names else ():
                found = self.find_in_value(value)
                if found:
                    yield Mark(
                        number=node.start,
                        end=node.end,
                        node=node,
                        found=found,
                        place=Place.ALONE,
                        source=source,
                        link=node.link,
                    )

    def find_in_value(self, value: str) -> FoundDate | None:
        """Find the date of an attribute, if that is what it holds."""
        if len(value) > SPLIT or not HAS_DIGIT.search(value):
            return None
        dated = read_machine_date(value, captured_at=self.captured_at, source=DateSource.ATTRIBUTE)
        if dated:
            return as_found(dated)
        found = self.find(value)
        return found[0] if found and found[0].strength > WEAK else None

    def attribute_values(
        self, node: Node, names: tuple[str, ...]
    ) -> Iterator[tuple[str, DateSource]]:
        """Give the attributes of an element that may hold its date."""
        element = node.element
        value = element.get("datetime")
        if value:
            yield value, DateSource.TIME
        for name in self.names_for_dates(names):
            if value := element.get(name):
                yield value, DateSource.ATTRIBUTE
        if node.tag == "meta" and "date" in (element.get("itemprop") or "").lower():
            yield element.get("content") or "", DateSource.META
        if node.tag not in TITLED:
            return
        title = element.get("title") or ""
        if DATE_WORDS.search(node.label):
            yield title or element.get("content") or "", DateSource.ATTRIBUTE
        elif INSTANT.match(title):
            yield title, DateSource.ATTRIBUTE

    def names_for_dates(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Give the attributes that are for dates by their names, but for `datetime`."""
        known = self._attributes.get(names)
        if known is None:
            known = tuple(n for n in names if n != "datetime" and DATE_ATTRIBUTE.search(n))
            self._attributes[names] = known
        return known

    def split(self, page: Outline) -> Iterator[Mark]:
        """Give the marks whose day, month and year are in elements of their own."""
        texts = page.texts
        index = 0
        while index < len(texts):
            first = texts[index]
            index += 1
            if not PART_OF_DATE.fullmatch(first.text):
                continue
            if any(one.strength > WORDED for one in self.find(first.text)):
                continue
            mark = self.split_at(page, first)
            if mark is None or mark.place is not Place.ALONE:
                mark = self.split_beside(texts[index - 1 : index + 2]) or mark
            if mark:
                yield mark
                while index < len(texts) and texts[index].number < mark.end:
                    index += 1

    def split_at(self, page: Outline, first: Text) -> Mark | None:
        """Join what follows a part of a date, within the smallest element that makes it whole."""
        node: Node | None = first.node
        for _ in range(3):
            if node is None or node.end - node.start > MOST_PARTS:
                return None
            texts = page.texts_in(node.start, node.end)
            line = " ".join(text.text for text in texts[:8])
            if len(line) > SPLIT or len(texts) > 7 or texts[0] is not first:
                return None
            found = self.find_split(line) if len(texts) > 1 else None
            if found:
                return Mark(
                    number=first.number,
                    end=node.end,
                    node=node,
                    found=found,
                    place=place_of(found, line),
                    source=DateSource.LIST,
                    link=node.link,
                )
            node = node.parent
        return None

    def split_beside(self, texts: Sequence[Text]) -> Mark | None:
        """Join two or three parts of a date that stand beside the title."""
        first = texts[0]
        beside = first.node.parent
        parts = [text for text in texts if text.node.parent is beside]
        for count in range(len(parts), 1, -1):
            some = parts[:count]
            if not all(PART_OF_DATE.fullmatch(text.text) for text in some):
                continue
            found = self.find_split(" ".join(text.text for text in some))
            if found:
                return Mark(
                    number=first.number,
                    end=some[-1].number + 1,
                    node=first.node,
                    found=found,
                    place=Place.ALONE,
                    source=DateSource.LIST,
                    link=first.node.link,
                )
        return None

    def find_split(self, line: str) -> FoundDate | None:
        """Find the date of joined parts, in the orders that only split dates have."""
        for pattern in (SPLIT_DAY_FIRST, SPLIT_YEAR_LAST, SPLIT_DAY_LAST):
            match = pattern.fullmatch(line)
            found = self.find(f"{match['y']}-{match['m']}-{match['d']}") if match else ()
            if found:
                return found[0]
        found = self.find(in_order(line))
        if not found or found[0].strength <= WEAK or letters(line[: found[0].start]):
            return None
        return found[0]


def period_in(text: Text) -> Mark | None:
    """Give the mark of a season or a quarter, or of a heading like "Earlier"; None for others."""
    line = text.text
    if len(line) > LONGEST_PERIOD or text.node.link:
        return None
    is_heading = heading_above(text.node)
    year = YEAR_IN.search(line) if PERIOD.fullmatch(line) else None
    if year is None and not (is_heading and EARLIER.fullmatch(line)):
        return None
    one = Reading(year=int(year[0]) if year else None, month=1, day=None, precision=Precision.YEAR)
    found = FoundDate(
        start=0, end=len(line), text=line, readings=(one,), strength=WEAK, is_vague=True
    )
    return Mark(
        number=text.number,
        end=text.number + 1,
        node=text.node,
        found=found,
        place=Place.ALONE,
        source=DateSource.HEADING if is_heading else DateSource.LIST,
        text=text,
    )


def in_order(line: str) -> str:
    """Put a day, a month's name and a year in the one order that all dates are read in."""
    parts = line.replace(",", " ").split()
    years = [part for part in parts if YEAR_PART.fullmatch(part)]
    days = [part for part in parts if DAY_PART.fullmatch(part)]
    if len(parts) != 3 or len(years) != 1 or len(days) != 1:
        return line
    month = next(part for part in parts if part not in {years[0], days[0]})
    return f"{days[0]} {month} {years[0]}"


def as_found(dated: Dated) -> FoundDate:
    """Give a machine's date the form of a printed one."""
    value = dated.value
    clock = value.timetz() if isinstance(value, datetime) else None
    one = Reading(
        year=value.year,
        month=value.month,
        day=value.day,
        clock=clock,
        precision=dated.precision,
    )
    return FoundDate(start=0, end=len(dated.raw), text=dated.raw, readings=(one,), strength=FULL)


def may_be_date(text: str) -> bool:
    """Tell cheaply whether a text may hold a date: it has a digit, or begins like "yesterday"."""
    if HAS_DIGIT.search(text):
        return not text.isdigit() or bool(EIGHT_DIGITS.match(text))
    return len(text) <= SPLIT and text.lstrip("([ ")[:2].lower() in LETTERS_FIRST


def place_of(found: FoundDate, text: str) -> Place:
    """Say where in its text a date stands."""
    before, after = text[: found.start].strip(), text[found.end :].strip()
    words = letters(before) + letters(after)
    if words <= 3:
        return Place.ALONE
    if words <= SHORT_WORDS and len(found.text) * 2 >= words:
        return Place.SHORT
    if not letters(before):
        return Place.START
    return Place.WITHIN if letters(after) else Place.END


def ends_in(found: FoundDate, text: str) -> bool:
    """Tell whether a text ends in a date in brackets, a month of a year: "Herald (May 2024)"."""
    return (
        found.readings[0].precision is Precision.MONTH
        and text[: found.start].rstrip().endswith(("(", "["))
        and text[found.end :].strip() in {")", "]", ")."}
    )


# "Published on … at …": this many letters beside a date are words about it.
SHORT_WORDS = 24


def is_other_day(text: str, found: FoundDate) -> bool:
    """Tell whether the words before a date say that it is of a change, an event, a deadline."""
    return found.start > 1 and bool(OTHER_DAY.search(text[max(0, found.start - 40) : found.start]))


def head_of_column(node: Node) -> str:
    """Give what heads the column of a table's cell that a node is or is in; empty for none.

    The heads are the cells of the table's first row, where those are `<th>`.
    """
    cell = next((one for one in lineage(node, CELL_LEVELS) if one.tag == "td"), None)
    if cell is None:
        return ""
    table = next((one for one in lineage(cell, TABLE_LEVELS) if one.tag == "table"), None)
    if table is None:
        return ""
    first = islice(table.element.iter(), BEFORE_ROWS)
    row = next((one for one in first if one.tag == "tr"), None)
    if row is None:
        return ""
    before = cell.element.itersiblings("td", "th", preceding=True)
    index = sum(1 for _ in islice(before, MOST_CELLS))
    heads = list(islice(row.iterchildren("td", "th"), MOST_CELLS))
    if index >= len(heads) or heads[index].tag != "th":
        return ""
    return " ".join("".join(islice(heads[index].itertext(), 4)).split())[:LINE]


# Elements between a cell and a date in it, and between a cell and its table.
CELL_LEVELS, TABLE_LEVELS = 3, 4

# Elements of a table up to its first row: a caption, its columns.
BEFORE_ROWS = 40


def letters(text: str) -> int:
    """Count letters and digits."""
    return sum(map(str.isalnum, text))


def shifted(found: FoundDate, offset: int) -> FoundDate:
    """Move a date's span to the right."""
    return replace(found, start=found.start + offset, end=found.end + offset)


def heading_above(node: Node) -> bool:
    """Tell whether an element is a heading or in one."""
    return node.tag in HEADINGS or (node.parent is not None and node.parent.tag in HEADINGS)
