"""The located part of a page read into blocks by BeautifulSoup: paragraphs, headings, lists.

A block carries its plain text and its small sanitised HTML. Does not decide which blocks belong
to the article (`body` does).
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bs4.element import NavigableString, Tag
from lxml.etree import _Element as Element

from crawler.extract.text.boilerplate import words
from crawler.extract.text.soup import BLOCK_TAGS, read_soup
from crawler.extract.text.weights import LONGEST_LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of an article."""

    kind: str
    """The tag that it is: `p`, `h1` to `h6`, `ul`, `ol`, `blockquote`, `table`, `pre`."""
    text: str
    html: str
    linked: int = 0
    """Characters of the text that are links to other pages."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of inline content: its text, its HTML and how much of the text is links."""

    text: str
    html: str
    linked: int


HEADINGS = words("h1 h2 h3 h4 h5 h6")
LINES = HEADINGS | {"p"}
EMPHASIS = {"b": "strong", "cite": "em", "em": "em", "i": "em", "strong": "strong"}

# Soft hyphens, zero-width spaces and joiners of words: not to be seen, and in the way of search.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# White space between two Chinese or Japanese characters is the source's line breaking.
CJK = r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]"
# So it is beside a number among them.
CJK_BREAK = re.compile(rf"(?<={CJK})[ \t]*\n\s*(?={CJK}|\d)|(?<=\d)[ \t]*\n\s*(?={CJK})")

# Stands for `<br>` in text that is being put together; no page text holds it (see `page`).
BREAK = "\x00"

# A cell longer than this holds a layout, not a datum.
LONGEST_CELL = 600
# So long a table is read as its contents, as is one that holds another.
LONGEST_TABLE = 100_000
# A list whose items hold more blocks than this is a layout too.
LONGEST_ITEM = 3
# Below so deep a nest of blocks the text is read as one; recursion is bounded by it.
DEEPEST_BLOCK = 60
# The same for emphasis in emphasis.
DEEPEST_INLINE = 30


def fold(text: str) -> str:
    """Fold white space as a browser does, drop invisible characters and CJK line breaks."""
    if not text.isascii():
        if any(chr(code) in text for code in INVISIBLE):
            text = text.translate(INVISIBLE)
        if "\n" in text:
            text = CJK_BREAK.sub("", text)
    return " ".join(text.split())


def read_blocks(groups: Sequence[Sequence[Element]], url: str) -> list[list[Block]]:
    """Read groups of elements into blocks, in order; `url` is what their links count from."""
    soup = read_soup(groups, url)
    return [list(walk(group)) for group in soup.find_all("main", recursive=False)]


def walk(node: Tag, depth: int = 0) -> Iterator[Block]:
    """Give the blocks below `node` in order; text between blocks becomes paragraphs."""
    if depth > DEEPEST_BLOCK:
        yield from paragraph([NavigableString(node.get_text(" "))], "p")
        return
    run: list[Tag | NavigableString] = []
    for child in children(node):
        if isinstance(child, Tag) and holds_block(child):
            yield from paragraphs(run)
            run = []
            yield from READERS.get(child.name, walk)(child, depth + 1)
        else:
            run.append(child)
    yield from paragraphs(run)


def block_link(node: Tag, depth: int) -> Iterator[Block]:
    """Read a link around blocks: each is a link, unless the page left it open around its text."""
    blocks = list(walk(node, depth))
    href = node.get("href")
    if not href or sum(len(block.text) for block in blocks) >= LONGEST_LINK:
        yield from blocks
        return
    for block in blocks:
        yield replace(block, html=linked_html(block, str(href)), linked=len(block.text))


def linked_html(block: Block, href: str) -> str:
    """Give the HTML of a block that a link stands around; only lines can be put in a link."""
    inside = block.html.removeprefix(f"<{block.kind}>").removesuffix(f"</{block.kind}>")
    if block.kind not in LINES or "<a " in inside:
        return block.html
    return f"<{block.kind}>{anchor(href, inside)}</{block.kind}>"


def children(node: Tag) -> list[Tag | NavigableString]:
    """Give the children of a node that are elements or text; blank text stays out of blocks."""
    return [child for child in node.contents if isinstance(child, (Tag, NavigableString))]


def holds_block(node: Tag) -> bool:
    """Tell whether an element is a block or an inline element around one."""
    return node.name in BLOCK_TAGS or any(
        isinstance(inner, Tag) and inner.name in BLOCK_TAGS for inner in node.descendants
    )


def paragraphs(run: Sequence[Tag | NavigableString]) -> Iterator[Block]:
    """Give inline content as paragraphs, split where two line breaks stand together."""
    group: list[Tag | NavigableString] = []
    breaks = 0
    for node in run:
        if isinstance(node, Tag) and node.name == "br":
            breaks += 1
        elif isinstance(node, Tag) or node.strip():
            if breaks > 1:
                yield from paragraph(group, "p")
                group = []
            breaks = 0
        group.append(node)
    yield from paragraph(group, "p")


def paragraph(nodes: Sequence[Tag | NavigableString], kind: str) -> Iterator[Block]:
    """Give one block of inline nodes, or none if there is no text."""
    inline = read_inline(nodes)
    if inline.text:
        yield Block(
            kind=kind,
            text=inline.text,
            html=f"<{kind}>{inline.html}</{kind}>",
            linked=inline.linked,
        )


def read_inline(nodes: Sequence[Tag | NavigableString]) -> Inline:
    """Read inline nodes into text and HTML, white space folded at the seams."""
    if all(type(node) is NavigableString for node in nodes):
        text = fold("".join(map(str, nodes)))
        return Inline(text, html.escape(text, quote=False), 0)
    pieces = [inline_piece(node) for node in nodes]
    return Inline(
        text=fold_lines("".join(piece.text for piece in pieces)),
        html=fold_lines("".join(piece.html for piece in pieces)).replace("\n", "<br>"),
        linked=sum(piece.linked for piece in pieces),
    )


def fold_lines(text: str) -> str:
    """Fold white space, but keep the line breaks that the page set (marked by `BREAK`)."""
    if BREAK not in text:
        return fold(text)
    return "\n".join(line for line in map(fold, text.split(BREAK)) if line)


def inline_piece(node: Tag | NavigableString, depth: int = 0) -> Inline:
    """Read one inline node."""
    if isinstance(node, NavigableString):
        text = str(node) if type(node) is NavigableString else ""
        return Inline(text, html.escape(text, quote=False), 0)
    if node.name == "br":
        return Inline(BREAK, BREAK, 0)
    if depth > DEEPEST_INLINE:
        text = node.get_text()
        return Inline(text, html.escape(text, quote=False), 0)
    pieces = [inline_piece(child, depth + 1) for child in children(node)]
    text = "".join(piece.text for piece in pieces)
    inner = "".join(piece.html for piece in pieces)
    linked = sum(piece.linked for piece in pieces)
    if node.name == "a" and node.get("href"):
        return Inline(text, anchor(str(node["href"]), inner), len(text.strip()))
    if text.strip() and (tag := EMPHASIS.get(node.name)):
        inner = f"<{tag}>{inner}</{tag}>"
    return Inline(text, inner, linked)


def anchor(href: str, inner: str) -> str:
    """Give a link to the web as HTML; any other link is its text."""
    if not href.lower().startswith(("http://", "https://")) or not inner.strip():
        return inner
    return f'<a href="{html.escape(href)}">{inner}</a>'


def heading(node: Tag, _depth: int) -> Iterator[Block]:
    """Read a heading."""
    yield from paragraph(children(node), node.name)


def text_block(node: Tag, depth: int) -> Iterator[Block]:
    """Read a paragraph; one that holds blocks all the same is read as they are."""
    inner = children(node)
    if any(isinstance(child, Tag) and holds_block(child) for child in inner):
        yield from walk(node, depth)
    else:
        yield from paragraphs(inner)


def preformatted(node: Tag, depth: int) -> Iterator[Block]:
    """Read preformatted text, its line breaks kept; one that holds blocks is read as they are."""
    if any(isinstance(child, Tag) and holds_block(child) for child in node.contents):
        yield from walk(node, depth)
        return
    text = node.get_text().strip("\n")
    if text.strip():
        inner = html.escape(text, quote=False).replace("\n", "<br>")
        yield Block(kind="pre", text=text, html=f"<p>{inner}</p>")


def quotation(node: Tag, depth: int) -> Iterator[Block]:
    """Read a quotation as one block of its paragraphs."""
    blocks = list(walk(node, depth))
    yield from whole("blockquote", blocks, "".join(block.html for block in blocks))


def bullets(node: Tag, depth: int) -> Iterator[Block]:
    """Read a list: an item a line; items that hold long matter are read as blocks of their own."""
    items = [list(walk(item, depth)) for item in node.find_all("li", recursive=False)]
    if not items:
        yield from walk(node, depth)
        return
    if any(len(item) > LONGEST_ITEM for item in items):
        yield from (block for item in items for block in item)
        return
    inner = "".join(f"<li>{'<br>'.join(map(inside, item))}</li>" for item in items if item)
    yield from whole(node.name, [block for item in items for block in item], inner)


def inside(block: Block) -> str:
    """Give a block's HTML as the inside of a list item: a paragraph without its tag."""
    return block.html.removeprefix("<p>").removesuffix("</p>")


def whole(kind: str, blocks: Sequence[Block], inner: str) -> Iterator[Block]:
    """Give one block of the text of several, or none."""
    if blocks:
        yield Block(
            kind=kind,
            text="\n".join(block.text for block in blocks),
            html=f"<{kind}>{inner}</{kind}>",
            linked=sum(block.linked for block in blocks),
        )


def table(node: Tag, depth: int) -> Iterator[Block]:
    """Read a table: a row a line, cells parted by bars; a layout table is read as its contents."""
    if node.find("table") is not None or len(node.get_text()) > LONGEST_TABLE:
        yield from walk(node, depth)
        return
    rows = [row for row in table_rows(node, depth) if any(text for _, text in row)]
    longest = max((len(text) for row in rows for _, text in row), default=0)
    if len(rows) < 2 or max(map(len, rows)) < 2 or longest > LONGEST_CELL:
        yield from walk(node, depth)
        return
    inner = "".join(f"<tr>{''.join(cell_html(*cell) for cell in row)}</tr>" for row in rows)
    yield Block(
        kind="table",
        text="\n".join(" | ".join(text for _, text in row) for row in rows),
        html=f"<table>{inner}</table>",
        linked=sum(len(link.get_text()) for link in node.find_all("a")),
    )


def table_rows(node: Tag, depth: int) -> list[list[tuple[str, str]]]:
    """Give the tag and text of each cell, by row."""
    return [
        [
            (cell.name, " ".join(block.text for block in walk(cell, depth)).replace("\n", " "))
            for cell in row.find_all(["td", "th"], recursive=False)
        ]
        for row in node.find_all("tr")
    ]


def cell_html(tag: str, text: str) -> str:
    """Give a cell as HTML."""
    return f"<{tag}>{html.escape(text, quote=False)}</{tag}>"


READERS = dict.fromkeys(HEADINGS, heading) | {
    "a": block_link,
    "blockquote": quotation,
    "ol": bullets,
    "p": text_block,
    "pre": preformatted,
    "table": table,
    "ul": bullets,
}


def joined_text(blocks: Iterable[Block]) -> str:
    """Give blocks as plain text, a blank line between two."""
    return "\n\n".join(block.text for block in blocks)
