"""Headline lists that are lines of text: `- Title - Publisher - November 8th, 2024`.

For plain text, and for pages whose list items hold no link around their titles.

```
rows ▸ lines (textlines) ▸ dates of lines (textdates) ▸ wrapped lines and stanzas joined
     ▸ headings of days and months ▸ which lines are the list ▸ entries, and what is left out
```

The lines of a list share the place of their dates: at the end, at the beginning, or on a line above
them. The place that most dated lines have is the list's, and the list reaches from its first such
line to its last. What stands in between and was not read is told with its reason.

Parts lines into date and title. Publishers and flags are for `linecredit` and `damage`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from archive.records import LeftOut, Precision
from crawler.extract.dates.printed import FoundDate
from crawler.extract.lists.datemarks import Place, letters
from crawler.extract.lists.stanzas import name_line
from crawler.extract.lists.textdates import (
    EDGES,
    LONGEST_ENTRY,
    LineDate,
    LineDates,
    day_within,
    within,
)
from crawler.extract.lists.textlines import Line, Row, line_of

# A title of fewer letters is a label.
SHORTEST_TITLE = 6

# Lines that are looked at: ten years of a list with fifteen entries a day.
MOST_ROWS = 50_000

# Lines of one form that make a list; in a text that holds little else, one does.
FEWEST = 3

# Of a short text this part of the lines must be entries for one or two of them to be a list.
MOSTLY = 0.5

# A part of its lines that shows a list's habit: to have bullets, to be wrapped, to have stanzas.
HABIT = 0.6

# Lines without bullets whose dates nothing sets off are prose, unless they are this part of what
# stands between them.
LEAST_DENSE = 0.5

# Lines that one wrapped entry may take, or one stanza.
MOST_JOINED = 4

# Lines of an entry of a date, a title and a publisher, each on its own.
STANZA = 3

# Text is wrapped at no fewer characters, and at no more.
NARROWEST_WRAP, WIDEST_WRAP = 60, 100

# Of the lines that go on, so many have no room for the next word where text is wrapped.
NEARLY_ALL = 0.9

# An undated line of so many words may be an entry; a shorter one is a heading or a label.
FEWEST_WORDS = 4

# Raw lines kept of what was left out; the rest is counted.
LINES_KEPT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A line of the text, or several that were joined, with its date."""

    line: Line
    dated: LineDate | None
    raw: str

    @property
    def is_alone(self) -> bool:
        """Whether it is a date and nothing else."""
        return self.dated is not None and self.dated.place is Place.ALONE

    @property
    def is_undated(self) -> bool:
        """Whether it has no date."""
        return self.dated is None


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


def read_line(line: Line, dates: LineDates, raw: str | None = None) -> Read:
    """Read the date of a line; a number before it may be the day's."""
    dated = dates.of(line.numbered)
    if line.numbered != line.body:
        if dated and dated.place in {Place.START, Place.ALONE}:
            line = replace(line, bullet="", body=line.numbered)
        else:
            dated = dates.of(line.body)
    if is_greeting(line, dated):
        dated = None
    return Read(line=line, dated=dated, raw=raw or line.row.text)


def is_greeting(line: Line, dated: LineDate | None) -> bool:
    """Tell a line that leads up to others, and speaks of a week: "Dear all, this week:"."""
    if dated is None or dated.found is None or dated.place is Place.ALONE:
        return False
    is_week = all(one.precision is Precision.WEEK for one in dated.found.readings)
    return is_week and line.body.rstrip().endswith((":", "："))


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


def joined(reads: Sequence[Read], dates: LineDates) -> Iterator[Read]:
    """Join the lines of wrapped entries, and those of entries that take several lines."""
    width = max((r.line.row.length for r in reads if r.line.row.length <= WIDEST_WRAP), default=0)
    width = width if width >= NARROWEST_WRAP else 0
    trailing = dates_trail(reads)
    groups = list(groups_of(reads, trailing=trailing))
    several = [group for group in groups if is_stanza(group, trailing=trailing)]
    inner = [pair for group in several for pair in pairwise(group) if not pair[1].is_alone]
    full = sum(is_full(a, b, width) for a, b in inner)
    is_wrapped = bool(inner) and full >= NEARLY_ALL * len(inner)
    singles = sum(len(group) == 1 and not group[0].is_undated for group in groups)
    below = [under_date(group) for group in groups]
    name_at = name_line([[one.line.body for one in group] for group in below if group])
    has_stanzas = len(several) >= HABIT * (len(several) + singles)
    for group, dated in zip(groups, below, strict=True):
        if name_at and len(dated) == STANZA:
            read = glued((dated[STANZA - name_at], dated[name_at], dated[0]), dates, " - ")
            yield replace(read, raw=" ".join(one.raw for one in group))
        elif is_stanza(group, trailing=trailing) and (
            group[0].line.bullet or is_wrapped or has_stanzas
        ):
            yield from join(group, dates, sign=" " if is_wrapped else " - ")
        else:
            yield from unwrapped(group, dates, width)


def under_date(group: Sequence[Read]) -> Sequence[Read]:
    """Give the lines of a group with its one date, if that is its first or second line, first."""
    at = next((index for index, read in enumerate(group[:2]) if read.is_alone), None)
    if at is None or sum(not read.is_undated for read in group) > 1:
        return ()
    return [group[at], *group[:at], *group[at + 1 :]]


def groups_of(reads: Sequence[Read], *, trailing: bool) -> Iterator[list[Read]]:
    """Part lines at blank lines, before those with bullets, and after dates that end an entry."""
    group: list[Read] = []
    for read in reads:
        ended = trailing and bool(group) and group[-1].is_alone
        if group and (read.line.row.gap or read.line.bullet or ended):
            yield group
            group = []
        group.append(read)
    if group:
        yield group


def dates_trail(reads: Sequence[Read]) -> bool:
    """Tell whether dates that have a line of their own stand below what they date, not above.

    By what is set in, by blank lines, or by what comes first and what comes last.
    """
    alone = [index for index, read in enumerate(reads) if read.is_alone]
    if not alone or alone[0] == 0:
        return False
    nexts = [reads[index + 1] if index + 1 < len(reads) else None for index in alone]
    rows = [reads[index].line.row for index in alone]
    if any(read.line.bullet for read in reads):
        above = [reads[index - 1].line for index in alone]
        inner = sum(r.indent > a.row.indent for r, a in zip(rows, above, strict=True))
        begins = next((r for r in reads if r.line.bullet or r.is_alone), reads[0])
        return inner >= HABIT * len(alone) or not begins.is_alone
    ends = sum(read is None or read.line.row.gap for read in nexts)
    begins_run = sum(row.gap for row in rows)
    if ends != begins_run:
        return ends > begins_run
    return reads[-1].is_alone


def is_stanza(group: Sequence[Read], *, trailing: bool) -> bool:
    """Tell an entry of several lines: the first has no date, and one of the next few has."""
    if len(group) < 2 or not group[0].is_undated or group[0].line.is_heading:
        return False
    head = [read.is_undated for read in group[:MOST_JOINED]]
    if all(head):
        return False
    dated = [read for read in group if not read.is_undated]
    if dated[0].is_alone and not trailing:
        return False
    return len(dated) == 1 and all(len(read.raw) <= LONGEST_ENTRY for read in group[:MOST_JOINED])


def join(group: Sequence[Read], dates: LineDates, *, sign: str) -> Iterator[Read]:
    """Join the lines of an entry up to its date; what follows stays by itself."""
    last = next(index for index, read in enumerate(group) if not read.is_undated)
    yield glued(group[: last + 1], dates, sign)
    yield from group[last + 1 :]


def glued(group: Sequence[Read], dates: LineDates, sign: str) -> Read:
    """Make one line of several, and read its date again."""
    first = group[0].line
    # A date alone goes on where the line above breaks off: "… - November" / "8th, 2024".
    body = first.numbered
    for read in group[1:]:
        body += (" " if continues(read) else sign) + read.line.numbered
    head = first.numbered.removesuffix(first.body)
    row = replace(first.row, text=" ".join(read.line.row.text for read in group))
    line = replace(
        first,
        row=row,
        body=body.removeprefix(head),
        numbered=body,
        url=next((read.line.url for read in group if read.line.url), None),
        linked=first.linked,
    )
    return read_line(line, dates, raw=row.text)


def continues(read: Read) -> bool:
    """Tell whether a line goes on with the sentence above it: several words, the first in small.

    One word or two may be a name that is written so.
    """
    text = read.line.body
    if read.dated and read.dated.place is Place.END:
        text = read.dated.rest
    return text[:1].islower() and len(text.split()) >= FEWEST_WORDS


def unwrapped(group: Sequence[Read], dates: LineDates, width: int) -> Iterator[Read]:
    """Join the lines of a run that are too full for the first word of the next."""
    held: list[Read] = []
    for read in group:
        if held and (len(held) >= MOST_JOINED or not goes_on(held, read, width)):
            yield from whole(held, dates)
            held = []
        held.append(read)
    yield from whole(held, dates)


def whole(held: Sequence[Read], dates: LineDates) -> Iterator[Read]:
    """Join lines that make an entry; give those that do not by themselves."""
    if len(held) > 1 and (held[0].line.bullet or any(not one.is_undated for one in held)):
        yield glued(held, dates, " ")
    else:
        yield from held


def goes_on(held: Sequence[Read], read: Read, width: int) -> bool:
    """Tell whether a line goes on in the next: no date has ended it, and the next word is too long.

    After a line that begins with its date, a line that is set in goes on, too.
    """
    first, last = held[0], held[-1]
    if first.is_alone or last.line.is_heading or read.line.bullet:
        return False
    if read.is_alone and last.line.body[-1:] not in BROKEN_OFF:
        return False
    if first.dated and first.dated.place is Place.START:
        deeper = read.line.row.indent > first.line.row.indent
        return read.is_undated and (deeper or is_full(last, read, width))
    if not last.is_undated or not any(not one.is_undated for one in (*held, read)):
        return last.is_undated and read.is_undated and is_full(last, read, width)
    return is_full(last, read, width)


# A line that ends so goes on with its date in the next.
BROKEN_OFF = frozenset("-–—|,·•(/")


def is_full(read: Read, following: Read, width: int) -> bool:
    """Tell whether a line had no room for the first word of the next one."""
    row, words = read.line.row, following.line.row.text.split(maxsplit=1)
    return bool(width and words) and width >= row.length > width - len(words[0]) - 1


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
