"""The text of a page as a declaration of its publisher's says where it stands.

Used before the page is read as any other, where a declaration is given; it gives nothing where the
page is not as declared. Knows no publisher: declarations are data, and `crawler.sites` holds them.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from lxml.html import HtmlElement

from crawler.extract.page import Page
from crawler.extract.text.blocks import read_blocks
from crawler.extract.text.body import Body, cut_line, declared_title, gathered, read_body
from crawler.extract.text.prune import outermost
from crawler.extract.text.trim import trim
from crawler.extract.text.weights import take_out

# By what such a text was found.
HOW = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Where one publisher's pages of some time have their text; addresses are XPath."""

    site: str
    """The registrable domain: `paper.example`, for all its hosts."""
    since: date
    """The first day on which pages were seen to be so."""
    until: date | None = None
    """The last such day; None while they are."""
    body: tuple[str, ...] = ()
    """The elements that hold the text, in order; () leaves finding it to the reader."""
    drop: tuple[str, ...] = ()
    """What in them, or on the page, is none of the article's."""


def read_declared(page: Page, declaration: Declaration) -> Body | None:
    """Read the text of a page as declared; None where nothing on the page is as declared."""
    root = copy.deepcopy(page.root)
    unwanted = outermost(chosen(root, declaration.drop))
    for element in unwanted:
        take_out(element)
    rest = replace(page, root=root)
    if not declaration.body:
        body = read_body(rest) if unwanted else None
        return replace(body, how=HOW) if body and body.blocks else None
    parts = outermost(chosen(root, declaration.body))
    lead, found = read_blocks([[], parts], page.base)
    trimmed = trim(lead, found, title=declared_title(page))
    if not trimmed.blocks:
        return None
    return Body(
        blocks=trimmed.blocks,
        captions=tuple(trimmed.credits),
        how=HOW,
        cut=cut_line(found),
        raw=tuple(found),
        root=gathered(parts),
    )


def chosen(root: HtmlElement, addresses: Iterable[str]) -> list[HtmlElement]:
    """Give the elements at some addresses, address by address; texts and attributes are none.

    Raises:
        XPathError: an address cannot be read.
        TypeError: one gives a number, a text or a truth.

    """
    return [
        found
        for address in addresses
        for found in cast("list[object]", root.xpath(address))
        if isinstance(found, HtmlElement)
    ]
