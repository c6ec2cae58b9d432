"""Lines of a text put together to entries: wrapped lines, and entries of several lines.

By bullets, blank lines and lines that had no room for the next word; by where dates stand that have
a line of their own. Which of the lines are the list is for `textlists`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.records import Precision
from crawler.extract.lists.datemarks import Place
from crawler.extract.lists.stanzas import name_line
from crawler.extract.lists.textdates import LONGEST_ENTRY, LineDate, LineDates
from crawler.extract.lists.textlines import Line

# A part of its lines that shows a list's habit: to have bullets, to be wrapped, to have stanzas.
HABIT = 0.6

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

# A line that ends so goes on with its date in the next.
BROKEN_OFF = frozenset("-–—|,·•(/")


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


def is_full(read: Read, following: Read, width: int) -> bool:
    """Tell whether a line had no room for the first word of the next one."""
    row, words = read.line.row, following.line.row.text.split(maxsplit=1)
    return bool(width and words) and width >= row.length > width - len(words[0]) - 1
