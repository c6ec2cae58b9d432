"""The located part of a page read into blocks by BeautifulSoup: paragraphs, headings, lists.

A block carries its plain text and its small sanitised HTML. Does not decide which blocks belong
to the article (`body` does).
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import lxml.html
from bs4 import BeautifulSoup, NavigableString, Tag
from lxml import etree

from crawler.extract.boilerplate import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of an article."""

    kind: str
    """The tag that it is: `p`, `h2` to `h6`, `ul`, `ol`, `blockquote`, `table`, `pre`."""
    text: str
    html: str
    linked: int = 0
    """Characters of the text that are links."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of inline content: its text, its HTML and how much of the text is links."""

    text: str
    html: str
    linked: int


HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BLOCK_TAGS = HEADINGS | words(
    """address article aside blockquote body center dd details div dl dt fieldset figure footer
    form header hgroup hr html legend li main nav ol p pre section summary table tbody
    td tfoot th thead tr ul caption"""
)
EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em"}

# Inline wrappers without meaning here: taken off before BeautifulSoup builds its tree, which
# costs by the node.
WRAPPERS = ("span", "font", "small", "big", "u", "abbr", "time", "mark", "ins", "label", "picture")

SPACE = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# White space between two Chinese or Japanese characters is the source's line breaking.
CJK = r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]"
CJK_BREAK = re.compile(rf"(?<={CJK})[ \t]*\n\s*(?={CJK})")


def fold(text: str) -> str:
    """Fold white space as a browser does, drop invisible characters and CJK line breaks."""
    if "\n" in text:
        text = CJK_BREAK.sub("", text)
    return SPACE.sub(" ", INVISIBLE.sub("", text))


def read_blocks(parts: Iterable[lxml.html.HtmlElement]) -> list[Block]:
    """Read elements into blocks, in order."""
    source = "".join(serialise(part) for part in parts)
    soup = BeautifulSoup(source, "lxml")
    return list(walk(soup.body)) if soup.body else []


def serialise(part: lxml.html.HtmlElement) -> str:
    """Give the HTML of a located part, meaningless wrappers taken off."""
    etree.strip_elements(part, "rt", "rp", with_tail=False)
    etree.strip_tags(part, *WRAPPERS)
    return f"<div>{lxml.html.tostring(part, encoding='unicode', with_tail=False)}</div>"


def walk(node: Tag) -> Iterator[Block]:
    """Give the blocks below `node` in order; text between blocks becomes paragraphs."""
    run: list[Tag | NavigableString] = []
    for child in node.children:
        if isinstance(child, Tag) and holds_block(child):
            yield from paragraphs(run)
            run = []
            yield from READERS.get(child.name, walk)(child)
        elif isinstance(child, (Tag, NavigableString)):
            run.append(child)
    yield from paragraphs(run)


def holds_block(node: Tag) -> bool:
    """Tell whether an element is a block or an inline element around one."""
    return node.name in BLOCK_TAGS or any(
        isinstance(inner, Tag) and inner.name in BLOCK_TAGS for inner in node.descendants
    )


def paragraphs(run: list[Tag | NavigableString], kind: str = "p") -> Iterator[Block]:
    """Give inline content as paragraphs, split where two line breaks stand together."""
    group: list[Tag | NavigableString] = []
    breaks = 0
    for node in run:
        is_break = isinstance(node, Tag) and node.name == "br"
        if is_break:
            breaks += 1
        elif isinstance(node, Tag) or node.strip():
            if breaks > 1:
                yield from paragraph(group, kind)
                group = []
            breaks = 0
        group.append(node)
    yield from paragraph(group, kind)


def paragraph(nodes: Iterable[Tag | NavigableString], kind: str) -> Iterator[Block]:
    """Give one block of inline nodes, or none if there is no text."""
    inline = read_inline(nodes)
    if inline.text:
        yield Block(
            kind=kind,
            text=inline.text,
            html=f"<{kind}>{inline.html}</{kind}>",
            linked=inline.linked,
        )


def read_inline(nodes: Iterable[Tag | NavigableString]) -> Inline:
    """Read inline nodes into text and HTML, white space folded at the seams."""
    pieces = [inline_piece(node) for node in nodes]
    text = fold_lines("".join(piece.text for piece in pieces))
    return Inline(
        text=text,
        html=fold_lines("".join(piece.html for piece in pieces)).replace("\n", "<br>"),
        linked=sum(piece.linked for piece in pieces),
    )


BREAK = "\x00"


def fold_lines(text: str) -> str:
    """Fold white space, but keep the line breaks that the page set (marked by `BREAK`)."""
    lines = (fold(line).strip() for line in text.split(BREAK))
    return "\n".join(line for line in lines if line)


def inline_piece(node: Tag | NavigableString) -> Inline:
    """Read one inline node."""
    if isinstance(node, NavigableString):
        text = str(node) if type(node) is NavigableString else ""
        return Inline(text, html.escape(text, quote=False), 0)
    if node.name == "br":
        return Inline(BREAK, BREAK, 0)
    pieces = [
        inline_piece(child) for child in node.children if isinstance(child, (Tag, NavigableString))
    ]
    text = "".join(piece.text for piece in pieces)
    inner = "".join(piece.html for piece in pieces)
    if node.name == "a":
        away = not str(node.get("href") or "#").startswith("#")
        return Inline(text, anchor(node, inner), len(text.strip()) if away else 0)
    linked = sum(piece.linked for piece in pieces)
    if tag := EMPHASIS.get(node.name):
        return Inline(text, f"<{tag}>{inner}</{tag}>" if text.strip() else inner, linked)
    return Inline(text, inner, linked)


def anchor(node: Tag, inner: str) -> str:
    """Give a link to the web as HTML; any other link is its text."""
    href = str(node.get("href") or "").strip()
    if not href.lower().startswith(("http://", "https://")) or not inner.strip():
        return inner
    return f'<a href="{html.escape(href)}">{inner}</a>'


def heading(node: Tag) -> Iterator[Block]:
    """Read a heading; the article's own title is `h1`, its sections start at `h2`."""
    kind = node.name
    yield from paragraph(inline_children(node), kind)


def inline_children(node: Tag) -> list[Tag | NavigableString]:
    """Give the children of a node that are elements or text."""
    return [child for child in node.children if isinstance(child, (Tag, NavigableString))]


def preformatted(node: Tag) -> Iterator[Block]:
    """Read preformatted text, its line breaks kept."""
    text = node.get_text().strip("\n")
    if text.strip():
        yield Block(kind="pre", text=text, html=f"<p>{html.escape(text, quote=False)}</p>")


def quotation(node: Tag) -> Iterator[Block]:
    """Read a quotation as one block of its paragraphs."""
    yield from joined(list(walk(node)), "blockquote")


def bullets(node: Tag) -> Iterator[Block]:
    """Read a list: an item a line; items that hold long matter are read as blocks of their own."""
    items = [list(walk(item)) for item in node.find_all("li", recursive=False)]
    if not items:
        yield from walk(node)
        return
    if any(len(item) > 3 for item in items):
        for item in items:
            yield from item
        return
    inner = "".join(
        f"<li>{' '.join(b.html.removeprefix('<p>').removesuffix('</p>') for b in item)}</li>"
        for item in items
        if item
    )
    yield from whole(node.name, [b for item in items for b in item], inner)


def joined(blocks: list[Block], kind: str) -> Iterator[Block]:
    """Give blocks as one."""
    yield from whole(kind, blocks, "".join(block.html for block in blocks))


def whole(kind: str, blocks: list[Block], inner: str) -> Iterator[Block]:
    """Give one block of the text of several, or none."""
    if blocks:
        yield Block(
            kind=kind,
            text="\n".join(block.text for block in blocks),
            html=f"<{kind}>{inner}</{kind}>",
            linked=sum(block.linked for block in blocks),
        )


# A cell longer than this holds a layout, not a datum.
LONGEST_CELL = 600


def table(node: Tag) -> Iterator[Block]:
    """Read a table: a row a line, cells parted by bars; a layout table is read as its contents."""
    rows = [
        [
            (cell.name, " ".join(block.text.replace("\n", " ") for block in walk(cell)))
            for cell in row.find_all(["td", "th"], recursive=False)
        ]
        for row in node.find_all("tr")
    ]
    rows = [row for row in rows if any(text for _, text in row)]
    if (
        len(rows) < 2
        or max(len(r) for r in rows) < 2
        or any(len(text) > LONGEST_CELL for row in rows for _, text in row)
    ):
        yield from walk(node)
        return
    inner = "".join(
        "<tr>"
        + "".join(f"<{tag}>{html.escape(text, quote=False)}</{tag}>" for tag, text in row)
        + "</tr>"
        for row in rows
    )
    yield Block(
        kind="table",
        text="\n".join(" | ".join(text for _, text in row) for row in rows),
        html=f"<table>{inner}</table>",
        linked=sum(len(a.get_text()) for a in node.find_all("a")),
    )


READERS = dict.fromkeys(HEADINGS, heading) | {
    "blockquote": quotation,
    "ol": bullets,
    "pre": preformatted,
    "table": table,
    "ul": bullets,
}
