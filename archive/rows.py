"""How records lie in the tables' columns, and back. Pure: no SQL, no connection.

Lists are JSON arrays (NULL when empty), a date takes four columns (value, precision, where from,
as printed), our own instants are UTC. `article(article_row(x))` is `x`.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Protocol, TypeAlias

from archive.held import Resolution, Rival, StoredHeadline, Version
from archive.records import Article, Dated, DateSource, Door, DoorKind, Headline, Precision, Source
from archive.scripts import characters
from archive.urls import host, without_credentials

Value: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, Value]


class Stored(Protocol):
    """A row as SQLite gives it: values by column name."""

    def __getitem__(self, name: str, /) -> Value:
        """Give a column's value."""


def instant(moment: datetime) -> str:
    """Give one of our own instants as UTC ISO text, which sorts as time does.

    Raises ValueError for a time without zone: it would be read as this machine's.
    """
    if moment.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {moment!r}")
    return moment.astimezone(UTC).isoformat()


def moment(text: Value) -> datetime:
    """Read what `instant` wrote."""
    return datetime.fromisoformat(str(text))


def moment_or_none(text: Value) -> datetime | None:
    """Read what `instant` wrote, or NULL."""
    return None if text is None else moment(text)


def text_or_none(value: Value) -> str | None:
    """Give a column's text, or None for NULL."""
    return None if value is None else str(value)


def number(value: Value) -> int:
    """Give a column's whole number."""
    return int(value or 0)


def number_or_none(value: Value) -> int | None:
    """Give a column's whole number, or None for NULL."""
    return None if value is None else int(value)


def storable(text: str) -> str:
    """Give a text that SQLite can hold: no zero bytes, U+FFFD for halves of surrogate pairs.

    JSON in pages writes characters as pairs, and cuts them.
    """
    if text.isascii() and "\x00" not in text:
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")


def _storable_row(row: Row) -> Row:
    return {
        name: storable(value) if isinstance(value, str) else value for name, value in row.items()
    }


def dated_columns(name: str, dated: Dated | None) -> Row:
    """Give the four columns of a date."""
    return {
        name: dated.isoformat() if dated else None,
        f"{name}_precision": dated.precision.value if dated else None,
        f"{name}_from": dated.source.value if dated else None,
        f"{name}_text": dated.raw if dated else None,
    }


def dated(row: Stored, name: str) -> Dated | None:
    """Read the four columns of a date; a text without `T` is a day."""
    value = text_or_none(row[name])
    if value is None:
        return None
    return Dated(
        value=datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value),
        precision=Precision(str(row[f"{name}_precision"])),
        source=DateSource(str(row[f"{name}_from"])),
        raw=str(row[f"{name}_text"]),
    )


def array(values: Sequence[str]) -> str | None:
    """Give a list as a JSON array, NULL when it is empty."""
    return json.dumps(list(values), ensure_ascii=False) if values else None


def strings(value: Value) -> tuple[str, ...]:
    """Read what `array` wrote."""
    return tuple(json.loads(str(value))) if value is not None else ()


def hosts_column(url: str | None) -> str | None:
    """Give an address's host and the domains that it is below, one blank apart.

    `a.b.example b.example example`; None for what is no web address.
    """
    name = host(url) if url else None
    if not name:
        return None
    labels = name.split(".")
    return " ".join(".".join(labels[start:]) for start in range(len(labels)))


def _object(mapping: Mapping[str, str]) -> str | None:
    return json.dumps(dict(mapping), ensure_ascii=False, sort_keys=True) if mapping else None


def article_row(article: Article) -> Row:
    """Give the columns of `articles` that come from the article itself."""
    row: Row = {
        "url": article.url,
        "hosts": hosts_column(article.url),
        "canonical_url": article.canonical_url,
        "title": article.title,
        "byline": array(article.byline),
        "agency": article.agency,
        "publisher": article.publisher,
        **dated_columns("published", article.published),
        **dated_columns("modified", article.modified),
        "dateline": article.dateline,
        "section": article.section,
        "tags": array(article.tags),
        "language": article.language,
        "description": article.description,
        "text": article.text,
        "html": article.html,
        "captions": array(article.captions),
        "image_url": article.image_url,
        "cited": array(article.references),
        "partial": int(article.partial),
        "damaged": int(article.damaged),
        "field_sources": _object(article.sources),
        "title_characters": characters(article.title),
        "text_characters": characters(article.text),
    }
    return _storable_row(row)


def article(row: Stored) -> Article:
    """Read an article from a row of `articles`."""
    return Article(
        url=str(row["url"]),
        text=str(row["text"]),
        title=text_or_none(row["title"]),
        canonical_url=text_or_none(row["canonical_url"]),
        byline=strings(row["byline"]),
        agency=text_or_none(row["agency"]),
        publisher=text_or_none(row["publisher"]),
        published=dated(row, "published"),
        modified=dated(row, "modified"),
        dateline=text_or_none(row["dateline"]),
        section=text_or_none(row["section"]),
        tags=strings(row["tags"]),
        language=text_or_none(row["language"]),
        description=text_or_none(row["description"]),
        html=text_or_none(row["html"]),
        captions=strings(row["captions"]),
        image_url=text_or_none(row["image_url"]),
        references=strings(row["cited"]),
        partial=bool(row["partial"]),
        damaged=bool(row["damaged"]),
        sources=json.loads(str(row["field_sources"])) if row["field_sources"] else {},
    )


def headline_row(headline: Headline) -> Row:
    """Give the columns of `headlines` that come from the list itself."""
    row: Row = {
        "title": headline.title,
        "url": without_credentials(headline.url) if headline.url else None,
        "hosts": hosts_column(headline.url),
        "publisher": headline.publisher,
        **dated_columns("published", headline.published),
        "raw": headline.raw,
        "truncated": int(headline.truncated),
        "damaged": int(headline.damaged),
        "publisher_cut": int(headline.publisher_cut),
        "date_text": headline.date_text,
        "list_url": headline.list_url,
        "position": headline.position,
        "title_characters": characters(headline.title),
    }
    return _storable_row(row)


def headline(row: Stored) -> Headline:
    """Read a headline, as its list gave it, from a row of `headlines`."""
    return Headline(
        title=str(row["title"]),
        raw=str(row["raw"]),
        list_url=str(row["list_url"]),
        position=number(row["position"]),
        url=text_or_none(row["url"]),
        publisher=text_or_none(row["publisher"]),
        published=dated(row, "published"),
        date_text=text_or_none(row["date_text"]),
        truncated=bool(row["truncated"]),
        damaged=bool(row["damaged"]),
        publisher_cut=bool(row["publisher_cut"]),
    )


def stored_headline(row: Stored) -> StoredHeadline:
    """Read a headline with what it is tied to."""
    return StoredHeadline(
        id=number(row["id"]),
        source_id=number(row["source_id"]),
        headline=headline(row),
        first_seen=moment(row["first_seen"]),
        last_seen=moment(row["last_seen"]),
        article_id=number_or_none(row["article_id"]),
        withdrawn_at=moment_or_none(row["withdrawn_at"]),
    )


def rivals_column(rivals: Sequence[Rival]) -> str | None:
    """Give candidates as a JSON array, NULL without any."""
    plain = [
        {
            "url": rival.url,
            "title": rival.title,
            "article_id": rival.article_id,
            "score": rival.score,
            "evidence": rival.evidence,
        }
        for rival in rivals
    ]
    return json.dumps(plain, ensure_ascii=False) if plain else None


def resolution(row: Stored) -> Resolution:
    """Read what a headline was resolved to."""
    rivals = json.loads(str(row["rivals"])) if row["rivals"] else ()
    return Resolution(
        headline_id=number(row["headline_id"]),
        url=text_or_none(row["url"]),
        score=None if row["score"] is None else float(row["score"]),
        evidence=str(row["evidence"]),
        rivals=tuple(Rival(**rival) for rival in rivals),
    )


def source(row: Stored) -> Source:
    """Read a source."""
    return Source(
        id=number(row["id"]),
        url=str(row["url"]),
        name=text_or_none(row["name"]),
        added_at=moment(row["added_at"]),
        paused=bool(row["paused"]),
        door=Door(kind=DoorKind(str(row["door_kind"])), url=str(row["door"]))
        if row["door"]
        else None,
    )


def version(row: Stored) -> Version:
    """Read what a changed article said before."""
    return Version(
        id=number(row["id"]),
        article_id=number(row["article_id"]),
        title=text_or_none(row["title"]),
        text=str(row["text"]),
        text_digest=str(row["text_digest"]),
        published=dated(row, "published"),
        modified=dated(row, "modified"),
        captured_at=moment(row["captured_at"]),
        replaced_at=moment(row["replaced_at"]),
        memento_url=text_or_none(row["memento_url"]),
    )
