"""The small subset of HTML that articles are kept in, as Markdown (CommonMark, GFM's tables). Pure.

It reads what our own readers made: paragraphs, headings, lists, quotations, preformatted text,
tables, emphasis, links. Anything else is passed through as the text that it holds.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What Markdown would read; a full stop or a bracket only behind a number that begins a line.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])", re.MULTILINE)
_BLANKS = re.compile(r"\s+")
HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
BLOCKS = frozenset({"p", "div", "section", "dd", "dt", "figcaption", *HEADINGS})


def escaped(text: str) -> str:
    """Give a text that Markdown shows as it is."""
    marked = _SPECIAL.sub(r"\\\1", text)
    return _LINE_START.sub(lambda found: f"{found[1]}{_guarded(found[2])}", marked)


def _guarded(sign: str) -> str:
    """Give the beginning of a line that would make it a list or a heading, as text."""
    return f"\\{sign}" if len(sign) == 1 else f"{sign[:-1]}\\{sign[-1]}"


def from_html(html: str) -> str:
    """Give an article's HTML as Markdown."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return "\n\n".join(reader.blocks)


@dataclass(slots=True)
class _List:
    """A list that is open."""

    ordered: bool
    items: int = 0


@dataclass(slots=True)
class _Row:
    """A table's row that is open."""

    cells: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers blocks; each is begun by the text within it and ended by its element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.text: list[str] = []
        self.lists: list[_List] = []
        self.quotes = 0
        self.heading = ""
        self.links: list[str] = []
        self.preformatted = False
        self.rows: list[_Row] = []
        self.marker = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in BLOCKS:
            self.end_block()
            self.heading = HEADINGS.get(tag, "")
        elif tag in {"ul", "ol"}:
            self.end_block()
            self.lists.append(_List(ordered=tag == "ol"))
        elif tag == "li":
            self._begin_item()
        elif tag == "blockquote":
            self.end_block()
            self.quotes += 1
        elif tag == "pre":
            self.end_block()
            self.preformatted = True
        elif tag in {"table", "tr", "td", "th"}:
            self._begin_in_table(tag)
        else:
            self._begin_inline(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in BLOCKS or tag == "li":
            self.end_block()
        elif tag in {"ul", "ol"}:
            self.end_block()
            del self.lists[-1:]
        elif tag == "blockquote":
            self.end_block()
            self.quotes = max(0, self.quotes - 1)
        elif tag == "pre":
            self._end_preformatted()
        elif tag in {"table", "td", "th"}:
            self._end_in_table(tag)
        elif tag in EMPHASIS:
            self.text.append(EMPHASIS[tag])
        elif tag == "a" and self.links:
            self.text.append(f"](<{self.links.pop()}>)")

    def handle_data(self, data: str) -> None:
        """Take text in."""
        self.text.append(data if self.preformatted else escaped(_BLANKS.sub(" ", data)))

    def end_block(self) -> None:
        """End the block that is open, if there is any text in it."""
        text = "".join(self.text).strip()
        self.text = []
        if text and self.rows:
            self.text = [text, " "]
        elif text:
            self._add(f"{self.heading} {text}" if self.heading else text)
        if not self.rows:
            self.heading = ""

    def _add(self, block: str) -> None:
        """Add a block at its depth of lists and quotations."""
        indent = "  " * max(0, len(self.lists) - 1)
        if self.lists:
            marker, self.marker = self.marker, " " * max(2, len(self.marker))
            block = "\n".join(
                f"{indent}{marker if at == 0 else self.marker}{line}"
                for at, line in enumerate(block.split("\n"))
            )
        quoted = "> " * self.quotes
        self.blocks.append("\n".join(f"{quoted}{line}".rstrip() for line in block.split("\n")))

    def _begin_item(self) -> None:
        self.end_block()
        if not self.lists:
            self.lists.append(_List(ordered=False))
        inner = self.lists[-1]
        inner.items += 1
        self.marker = f"{inner.items}. " if inner.ordered else "- "

    def _begin_inline(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "br":
            self.text.append("\\\n")
        elif tag in EMPHASIS:
            self.text.append(EMPHASIS[tag])
        elif tag == "a":
            self.text.append("[")
            self.links.append(re.sub(r"[<>\s]", "", given.get("href") or ""))

    def _end_preformatted(self) -> None:
        self.preformatted = False
        text = "".join(self.text).strip("\n")
        self.text = []
        longest = max((len(found) for found in re.findall(r"`+", text)), default=2)
        fence = "`" * max(3, longest + 1)
        if text.strip():
            self._add(f"{fence}\n{text}\n{fence}")

    def _begin_in_table(self, tag: str) -> None:
        if tag == "tr" or (tag != "table" and not self.rows):
            self.text = []
            self.rows.append(_Row())
        elif tag == "table":
            self.end_block()
        else:
            self.text = []

    def _end_in_table(self, tag: str) -> None:
        if tag == "table":
            self._end_table()
        elif self.rows:
            self.rows[-1].cells.append(" ".join("".join(self.text).split()))
            self.text = []

    def _end_table(self) -> None:
        rows = [row.cells for row in self.rows if row.cells]
        self.rows, self.text = [], []
        if not rows:
            return
        width = max(map(len, rows))
        filled = [[*cells, *[""] * (width - len(cells))] for cells in rows]
        head, *rest = [f"| {' | '.join(cells)} |" for cells in filled]
        self._add("\n".join((head, f"|{' --- |' * width}", *rest)))
