"""Headline lists that are lines of text: `- Title - Publisher - November 8th, 2024`.

For plain text, and for pages whose list items hold no link around their titles.

```
rows ▸ lines (textlines) ▸ dates of lines (textdates) ▸ wrapped lines and stanzas joined (textjoins)
     ▸ headings of days and months ▸ which lines are the list ▸ entries, and what is left out
```

The lines of a list share the place of their dates: at the end, at the beginning, or on a line above
them. The place that most dated lines have is the list's, and the list reaches from its first such
line to its last. What stands in between and was not read is told with its reason.

Joining lines is for `textjoins`; here they are parted into date and title. Publishers and flags are
for `linecredit` and `damage`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.records import LeftOut, Precision
from crawler.extract.dates.printed import FoundDate
from crawler.extract.lists.datemarks import Place, letters
from crawler.extract.lists.textdates import (
    EDGES,
    LONGEST_ENTRY,
    LineDate,
    LineDates,
    day_within,
    within,
)
from crawler.extract.lists.textjoins import FEWEST_WORDS, HABIT, Read, joined, read_line
from crawler.extract.lists.textlines import Line, Row, line_of

# A title of fewer letters is a label.
SHORTEST_TITLE = 6

# Lines that are looked at: ten years of a list with fifteen entries a day.
MOST_ROWS = 50_000

# Lines of one form that make a list; in a text that holds little else, one does.
FEWEST = 3

# Of a short text this part of the lines must be entries for one or two of them to be a list.
MOSTLY = 0.5

# Lines without bullets whose dates nothing sets off are prose, unless they are this part of what
# stands between them.
LEAST_DENSE = 0.5

# Raw lines kept of what was left out; the rest is counted.
LINES_KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEntry:
    """A line read as an entry: what is left as its title, its date, its whole text."""

    title: str
    """With its publisher, where it prints one."""
    raw: str
    found: FoundDate | None
    """None where the line prints no date, or an impossible one."""
    date_text: str | None
    place: Place
    bullet: str
    sign: str = ""
    """What sets its date off."""
    url: str | None = None
    linked: str | None = None
    """The text of its link, where the line says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextList:
    """A list of text lines: its entries in page order, and what was not read of it."""

    entries: tuple[TextEntry, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def founds(self) -> list[FoundDate]:
        """The dates of its entries."""
        return [entry.found for entry in self.entries if entry.found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A line that may be an entry, or why it is none."""

    number: int
    read: Read
    entry: TextEntry | None
    from_heading: bool = False
    """Its date is that of a line above."""


def read_rows(
    rows: Iterable[Row],
    *,
    captured_at: datetime,
    languages: Sequence[str],
    definitions: Mapping[str, str] = {},
    is_plain: bool = False,
) -> TextList:
    """Find the list among lines.

    `definitions` are the addresses that a Markdown text gives its links; `is_plain` says that the
    lines are a text's own, which may be wrapped, and may be a list of one entry.
    """
    dates = LineDates(captured_at, languages)
    found, beyond = bounded(rows)
    lines = [line_of(row, definitions) for row in found]
    reads = [read_line(line, dates) for line in with_addresses(lines)]
    if any(row.length for row in found):
        reads = list(joined(reads, dates))
    candidates = list(under_headings(reads))
    chosen = choose(candidates, is_plain=is_plain)
    return replace(chosen, left_out=(*chosen.left_out, *beyond)) if chosen.entries else chosen


def bounded(rows: Iterable[Row]) -> tuple[list[Row], tuple[LeftOut, ...]]:
    """Give the rows that are looked at, and how many are beyond the bound."""
    found = list(rows)
    beyond = len(found) - MOST_ROWS
    if beyond <= 0:
        return found, ()
    reason = f"only the first {MOST_ROWS} lines are read"
    return found[:MOST_ROWS], (LeftOut(what="lines", count=beyond, reason=reason),)


def with_addresses(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the lines, each address that has a line of its own with the line that it belongs to."""
    held: Line | None = None
    waiting: Line | None = None
    for line in lines:
        if line.is_address:
            if held and held.url is None and not line.row.gap:
                row = replace(held.row, text=f"{held.row.text} {line.row.text}")
                held = replace(held, url=line.url, row=row)
            else:
                waiting = line
            continue
        if held:
            yield held
        held, waiting = taking(line, waiting), None
    if held:
        yield held


def taking(line: Line, address: Line | None) -> Line:
    """Give a line the address above it, if it has none itself."""
    if address is None or line.url or line.row.gap:
        return line
    row = replace(line.row, text=f"{address.row.text} {line.row.text}", gap=address.row.gap)
    return replace(line, url=address.url, row=row)


def under_headings(reads: Sequence[Read]) -> Iterator[Candidate]:
    """Give the lines that are no headings, with the dates of the headings above them."""
    heading: FoundDate | None = None
    for number, read in enumerate(reads):
        if read.dated and read.dated.found and is_date_heading(read):
            heading = read.dated.found
            continue
        if read.dated:
            dated = within(read.dated, heading) if heading else read.dated
            yield Candidate(number=number, read=read, entry=part(read, dated))
            continue
        if len(read.raw) > LONGEST_ENTRY:
            heading = None
        yield below(number, read, heading)


def is_date_heading(read: Read) -> bool:
    """Tell a line that is a date, with a few letters beside it at most."""
    if read.dated is None or read.dated.found is None:
        return False
    if read.dated.place is Place.ALONE:
        return True
    return not read.dated.sign and letters(read.dated.rest) <= SHORTEST_TITLE


def below(number: int, read: Read, heading: FoundDate | None) -> Candidate:
    """Read a line without a date, which may have that of the heading above it."""
    if heading is None:
        return Candidate(number=number, read=read, entry=undated(read))
    day = day_within(read.line.body, heading)
    if day:
        return Candidate(number=number, read=read, entry=part(read, day))
    entry = undated(read)
    is_year = heading.readings[0].precision is Precision.YEAR
    if entry is None or is_year:
        return Candidate(number=number, read=read, entry=entry)
    text = heading.text.strip()
    entry = replace(entry, found=heading, date_text=text, place=Place.ALONE)
    return Candidate(number=number, read=read, entry=entry, from_heading=True)


def part(read: Read, dated: LineDate) -> TextEntry | None:
    """Make an entry of a line with a date; None where next to nothing is left as its title."""
    at_end = dated.place is Place.END
    rest = dated.rest.rstrip("-–—|:,;·•([（ ") if at_end else dated.rest.strip(EDGES_OF_START)
    # "… production -..." is a cut-off publisher; its dash must stay for those who look for it.
    title = rest.strip()
    if letters(title) < SHORTEST_TITLE:
        return None
    return TextEntry(
        title=title,
        raw=read.raw,
        found=dated.found,
        date_text=dated.text.strip(),
        place=dated.place,
        bullet=read.line.bullet,
        sign=dated.sign,
        url=read.line.url,
        linked=read.line.linked,
    )


# A closing bracket belongs to what follows the date.
EDGES_OF_START = EDGES.translate({ord(sign): None for sign in "([)].（）【】"})


def undated(read: Read) -> TextEntry | None:
    """Make an entry of a line without a date; None for what is too short, or too long."""
    title = read.line.body
    if letters(title) < SHORTEST_TITLE or len(title) > LONGEST_ENTRY or read.line.is_heading:
        return None
    return TextEntry(
        title=title,
        raw=read.raw,
        found=None,
        date_text=None,
        place=Place.ALONE,
        bullet=read.line.bullet,
        url=read.line.url,
        linked=read.line.linked,
    )


def choose(candidates: Sequence[Candidate], *, is_plain: bool) -> TextList:
    """Choose the lines that are the list, and tell what stands among them unread."""
    dated = [
        one for one in candidates if one.entry and one.entry.date_text and not one.from_heading
    ]
    headed = [one for one in candidates if one.from_heading and one.entry]
    # A date of its own says twice as much as one that a line above may have.
    by_heading = len(headed) > 2 * len(dated)
    pool = headed if by_heading else dated
    form = commonest(pool)
    regular = [one for one in pool if one.entry and has_form(one.entry, form)]
    if not is_list(regular, candidates, is_plain=is_plain, by_heading=by_heading):
        return TextList()
    return gathered(candidates, regular, by_heading=by_heading)


def commonest(pool: Sequence[Candidate]) -> tuple[Place, bool]:
    """Give the form that most lines have: where the date stands, and whether a bullet does."""
    forms = Counter((c.entry.place, bool(c.entry.bullet)) for c in pool if c.entry)
    if not forms:
        return Place.END, False
    return max(forms, key=lambda form: (forms[form], form[1], form[0].value))


def has_form(entry: TextEntry, form: tuple[Place, bool]) -> bool:
    """Tell whether an entry has the list's form; one that sets its date off needs no bullet."""
    place, bulleted = form
    if entry.place is not place:
        return False
    return bool(entry.bullet) or not bulleted or bool(entry.sign)


def is_list(
    regular: Sequence[Candidate],
    candidates: Sequence[Candidate],
    *,
    is_plain: bool,
    by_heading: bool,
) -> bool:
    """Tell whether lines of one form are a list, and not the dates of some prose."""
    if not regular:
        return False
    if len(regular) < FEWEST:
        return is_plain and not by_heading and is_short_list(regular, candidates)
    if by_heading:
        # One day above many lines is the date of an article, and the lines are its paragraphs.
        days = {one.entry.date_text for one in regular if one.entry}
        return len(days) > 1 or is_bulleted(regular)
    if all(one.read.dated and one.read.dated.is_weak for one in regular):
        return is_plain or is_bulleted(regular)
    loose = [one for one in regular if one.entry and not (one.entry.bullet or one.entry.sign)]
    if len(loose) * 2 < len(regular):
        return True
    between = [c for c in candidates if regular[0].number <= c.number <= regular[-1].number]
    return len(regular) >= LEAST_DENSE * len(between)


def is_bulleted(regular: Sequence[Candidate]) -> bool:
    """Tell whether most lines have bullets."""
    bulleted = sum(bool(one.entry and one.entry.bullet) for one in regular)
    return bulleted >= HABIT * len(regular)


def is_short_list(regular: Sequence[Candidate], candidates: Sequence[Candidate]) -> bool:
    """Tell one or two lines that are all, or nearly all, of a text from a line with a date."""
    set_off = all(one.entry and one.entry.found and one.entry.sign for one in regular)
    sure = all(one.read.dated and not one.read.dated.is_weak for one in regular)
    return set_off and sure and len(regular) >= MOSTLY * len(candidates)


def gathered(
    candidates: Sequence[Candidate], regular: Sequence[Candidate], *, by_heading: bool
) -> TextList:
    """Gather the entries from the first line of the list to its last, and what was not read."""
    bulleted = is_bulleted(regular)
    first, last = reach(candidates, regular, bulleted=bulleted)
    entries: list[TextEntry] = []
    unread: dict[str, list[str]] = {}
    for one in candidates:
        is_inside = first <= one.number <= last
        entry, reason = judged(one, is_inside=is_inside, bulleted=bulleted, by_heading=by_heading)
        if entry:
            entries.append(entry)
        elif reason:
            unread.setdefault(reason, []).append(one.read.raw)
    left_out = tuple(
        LeftOut(what="lines", count=len(raw), reason=reason, lines=tuple(raw[:LINES_KEPT]))
        for reason, raw in unread.items()
    )
    return TextList(entries=tuple(entries), left_out=left_out)


def reach(
    candidates: Sequence[Candidate], regular: Sequence[Candidate], *, bulleted: bool
) -> tuple[int, int]:
    """Give the numbers of a list's first and last line, its undated lines with bullets included."""
    first, last = regular[0].number, regular[-1].number
    if not bulleted:
        return first, last
    after = (one for one in candidates if one.number > last)
    for one in after:
        if not (one.read.line.bullet and one.entry) or one.number != last + 1:
            break
        last = one.number
    for one in reversed([one for one in candidates if one.number < first]):
        if not (one.read.line.bullet and one.entry) or one.number != first - 1:
            break
        first = one.number
    return first, last


NO_DATE = "no date on the line"
NO_TITLE = "no title beside the date"
OTHER_FORM = "a date, but not in the list's form"


def judged(
    one: Candidate, *, is_inside: bool, bulleted: bool, by_heading: bool
) -> tuple[TextEntry | None, str | None]:
    """Give a line's entry if it is the list's, or why it is none though it looks like one."""
    entry, dated = one.entry, one.read.dated
    if dated or (entry and entry.date_text and not one.from_heading):
        if entry is None:
            return None, NO_TITLE if is_inside else None
        if is_inside and (entry.bullet or entry.sign or not bulleted):
            return entry, None
        return None, OTHER_FORM if is_inside or (entry.sign and entry.found) else None
    if not is_inside or entry is None:
        return None, None
    if one.from_heading and not by_heading:
        entry = replace(entry, found=None, date_text=None)
    if entry.bullet or (by_heading and not bulleted):
        return entry, None
    words = re.findall(r"\w+", entry.title)
    return None, NO_DATE if len(words) >= FEWEST_WORDS else None
