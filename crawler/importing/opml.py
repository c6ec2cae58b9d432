"""The sources that an OPML file names, however deep they are nested. Reads only.

A feed with the address of its page becomes the page, read through the feed; a feed alone is its own
page. Of other outlines the address counts that they name, `http` and `https` only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import lxml.etree

from archive.records import Door, DoorKind
from archive.urls import canonical_url

LINKS = ("htmlUrl", "url", "xmlUrl")
NAMES = ("title", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A source as its file names it."""

    url: str
    name: str | None
    door: Door | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """What an OPML file holds."""

    sources: tuple[Outline, ...]
    """Each address once."""
    refused: tuple[str, ...]
    """Addresses that are none of the web."""


def read_opml(body: bytes) -> Outlines:
    """Read the sources of an OPML file; what is broken is read as far as it goes."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = lxml.etree.fromstring(body, parser)
    found: dict[str, Outline] = {}
    refused: list[str] = []
    for element in root.iter("outline") if root is not None else ():
        given = {str(name): str(value).strip() for name, value in element.attrib.items()}
        links = [given[name] for name in LINKS if given.get(name)]
        outline = read_outline(given)
        if outline is not None:
            found.setdefault(outline.url, outline)
        elif links:
            refused.append(links[0])
    return Outlines(sources=tuple(found.values()), refused=tuple(refused))


def read_outline(given: Mapping[str, str]) -> Outline | None:
    """Read one outline; None where it names no address of the web."""
    links = {name: canonical_url(given.get(name, "")) for name in LINKS}
    url = next((link for link in links.values() if link), None)
    if url is None:
        return None
    feed = links["xmlUrl"]
    return Outline(
        url=url,
        name=next((given[name] for name in NAMES if given.get(name)), None),
        door=Door(kind=DoorKind.FEED, url=feed) if feed else None,
    )
