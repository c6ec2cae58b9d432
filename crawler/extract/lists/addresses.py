"""Joining the addresses that a list prints to its page's.

Most of a list's hundreds of links are plain: a path from the site's root, or a whole address, with
nothing in them that joining would change. Those are told by their form, at a fifth of the price.

Does not decide where a link leads to; `hosts` compares sites.
"""

import re
from urllib.parse import urljoin, urlsplit

# Non-empty segments that begin with no dot, and a query: nothing to resolve, to fold or to drop.
PLAIN = r"(?:/[\w%~+,=@!:*$&'()-][\w%~+,=@!:*$&'().-]*)*/?(?:\?[^#\s]+)?"
PLAIN_PATH = re.compile(rf"(?=/){PLAIN}")
PLAIN_URL = re.compile(rf"https?://[A-Za-z0-9.-]+(?::\d+)?{PLAIN}")
WEB = ("http", "https")


def absolute(base: str, href: str | None) -> str | None:
    """Join a printed address to its page's; None for what is no web address then."""
    if not href:
        return None
    try:
        url = joined(base, href.strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def joined(base: str, href: str) -> str:
    """Do what `urljoin` does, and raise what it raises."""
    if PLAIN_URL.fullmatch(href):
        return href
    if PLAIN_PATH.fullmatch(href):
        parts = urlsplit(base)
        if parts.scheme in WEB and parts.netloc:
            return f"{parts.scheme}://{parts.netloc}{href}"
    # Without a base `urljoin` gives an address back that it has not looked at.
    urlsplit(href)
    return urljoin(base, href)
