"""The article's text: blocks of the located part, less what is not the article's."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import Element, HtmlElement

from crawler.extract.blocks import HEADINGS, Block, fold, joined_text, read_blocks
from crawler.extract.boilerplate import LABEL_LINE
from crawler.extract.locate import locate
from crawler.extract.page import Page
from crawler.extract.plaintext import read_plain
from crawler.extract.walls import CUT_LINE


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
    root: HtmlElement | None = None
    """What the text was read from: a tree of its own, pruned."""

    @property
    def text(self) -> str:
        """Give the plain text, a blank line between blocks."""
        return joined_text(self.blocks)

    @property
    def html(self) -> str:
        """Give the sanitised HTML."""
        return "\n".join(block.html for block in self.blocks)


def read_body(page: Page) -> Body:
    """Read the text of a page's article."""
    if page.plain is not None:
        return read_plain_body(page.plain)
    title = declared_title(page)
    located = locate(page.root, url=page.url, title=title)
    lead, found = read_blocks([located.standfirst, located.parts], page.url)
    standfirst = [block for block in lead if not is_link_line(block)]
    cut = next((block.text for block in found if CUT_LINE.search(block.text)), None)
    blocks = clean(found, title=title)
    return Body(
        blocks=tuple(without_repeats([*standfirst, *blocks])),
        captions=located.captions,
        how=located.how,
        cut=cut,
        cards=located.cards,
        root=gathered(located.parts),
    )


def gathered(parts: Sequence[HtmlElement]) -> HtmlElement:
    """Put the parts of a body into one element."""
    root: HtmlElement = Element("div")
    root.extend(parts)
    return root


def declared_title(page: Page) -> str | None:
    """Give the title that the page declares for itself; good enough to know its headline by."""
    metas = page.root.xpath("//meta[@property='og:title']/@content | //title/text()")
    return next((folded for text in metas if (folded := fold(text))), None)


def read_plain_body(text: str) -> Body:
    """Read a text without markup."""
    return Body(blocks=tuple(read_plain(text)), captions=(), how="plain")


def without_repeats(blocks: list[Block]) -> list[Block]:
    """Drop long blocks that the page gives a second time (a standfirst that opens the body too)."""
    return list(
        {
            (block.text if len(block.text) > 40 else index): block
            for index, block in reversed(list(enumerate(blocks)))
        }.values()
    )[::-1]


SENTENCE_END = re.compile(r"[.!?…。！？।؟\"”»“’')\]:;]\s*$")


def is_prose(block: Block) -> bool:
    """Tell whether a block reads as running text."""
    return block.kind not in HEADINGS and (
        len(block.text) >= 80 or (len(block.text) >= 25 and bool(SENTENCE_END.search(block.text)))
    )


def clean(blocks: list[Block], *, title: str | None) -> list[Block]:
    """Take out what is not the article's: labels, link lines, what stands before and after it."""
    kept = [
        block
        for block in blocks
        if not LABEL_LINE.fullmatch(block.text.strip(" :.…→»>")) and not CUT_LINE.search(block.text)
    ]
    kept = without_links(kept)
    kept = without_head(kept, title)
    return without_tail(kept)


LINK_SHARE = 0.7
# A paragraph of many names, each a link, is a paragraph still.
ALL_LINK_SHARE = 0.9
LONGEST_LINK_LINE = 120


def is_link_line(block: Block) -> bool:
    """Tell whether a block is only a link, or a list of them."""
    size = len(block.text)
    if size > LONGEST_LINK_LINE and block.kind == "p":
        return block.linked > ALL_LINK_SHARE * size
    return block.linked > LINK_SHARE * size


def without_links(blocks: list[Block]) -> list[Block]:
    """Drop link lines and the label that introduces them."""
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        follower = blocks[index + 1] if index + 1 < len(blocks) else None
        if is_link_line(block):
            continue
        if follower and is_link_line(follower) and is_label(block):
            continue
        kept.append(block)
    return kept


def is_label(block: Block) -> bool:
    """Tell whether a block is a short line that introduces what follows."""
    return len(block.text) < 80 and block.text.rstrip().endswith(":")


def without_head(blocks: list[Block], title: str | None) -> list[Block]:
    """Drop the headline, byline and labels before the first running text."""
    first = next((i for i, block in enumerate(blocks) if is_prose(block)), 0)
    headline = next(
        (i for i, block in enumerate(blocks[: first + 2]) if is_title(block, title)), -1
    )
    blocks = blocks[headline + 1 :]
    if not any(is_prose(block) for block in blocks):
        return blocks
    first = next(i for i, block in enumerate(blocks) if is_prose(block))
    return [b for b in blocks[:first] if b.kind in HEADINGS and b.kind != "h1"][-1:] + blocks[
        first:
    ]


def is_title(block: Block, title: str | None) -> bool:
    """Tell whether a block is the article's headline."""
    if block.kind == "h1":
        return True
    return bool(title) and folded(block.text) == folded(title)


def folded(text: str | None) -> str:
    """Fold case, width and punctuation away."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))


def without_tail(blocks: list[Block]) -> list[Block]:
    """Drop labels and headings after the last running text."""
    end = len(blocks)
    while (
        end and not is_prose(blocks[end - 1]) and blocks[end - 1].kind not in ("ul", "ol", "table")
    ):
        end -= 1
    return blocks[:end] or blocks
