"""What changed in a list between two readings: decided from what was held and the page now. Pure.

A headline is the same one when its link leads to the same page; without a link, when title, day and
publisher are the same (and it is as often above it on the page). One under another link is the same
when title, day and publisher are, and it stands between the same others.

Withdrawn is what stood between two headlines of one earlier reading that now follow one another.
What stood below the last one still listed, above the first one, or on a page that was not read, may
have scrolled off or moved: nothing is said about it. Pages that one visit read in a row are one
reading, so what stood last on one is judged like the rest; what stood first on a page is not while
the page above it is unchanged, for then this visit has seen that one already.

No SQL is here, and no time passes.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from archive.fingerprint import fold
from archive.records import Change, ChangeKind, Dated, Headline, HeldEntry, ListPage, Precision
from archive.urls import page_key

T = TypeVar("T")

# Quotation marks and hyphens that editors and their systems exchange for one another.
_ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_CUT_END = re.compile(r"[\s.\u2026]+$")
# Digits of ISO text that a precision vouches for.
_VOUCHED = {Precision.YEAR: 4, Precision.MONTH: 7}
# A week is named by one of its days, and "3 days ago" is a day more or less.
_TOLERATED_DAYS = {Precision.WEEK: 7}


def identities(page: ListPage) -> tuple[str, ...]:
    """Give each headline's identity within its source."""
    own = page_key(page.url)
    seen: Counter[str] = Counter()
    given: list[str] = []
    for headline in page.headlines:
        link = page_key(headline.url) if headline.url else None
        # A link to the list itself (`href="#"`) tells no headline from another.
        if link is not None and link != own:
            given.append(link)
            continue
        printed = _as_printed(headline)
        given.append(f"text:{_digest(printed, seen[printed])}")
        seen[printed] += 1
    return tuple(given)


def compare(held: Sequence[HeldEntry], page: ListPage) -> tuple[Change, ...]:
    """Give what changed between earlier readings and the page, in the page's order, gone ones last.

    `held` are whole readings (each entry as it was last seen), in any order. A headline that the
    page prints twice counts where it stands first.
    """
    where: dict[str, int] = {}
    for index, identity in enumerate(identities(page)):
        where.setdefault(identity, index)
    known = {entry.identity: entry for entry in held}
    moved = _relinked(held, where, page)
    found: list[Change] = []
    for identity, index in where.items():
        entry = known.get(identity) or moved.get(index)
        found += _changes(entry, page.headlines[index], index, relinked=index in moved)
    now_at = {entry.id: where[entry.identity] for entry in held if entry.identity in where}
    now_at |= {entry.id: index for index, entry in moved.items()}
    gone = (
        Change(kind=ChangeKind.WITHDRAWN, entry=None, held=entry)
        for reading in _readings(held)
        for entry in _withdrawn(reading, now_at)
    )
    return (*found, *gone)


def _changes(
    entry: HeldEntry | None, now: Headline, index: int, *, relinked: bool
) -> Iterator[Change]:
    if entry is None:
        yield Change(kind=ChangeKind.ADDED, entry=index, held=None)
        return
    told = (
        (ChangeKind.RETURNED, entry.withdrawn),
        (ChangeKind.RELINKED, relinked),
        (ChangeKind.RETITLED, is_retitled(entry.headline, now)),
        (ChangeKind.REDATED, is_redated(entry.headline.published, now.published)),
    )
    for kind, is_so in told:
        if is_so:
            yield Change(kind=kind, entry=index, held=entry)


def is_retitled(held: Headline, now: Headline) -> bool:
    """Tell a new title from the same one set otherwise, cut short or damaged by the list."""
    before, after = _plain(held.title), _plain(now.title)
    if before == after or _is_read_otherwise(held, now):
        return False
    if now.truncated and not held.truncated:
        return not before.startswith(_CUT_END.sub("", after))
    return not now.damaged or held.damaged


def _is_read_otherwise(held: Headline, now: Headline) -> bool:
    """Tell one print that we read in two ways: publishers learnt meanwhile are split off."""
    if held.raw == now.raw and held.title in held.raw and now.title in now.raw:
        return True
    before, after = (fold(f"{line.title} {line.publisher or ''}") for line in (held, now))
    return before == after and (held.publisher is None) != (now.publisher is None)


def is_redated(held: Dated | None, now: Dated | None) -> bool:
    """Tell another date from the same one known less exactly or counted from another moment."""
    if held is None or now is None or held.raw == now.raw:
        return False
    for precision, length in _VOUCHED.items():
        if precision in {held.precision, now.precision}:
            return held.isoformat()[:length] != now.isoformat()[:length]
    apart = abs((_day(held.value) - _day(now.value)).days)
    if apart:
        return apart > max(_tolerated(held), _tolerated(now))
    return _is_another_time(held, now)


def _is_another_time(held: Dated, now: Dated) -> bool:
    """Compare two times of one day; what is counted back from the visit moves by itself."""
    before, after = held.value, now.value
    if not (isinstance(before, datetime) and isinstance(after, datetime)):
        return False
    if (before.tzinfo is None) != (after.tzinfo is None) or held.precision != now.precision:
        return False
    return before != after and not (_tolerated(held) or _tolerated(now))


def _tolerated(dated: Dated) -> int:
    names_its_day = re.search(rf"(?<!\d)0?{dated.value.day}(?!\d)", dated.raw) is not None
    return _TOLERATED_DAYS.get(dated.precision, 0 if names_its_day else 1)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _plain(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).translate(_ALIKE).split())


def _readings(held: Sequence[HeldEntry]) -> Iterator[list[HeldEntry]]:
    """Give each reading in its order, without entries whose place is not known."""
    by_reading: defaultdict[str, list[tuple[tuple[int, int], HeldEntry]]] = defaultdict(list)
    for entry in held:
        if entry.place is not None and not entry.withdrawn:
            by_reading[entry.reading].append((entry.place, entry))
    for placed in by_reading.values():
        yield [entry for _, entry in sorted(placed, key=lambda pair: pair[0])]


def _withdrawn(reading: Sequence[HeldEntry], now_at: Mapping[int, int]) -> list[HeldEntry]:
    """Give what is gone from between two that are still listed, one after the other.

    Where more is gone than is left, the page has become another one, and nothing is said.
    """
    left = sorted(now_at[entry.id] for entry in reading if entry.id in now_at)
    gone: list[HeldEntry] = []
    waiting: list[HeldEntry] = []
    above: HeldEntry | None = None
    for entry in reading:
        if entry.id not in now_at:
            waiting.append(entry)
            continue
        if above is not None and _follow(left, now_at[above.id], now_at[entry.id]):
            gone += [each for each in waiting if _in_order(above, each, entry)]
        above, waiting = entry, []
    return gone if len(gone) < len(left) else []


def _follow(left: Sequence[int], first: int, second: int) -> bool:
    """Tell whether two of the places still taken follow one another, whatever is new between."""
    return first < second and bisect_left(left, second) - bisect_left(left, first) == 1


def _in_order(above: HeldEntry, entry: HeldEntry, below: HeldEntry) -> bool:
    """Tell one list from the seam of two: the dates run on in one direction, where there are any.

    What stood last in a list whose page goes on with another has scrolled off.
    """
    dates = [each.headline.published for each in (above, entry, below)]
    days = [_day(each.value) for each in dates if each is not None]
    return days in (sorted(days), sorted(days, reverse=True))


def _relinked(
    held: Sequence[HeldEntry], where: Mapping[str, int], page: ListPage
) -> dict[int, HeldEntry]:
    """Give index on the page ▸ the entry that stood there under another link.

    Titles made from a template recur: only one that is alike alone counts, and only in its place.
    """
    missing = _alone((_as_printed(e.headline), e) for e in held if e.identity not in where)
    known = {entry.identity for entry in held}
    fresh = _alone(
        (_as_printed(page.headlines[index]), index)
        for identity, index in where.items()
        if identity not in known and page.headlines[index].url
    )
    pairs = {missing[printed].id: index for printed, index in fresh.items() if printed in missing}
    now_at = {e.id: where[e.identity] for e in held if e.identity in where} | pairs
    moved: dict[int, HeldEntry] = {}
    for reading in _readings(held):
        placed = [entry for entry in reading if entry.id in now_at]
        places = [now_at[entry.id] for entry in placed]
        for at, entry in enumerate(placed):
            in_place = places[max(0, at - 1) : at + 2]
            if entry.id in pairs and in_place == sorted(in_place):
                moved[pairs[entry.id]] = entry
    return moved


def _alone(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Give what stands under each text alone."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for text, value in pairs:
        found[text].append(value)
    return {text: values[0] for text, values in found.items() if len(values) == 1}


def _as_printed(headline: Headline) -> str:
    day = headline.published.isoformat()[:10] if headline.published else headline.date_text or ""
    return "\n".join((fold(headline.title), day, fold(headline.publisher or "")))


def _digest(printed: str, times_above: int) -> str:
    text = f"{printed}\n{times_above}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
