"""The posts of WordPress' REST interface (`/wp-json/wp/v2/posts`), read as a headline list.

The interface gives the site's local time and the same instant in UTC, both without an offset; the
offset is their difference. It says how many posts and pages there are in its answer's headers.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlencode, urlsplit

from archive.records import Dated, DateSource, ListPage, Precision
from crawler.extract.dates.printed import is_future, read_machine_date
from crawler.extract.doors.entries import Entry, headlines_of, left_of
from crawler.extract.fields.jsonld import Json, Node

# As many as the interface gives at a time, and of each post only what is read here.
PER_PAGE = 100
ASKED = {"per_page": str(PER_PAGE), "_fields": "id,date,date_gmt,link,title"}

# Zones lie within these hours of UTC, in steps of quarters of an hour.
WIDEST_OFFSET = timedelta(hours=14)
QUARTER = timedelta(minutes=15)


def posts_url(interface: str, *, filtered: Mapping[str, str] = {}) -> str:
    """Give the address of the newest posts, from the interface's root.

    `interface` is what a page declares (`https://site/wp-json/`, or `https://site/?rest_route=/`);
    `filtered` is what to ask for in addition: `{"categories": "7"}`.
    """
    parts = urlsplit(interface)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    path = parts.path
    if "rest_route" in asked:
        asked["rest_route"] = asked["rest_route"].rstrip("/") + "/wp/v2/posts"
    else:
        path = path.rstrip("/") + "/wp/v2/posts"
    query = urlencode(asked | dict(filtered) | ASKED, safe="/,")
    return parts._replace(path=path, query=query, fragment="").geturl()


def read_posts(
    value: Json,
    *,
    url: str,
    captured_at: datetime,
    headers: Mapping[str, str] = {},
    known_publishers: Mapping[str, str] = {},
) -> ListPage:
    """Read an answer of the interface, decoded; what is none gives a page without headlines.

    `headers` have lower-case names. Without them there is an older page where this one is full.
    """
    posts = [post for post in value if isinstance(post, dict)] if isinstance(value, list) else []
    entries = [read_post(post, captured_at) for post in posts]
    here, pages = page_of(url), number(headers.get("x-wp-totalpages"))
    more = here < pages if pages is not None else len(posts) >= size_of(url)
    return ListPage(
        url=url,
        captured_at=captured_at,
        headlines=headlines_of(entries, url=url, known_publishers=known_publishers),
        older=with_page(url, here + 1) if more else None,
        total=number(headers.get("x-wp-total")),
        last=with_page(url, pages) if pages is not None and pages > here else None,
        left_out=left_of(entries),
    )


def read_post(post: Node, captured_at: datetime) -> Entry:
    """Read one post."""
    title, link = post.get("title"), post.get("link")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    printed = text_of(post.get("date_gmt")) or text_of(post.get("date"))
    return Entry(
        title=rendered if isinstance(rendered, str) else "",
        url=link if isinstance(link, str) else None,
        published=read_dates(post.get("date"), post.get("date_gmt"), captured_at),
        date_text=printed,
    )


def read_dates(local: Json, utc: Json, captured_at: datetime) -> Dated | None:
    """Read when a post was published: the local time, with its offset where both are given."""
    here, there = instant(local), instant(utc)
    if there is None:
        return (
            read_machine_date(local, captured_at=captured_at, source=DateSource.FEED)
            if isinstance(local, str)
            else None
        )
    offset = here - there if here else timedelta()
    fits = abs(offset) <= WIDEST_OFFSET and not offset % QUARTER
    value = (there + (offset if fits else timedelta())).replace(
        tzinfo=timezone(offset if fits else timedelta())
    )
    if is_future(value, captured_at):
        return None
    return Dated(
        value=value, precision=Precision.SECOND, source=DateSource.FEED, raw=text_of(utc) or ""
    )


def instant(value: Json) -> datetime | None:
    """Read a time without an offset, as the interface prints it; None for anything else."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    # WordPress prints year 0 or 1 for a draft that was never published.
    return read if read and read.tzinfo is None and read.date() > date(1, 1, 2) else None


def text_of(value: Json) -> str | None:
    """Give a text that is not empty."""
    return value if isinstance(value, str) and value else None


def number(text: str | None) -> int | None:
    """Read a count."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def page_of(url: str) -> int:
    """Give the number of the page that an address asks for."""
    return number(dict(parse_qsl(urlsplit(url).query)).get("page")) or 1


def size_of(url: str) -> int:
    """Give how many posts an address asks for; the interface's own number without one."""
    return number(dict(parse_qsl(urlsplit(url).query)).get("per_page")) or 10


def with_page(url: str, page: int) -> str:
    """Give the address of another page."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"page": str(page)}
    return parts._replace(query=urlencode(asked, safe="/,"), fragment="").geturl()
