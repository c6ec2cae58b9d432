"""Saved searches as records: a watch, what it found that is new, and how that is said. Pure.

`watches` keeps and runs them. A notice of a run is `"\\n".join(lines(report))` for each report that
`is_news`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from archive.errors import UsageError
from archive.found import HitKind
from archive.query import Asked
from archive.terminal import harmless

if TYPE_CHECKING:
    from archive.export import Record

FOLDER = "feeds"
# Hits that a report names, and entries that a feed has.
MOST_HITS = 100
# Hits that are printed of one watch: the feed has more.
MOST_LINES = 20
# A file's name of any language, with ".atom" behind it; longer ones some disks refuse.
NAME = re.compile(r"\w[\w .+-]*")
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a watch looks for."""

    asked: Asked
    zone: str | None = None
    """Whose days: a name of the tz database; None is the machine's own zone."""
    stems: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved search, as it is held."""

    id: int
    name: str
    wanted: Wanted | None
    """None where what is held cannot be read."""
    made_at: datetime
    last_run_at: datetime | None
    feed: str
    """Path of its feed within the archive's folder."""
    told: int
    """Stories and headlines that it has told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchHit:
    """A story, or a headline whose article is not held, that a watch tells."""

    kind: HitKind
    id: int
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    """ISO text, as stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchReport:
    """What one run of a watch did."""

    name: str
    new: int = 0
    """How many are told for the first time."""
    hits: tuple[WatchHit, ...] = ()
    """The newest of them."""
    feed: str | None = None
    """Path of the feed that has them; None where it was not written."""
    problem: str | None = None
    """Why the watch could not be run, in words."""

    @property
    def is_news(self) -> bool:
        """Tell whether its owner wants to hear of it."""
        return self.new > 0 or self.problem is not None


def checked_name(name: str) -> str:
    """Give a watch's name, which is its feed's file name too. Raises UsageError."""
    folded = unicodedata.normalize("NFC", name.strip())
    if not NAME.fullmatch(folded) or len(folded.encode()) > LONGEST_NAME or folded[-1] == ".":
        raise UsageError(
            f"{name!r} is no name for a watch: it names its feed's file too, "
            "so give some letters, digits, blanks and hyphens"
        )
    return folded


def lines(report: WatchReport) -> Iterator[str]:
    """Say in plain text what a watch found, its titles below."""
    name = harmless(report.name)
    if report.problem is not None:
        yield f"watch {name}: {harmless(report.problem)}"
        return
    yield f"watch {name}: {report.new or 'nothing'} new"
    for hit in report.hits[:MOST_LINES]:
        facts = (hit.publisher, hit.published[:10] if hit.published else None)
        known = ", ".join(harmless(fact) for fact in facts if fact)
        title = harmless(hit.title or "(no title)")
        yield f"  {title} ({known})" if known else f"  {title}"
        yield f"    {harmless(hit.url)}" if hit.url else f"    backfile show h{hit.id}"
    if report.new > MOST_LINES:
        where = harmless(report.feed or "the feed")
        yield f"  and {report.new - MOST_LINES} more; {where} has the newest"


def record(report: WatchReport) -> "Record":
    """Give what a run told, as JSON shows it."""
    return {
        "name": report.name,
        "new": report.new,
        "hits": [
            {
                "kind": hit.kind.value,
                "id": hit.id,
                "title": hit.title,
                "url": hit.url,
                "publisher": hit.publisher,
                "published": hit.published,
            }
            for hit in report.hits
        ],
        "feed": report.feed,
        "problem": report.problem,
    }


def words(wanted: Wanted) -> str:
    """Give what is looked for as `backfile search` would be told it."""
    asked = wanted.asked
    options = (
        *(("--title", asked.title), ("--by", asked.by), ("--publisher", asked.publisher)),
        *(("--site", site) for site in asked.sites),
        *(("--lang", language) for language in asked.languages),
        *(("--source", source) for source in asked.sources),
        *(("--after", asked.after), ("--before", asked.before), ("--zone", wanted.zone)),
    )
    given = [
        f"{option} {value!r}" if " " in value else f"{option} {value}"
        for option, value in options
        if value
    ]
    return " ".join([*filter(None, [asked.words]), *given, *(["--stems"] if wanted.stems else [])])
