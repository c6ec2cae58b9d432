"""What of a page lies beyond the bounds that keep monstrous ones from taking for ever.

The readers stop at their bounds; this says so, and how much there is behind them, so that nothing
is left out in silence.
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from archive.records import LeftOut
from crawler.extract.lists.columns import MOST_SPOTS
from crawler.extract.lists.outline import DEEPEST, MOST_NUMBERS, Outline


def beyond_bounds(root: HtmlElement, flat: Outline) -> tuple[LeftOut, ...]:
    """Say what of a page its outline, or the search for lists in it, did not reach."""
    return (*beyond_outline(root, flat), *beyond_spots(flat))


def beyond_outline(root: HtmlElement, flat: Outline) -> Iterator[LeftOut]:
    """Say how many links, or elements where no links are among them, the outline leaves out."""
    is_long = len(flat.nodes) + len(flat.texts) >= MOST_NUMBERS
    is_deep = any(node.depth >= DEEPEST for node in flat.nodes)
    if not (is_long or is_deep):
        return
    reason = (
        f"only the first {MOST_NUMBERS:,} elements and texts are looked at"
        if is_long
        else f"elements are nested more than {DEEPEST:,} deep"
    )
    links = int(root.xpath("count(/html/body//a[@href])")) - links_in(flat)
    if links > 0:
        yield LeftOut(what="links", count=links, reason=reason)
        return
    elements = int(root.xpath("count(/html/body//*)")) + 1 - len(flat.nodes)
    if elements > 0:
        yield LeftOut(what="elements", count=elements, reason=reason)


def beyond_spots(flat: Outline) -> Iterator[LeftOut]:
    """Say how many links of the outline are not looked at as headlines."""
    links = links_in(flat) - MOST_SPOTS
    if links > 0:
        reason = f"only the first {MOST_SPOTS:,} links are looked at"
        yield LeftOut(what="links", count=links, reason=reason)


def links_in(flat: Outline) -> int:
    """Count the links of an outline that lead somewhere."""
    return sum(node.tag == "a" and bool(node.element.get("href")) for node in flat.nodes)
