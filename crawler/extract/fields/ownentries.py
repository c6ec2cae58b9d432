"""What a page's own entry says in a list that stands on the same page (the latest, an archive).

For pages that print no date beside their headline: lists of them mostly do, their own one included.
Finds the entries' texts; reading a date from them is the caller's part.
"""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html

# An entry is a line or a card; a longer text holds the article.
ENTRY_CHARACTERS = 400
CLIMB = 4
LINKS = 3_000
ENTRIES = 5


def own_entries(root: lxml.html.HtmlElement, url: str, base: str) -> Iterator[str]:
    """Give the texts of the entries that link to the page at `url`, each from small to large.

    An entry ends where another page's begins. A link to a place on the page is no entry: comments
    and footnotes have those.
    """
    own = place_of(url)
    if own is None:
        return
    last = own[2] or own[1].rpartition("/")[2]
    found = 0
    for count, link in enumerate(root.iter("a")):
        href = link.get("href") or ""
        if count == LINKS or found == ENTRIES:
            return
        if last in href and "#" not in href and place_of(absolute(base, href)) == own:
            found += 1
            yield from texts_around(link, href)


def place_of(url: str) -> tuple[str, str, str] | None:
    """Give host, path and query of a page's address; None for a site's root."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return None
    return parts.netloc.removeprefix("www."), path, parts.query


def absolute(base: str, href: str) -> str:
    """Give the address that a link means, as it stands where it means none."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return href


def texts_around(link: lxml.html.HtmlElement, href: str) -> Iterator[str]:
    """Give the text of a link, then of what is around it, as long as that is one entry."""
    element: lxml.html.HtmlElement | None = link
    for _ in range(CLIMB):
        if element is None or element.tag in ("body", "main", "article"):
            return
        if any((a.get("href") or href) != href for a in element.iter("a")):
            return
        text = " ".join(" ".join(element.itertext()).split())
        if len(text) > ENTRY_CHARACTERS:
            return
        yield text
        element = element.getparent()
