"""The article's text: blocks of the located part, less what is not the article's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.page import Page
from crawler.extract.text.blocks import Block, fold, joined_text, read_blocks
from crawler.extract.text.locate import locate
from crawler.extract.text.plaintext import read_plain
from crawler.extract.text.prune import DEAD_TAGS
from crawler.extract.text.trim import trim, without_walls
from crawler.extract.text.walls import CUT_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the page says in its article."""

    blocks: tuple[Block, ...]
    captions: tuple[str, ...]
    how: str
    """By what the text was found: `itemprop`, `class`, `article`, `density`, `plain`."""
    cut: str | None = None
    """The page's own words that the rest is for subscribers."""
    cards: int = 0
    """Teasers of other articles on the page."""
    raw: tuple[Block, ...] = ()
    """The body's blocks before they were trimmed; attributions stand among what is dropped."""
    root: Element | None = None
    """What the text was read from: a tree of its own, pruned."""

    @property
    def text(self) -> str:
        """Give the plain text, a blank line between blocks."""
        return joined_text(self.blocks)

    @property
    def html(self) -> str:
        """Give the sanitised HTML."""
        return "\n".join(block.html for block in self.blocks)


def read_body(page: Page, *, believe: bool = True) -> Body:
    """Read the text of a page's article.

    `believe` what elements are called; without it the text is found by its density alone.
    """
    if page.plain is not None:
        return read_plain_body(page.plain)
    title = declared_title(page)
    located = locate(page.root, url=page.url, title=title, believe=believe)
    lead, found = read_blocks([located.standfirst, located.parts], page.base)
    trimmed = trim(lead, found, title=title)
    return Body(
        blocks=trimmed.blocks,
        captions=(*located.captions, *trimmed.credits),
        how=located.how,
        cut=cut_line(found),
        cards=located.cards,
        raw=tuple(found),
        root=gathered(located.parts),
    )


# A wall's words followed by more than this part of the text stand in the middle of a whole one.
AFTER_CUT = 0.25


def cut_line(blocks: Sequence[Block]) -> str | None:
    """Give the page's words that the rest costs, where the text ends with them."""
    own = without_walls(blocks)
    total = sum(len(block.text) for block in own)
    left = total
    for block in own:
        left -= len(block.text)
        if left <= AFTER_CUT * total and CUT_LINE.match(block.text):
            return block.text
    return None


def gathered(parts: Sequence[Element]) -> Element:
    """Put the parts of a body into one element."""
    root = etree.Element("div")
    root.extend(parts)
    return root


def read_markup(source: str, url: str) -> list[Block]:
    """Read a piece of HTML that stands for itself into blocks."""
    root = etree.fromstring(f"<div>{source}</div>", etree.HTMLParser(remove_comments=True))
    if root is None:
        return []
    etree.strip_elements(root, *DEAD_TAGS, with_tail=False)
    (blocks,) = read_blocks([[root]], url)
    return list(trim([], blocks).blocks)


# A headline is known by this much of a title.
LONGEST_TITLE = 2_000


def declared_title(page: Page) -> str | None:
    """Give the title that the page declares for itself; good enough to know its headline by."""
    texts = (text for element in page.root.iter("meta", "title") for text in titles_in(element))
    cut = (text[:LONGEST_TITLE] for text in texts if text)
    return next((folded for text in cut if (folded := fold(text))), None)


def titles_in(element: Element) -> Iterator[str | None]:
    """Give what a `<title>` or a `<meta>` calls the page."""
    if element.tag == "title":
        yield element.text
        yield from (inner.tail for inner in element)
    elif element.get("property") == "og:title":
        yield element.get("content")


def read_plain_body(text: str) -> Body:
    """Read a text without markup."""
    return Body(blocks=tuple(read_plain(text)), captions=(), how="plain")
