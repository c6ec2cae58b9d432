"""Headline lists that are lines of text: `- Title - Publisher - November 8th, 2024`.

For plain text, and for pages whose list items hold no link around their titles. The lines of a
list share a form: a bullet, a number or nothing before, a date at the end, at the beginning, or on
a line of its own above. The form that most dated lines have is the list's; what has another form,
such as the article above the list, is no part of it.

Parts lines into date and title. Publishers and flags are for `publishers` and `damage`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from crawler.extract.dates.printed import FoundDate, find_dates
from crawler.extract.dates.shapes import HAS_DIGIT, WEAK
from crawler.extract.lists.datemarks import END, LINE, Place, letters

BULLET = re.compile(r"\s*(?:([-*•·∙●○■□▪▸►▶»›–—✓☆★・◆◇]+)\s*|(\d{1,4})[.)、]\s+|\[(\d{1,4})\]\s+)?")

# What stands between a date and the text it dates.
EDGES = " \t-–—|:,;·•()[]/.、，：（）【】"

# A title of fewer letters is a label.
SHORTEST_TITLE = 6

# Lines that are looked at.
MOST_ROWS = 10_000

# Lines of one form that make a list.
FEWEST = 3

# A dated line of a list is at most this long; a longer one is a paragraph with a date in it.
LONGEST_ENTRY = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the page: its text, and the first address that it links to."""

    text: str
    href: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEntry:
    """A line read as an entry: what is left as its title, its date, its whole text."""

    title: str
    found: FoundDate
    row: Row
    form: tuple[str, Place]


def rows_of_text(text: str) -> Iterator[Row]:
    """Give the lines of a plain text that are not blank."""
    for line in text.splitlines():
        folded = " ".join(line.split())
        if folded:
            yield Row(text=folded)


def read_rows(
    rows: Iterable[Row], *, captured_at: datetime, languages: Sequence[str]
) -> list[TextEntry]:
    """Find the list among lines: the entries of its commonest form, in page order."""
    entries: list[TextEntry] = []
    heading: FoundDate | None = None
    for row in islice(rows, MOST_ROWS):
        found = date_at_end(row.text, captured_at=captured_at, languages=languages)
        if found and letters(row.text) - letters(found.text) <= SHORTEST_TITLE:
            heading = found
            continue
        entry = part(row, found) if found else under(row, heading)
        if entry:
            entries.append(entry)
        elif not row.text[:1].isalnum() or len(row.text) > LONGEST_ENTRY:
            heading = None
    return of_one_form(entries)


def date_at_end(line: str, *, captured_at: datetime, languages: Sequence[str]) -> FoundDate | None:
    """Give the date that a line ends or begins with."""
    if len(line) > LONGEST_ENTRY or not HAS_DIGIT.search(line):
        return None
    bullet = len(line) - len(without_bullet(line)[1])
    head = line if len(line) <= LINE else line[: bullet + END]
    tail = max(0, len(line) - END) if len(line) > LINE else 0
    found = find_dates(head, captured_at=captured_at, languages=languages)
    begins = next((one for one in found if not line[bullet : one.start].strip(EDGES)), None)
    if tail:
        found = find_dates(line[tail:], captured_at=captured_at, languages=languages)
    ends = next((one for one in reversed(found) if not line[tail + one.end :].strip(EDGES)), None)
    if ends and ends.strength > WEAK:
        return moved(ends, tail)
    return begins if begins and begins.strength > WEAK else None


def moved(found: FoundDate, offset: int) -> FoundDate:
    """Shift a date's span to where it stands in the whole line."""
    return FoundDate(
        start=found.start + offset,
        end=found.end + offset,
        text=found.text,
        readings=found.readings,
        strength=found.strength,
        default=found.default,
    )


def part(row: Row, found: FoundDate) -> TextEntry | None:
    """Part a line with a date at its end or beginning."""
    bullet, _ = without_bullet(row.text)
    before, after = row.text[: found.start], row.text[found.end :]
    at_end = letters(before) > letters(after)
    rest = without_bullet(before)[1] if at_end else after
    title = rest.strip().rstrip("-–—|:,;·•([（ ") if at_end else rest.lstrip(EDGES)
    # "… production -..." is a cut-off publisher; its dash must stay for those who look for it.
    title = title.strip()
    if letters(title) < SHORTEST_TITLE:
        return None
    place = Place.END if at_end else Place.START
    return TextEntry(title=title, found=found, row=row, form=(bullet, place))


def under(row: Row, heading: FoundDate | None) -> TextEntry | None:
    """Read a line below a line that is a date as an entry of that day."""
    bullet, title = without_bullet(row.text)
    if heading is None or letters(title) < SHORTEST_TITLE or len(title) > LONGEST_ENTRY:
        return None
    return TextEntry(title=title, found=heading, row=row, form=(bullet, Place.ALONE))


def without_bullet(line: str) -> tuple[str, str]:
    """Part the bullet of a line from the rest; all numbers are one bullet, "1"."""
    match = BULLET.match(line)
    if not match or not match[0].strip():
        return "", line.strip()
    return ("1" if match[2] or match[3] else match[1]), line[match.end() :].strip()


def of_one_form(entries: Sequence[TextEntry]) -> list[TextEntry]:
    """Keep the entries of the commonest form; none if it is too rare to be a list."""
    forms = Counter(entry.form for entry in entries)
    if not forms or forms.most_common(1)[0][1] < FEWEST:
        return []
    best = max(forms, key=lambda form: (forms[form] * (1 + (form[1] is not Place.ALONE)), form[0]))
    chosen = [entry for entry in entries if entry.form == best]
    # One day above many lines is the date of an article, and the lines are its paragraphs.
    if best[1] is Place.ALONE and len({entry.found.text for entry in chosen}) == 1:
        return []
    return chosen
