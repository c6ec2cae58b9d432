"""Records as plain values for JSON: keys are the column names, dates are as stored. Pure."""

import io
from typing import TYPE_CHECKING, TypeAlias

from archive.found import SearchHit
from archive.held import (
    LookupAnswer,
    Resolution,
    Resolved,
    Rival,
    SourceSummary,
    Status,
    StoredArticle,
    StoredChange,
    StoredHeadline,
    StoryMember,
    Version,
)
from archive.records import Article, Dated, Headline
from archive.rows import instant
from archive.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Plain: TypeAlias = "Sequence[Plain] | Mapping[str, Plain] | str | int | float | bool | None"
Record: TypeAlias = dict[str, Plain]

# What begins a formula in a spreadsheet, in full width too.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HIT_CELLS = (
    "id",
    "kind",
    "title",
    "publisher",
    "published",
    "published_precision",
    "published_from",
    "url",
    "snippet",
    "rank",
    "story_size",
    "damaged",
    "memento",
    "gone",
)
_QUOTED = str.maketrans({char: f"%{ord(char):02X}" for char in " \"'\\<>`"})


def hit(found: SearchHit) -> Record:
    """Give a search's hit; the snippet is a list of spans."""
    return {
        "id": found.id,
        "kind": found.kind.value,
        "url": found.url,
        "title": found.title,
        "publisher": found.publisher,
        "published": found.published,
        "published_precision": found.published_precision,
        "published_from": found.published_from,
        "snippet": [{"text": span.text, "match": span.match} for span in found.snippet],
        "rank": found.rank,
        "story_size": found.story_size,
        "damaged": found.damaged,
        "memento": found.memento,
        "gone": found.gone,
    }


def hit_cells(found: SearchHit) -> tuple[str, ...]:
    """Give a search's hit as the cells of a table, in the order of HIT_CELLS."""
    record = hit(found) | {"snippet": "".join(span.text for span in found.snippet)}
    return tuple(cell(record[name]) for name in HIT_CELLS)


def cell(value: Plain) -> str:
    """Give a value for a table that people open: harmless, and no formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(harmless(value))
    return f"{value:.4g}" if isinstance(value, float) else str(value).lower()


def defused(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: `=1+1` as `'=1+1`."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_table(names: "Sequence[str]", rows: "Iterable[Sequence[str]]") -> str:
    """Give a table as CSV (RFC 4180, lines ended by a line feed)."""
    import csv

    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return written.getvalue()


def web_address(url: str | None) -> str | None:
    """Give a web address as other programs take it from a line; None for what is none.

    Quotes and back slashes, which a shell's tools read as theirs, are written as codes.
    """
    if url is None or not url.startswith(("http://", "https://")):
        return None
    return harmless(url).translate(_QUOTED)


def article(read: Article) -> Record:
    """Give an article as its page gave it."""
    return {
        "url": read.url,
        "canonical_url": read.canonical_url,
        "title": read.title,
        "byline": list(read.byline),
        "agency": read.agency,
        "publisher": read.publisher,
        **_dated("published", read.published),
        **_dated("modified", read.modified),
        "dateline": read.dateline,
        "section": read.section,
        "tags": list(read.tags),
        "language": read.language,
        "description": read.description,
        "text": read.text,
        "html": read.html,
        "captions": list(read.captions),
        "image_url": read.image_url,
        "cited": list(read.references),
        "partial": read.partial,
        "damaged": read.damaged,
        "field_sources": dict(read.sources),
    }


def headline(read: Headline) -> Record:
    """Give a headline as its list gave it."""
    return {
        "title": read.title,
        "url": read.url,
        "publisher": read.publisher,
        **_dated("published", read.published),
        "raw": read.raw,
        "truncated": read.truncated,
        "damaged": read.damaged,
        "publisher_cut": read.publisher_cut,
        "date_text": read.date_text,
        "list_url": read.list_url,
        "position": read.position,
    }


def stored_headline(held: StoredHeadline) -> Record:
    """Give a headline as it is held."""
    return {
        "id": held.id,
        "source_id": held.source_id,
        **headline(held.headline),
        "first_seen": instant(held.first_seen),
        "last_seen": instant(held.last_seen),
        "article_id": held.article_id,
        "withdrawn_at": instant(held.withdrawn_at) if held.withdrawn_at else None,
        "resolution": _resolution(held.resolution) if held.resolution else None,
        "lookup": _lookup(held.lookup) if held.lookup else None,
    }


def _lookup(held: LookupAnswer) -> Record:
    return {
        "state": held.state.value,
        "reason": held.reason,
        "asked_at": instant(held.asked_at) if held.asked_at else None,
        "next_try": instant(held.next_try) if held.next_try else None,
        "memento_url": held.memento.url if held.memento else None,
        "memento_at": instant(held.memento.at) if held.memento else None,
    }


def resolved(found: Resolved) -> Record:
    """Give what resolving a headline gave."""
    return {
        "id": found.held.id,
        "title": found.held.headline.title,
        "publisher": found.held.headline.publisher,
        **_dated("published", found.held.headline.published),
        "source_id": found.held.source_id,
        **_resolution(found.resolution),
        "article_id": found.article_id,
        "to_fetch": found.to_fetch,
    }


def _resolution(held: Resolution) -> Record:
    return {
        "url": held.url,
        "score": held.score,
        "evidence": held.evidence,
        "rivals": [_rival(each) for each in held.rivals],
    }


def _rival(held: Rival) -> Record:
    return {
        "url": held.url,
        "title": held.title,
        "article_id": held.article_id,
        "score": held.score,
        "evidence": held.evidence,
    }


def change(held: StoredChange) -> Record:
    """Give a change of a list."""
    return {
        "id": held.id,
        "source_id": held.source_id,
        "headline_id": held.headline_id,
        "kind": held.kind.value,
        "at": instant(held.at),
        "old": held.old,
        "new": held.new,
        "title": held.title,
        "url": held.url,
    }


def shown(
    held: StoredArticle | None, line: StoredHeadline | None, changes: "Sequence[StoredChange]"
) -> Record:
    """Give what `show` shows: the article where it is held, and of a headline its changes."""
    record = stored_article(held) if held else stored_headline(line) if line else {}
    return record | {"changes": [change(each) for each in changes]} if line else record


def stored_article(held: StoredArticle) -> Record:
    """Give an article as it is held, with what it is tied to."""
    return {
        "id": held.id,
        **article(held.article),
        "verdict": held.verdict.value,
        "story_id": held.story_id,
        "source_id": held.source_id,
        "original_url": held.original_url,
        "original_title": held.attribution.title if held.attribution else None,
        "attribution": held.attribution.phrase if held.attribution else None,
        "original_id": held.original_id,
        "asked_url": held.asked_url,
        "captured_at": instant(held.captured_at),
        "memento_url": held.memento_url,
        "first_seen": instant(held.first_seen),
        "last_seen": instant(held.last_seen),
        "headlines": [stored_headline(each) for each in held.headlines],
        "members": [_member(each) for each in held.members],
        "versions": [_version(each) for each in held.versions],
        "addresses": [
            {"url": each.url, "key": each.key, "role": each.role.value} for each in held.addresses
        ],
    }


def source(summary: SourceSummary) -> Record:
    """Give a source with what it has brought."""
    held = summary.source
    return {
        "id": held.id,
        "url": held.url,
        "name": held.name,
        "added_at": instant(held.added_at),
        "paused": held.paused,
        "door": held.door.url if held.door else None,
        "door_kind": held.door.kind.value if held.door else None,
        "headlines": summary.headlines,
        "with_link": summary.with_link,
        "articles": summary.articles,
        "newest": summary.newest,
        "last_visit": instant(summary.last_visit) if summary.last_visit else None,
        "last_state": summary.last_state.value if summary.last_state else None,
        "last_reason": summary.last_reason,
    }


def status(held: Status) -> Record:
    """Give the archive at a glance."""
    return {
        "sources": held.sources,
        "headlines": held.headlines,
        "headlines_with_article": held.headlines_with_article,
        "headlines_unresolved": held.headlines_unresolved,
        "articles": held.articles,
        "stories": held.stories,
        "versions": held.versions,
        "frontier": {state.value: count for state, count in held.frontier.items()},
        "failures": [
            {
                "state": each.state.value,
                "reason": each.reason,
                "count": each.count,
                "example": each.example,
                "next_try": instant(each.next_try) if each.next_try else None,
                "kept_from_web_archive": each.kept,
            }
            for each in held.failures
        ],
        "next_due": instant(held.next_due) if held.next_due else None,
        "oldest": held.oldest,
        "newest": held.newest,
        "last_stored": instant(held.last_stored) if held.last_stored else None,
        "size": held.size,
        "captures": held.captures,
        "captures_size": held.captures_size,
        "lookups": {state.value: count for state, count in held.lookups.items()},
        "held_by": held.held_by,
    }


def _dated(name: str, dated: Dated | None) -> Record:
    return {
        name: dated.isoformat() if dated else None,
        f"{name}_precision": dated.precision.value if dated else None,
        f"{name}_from": dated.source.value if dated else None,
        f"{name}_text": dated.raw if dated else None,
    }


def _member(held: StoryMember) -> Record:
    return {
        "id": held.id,
        "url": held.url,
        "title": held.title,
        "publisher": held.publisher,
        "published": held.published,
        "leads": held.leads,
    }


def _version(held: Version) -> Record:
    return {
        "id": held.id,
        "title": held.title,
        **_dated("published", held.published),
        **_dated("modified", held.modified),
        "text": held.text,
        "text_digest": held.text_digest,
        "captured_at": instant(held.captured_at),
        "memento_url": held.memento_url,
        "replaced_at": instant(held.replaced_at),
    }
