"""Pages between two others: a redirector's or a shortener's, whose script goes on to another site.

A crawl asks this of every page that comes, where there is time only for short ones. Does not run
scripts, and knows no `<meta http-equiv=refresh>`: Scrapy follows that.
"""

import re

import lxml.html
from lxml.etree import LxmlError, strip_elements

from archive.urls import canonical_url, site

# The pages of shorteners are of 300 to 5,000 bytes; an article's are longer.
LONGEST = 20_000
# "You are being sent on, click here if nothing happens", in any language; more is a page to read.
MOST_TEXT = 300

UNSEEN = ("script", "style", "noscript", "template", "title")
GOES_ON = re.compile(
    r"""(?<![\w$.])(?:(?:window|document|self|top|parent)\.)?location
    (?:\s*=\s*|\.href\s*=\s*|\.(?:replace|assign)\(\s*)
    (?:"([^"\s]{8,4000})"|'([^'\s]{8,4000})')""",
    re.VERBOSE,
)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")


def leads_on_to(body: bytes, *, url: str) -> str | None:
    """Give the address at another site to which the page at `url` goes on by itself, by a script.

    None for a page that holds something to read, names several such addresses, or only moves
    within its own site, as walls and challenges do.
    """
    if len(body) > LONGEST or b"location" not in body:
        return None
    named = {
        unescaped(found[1] or found[2])
        for script in scripts_alone(body)
        for found in GOES_ON.finditer(script)
    }
    target = canonical_url(named.pop()) if len(named) == 1 else None
    return target if target and site(target) != site(url) else None


def scripts_alone(body: bytes) -> list[str]:
    """Give the scripts of a page with next to nothing to read beside them; none of another."""
    try:
        root = lxml.html.document_fromstring(body.decode("utf-8", "replace"))
    except (LxmlError, ValueError):
        return []
    scripts = [script.text or "" for script in root.iter("script")]
    strip_elements(root, *UNSEEN, with_tail=False)
    seen = " ".join("".join(map(str, root.itertext("*"))).split())
    return scripts if len(seen) <= MOST_TEXT else []


def unescaped(text: str) -> str:
    """Give what a string of a script stands for."""
    return ESCAPE.sub(lambda found: plain(*found.groups()), text)


def plain(four: str | None, two: str | None, one: str | None) -> str:
    """Give the character that an escape stands for; a letter's own meaning (`\\n`) is no part."""
    code = four or two
    return chr(int(code, 16)) if code else one or ""
