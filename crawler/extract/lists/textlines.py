"""The lines of a text, freed of what stands around a list's entries.

Quotation marks of mail, bullets and numbers, emphasis, the bars of a table, addresses, and
Markdown's links are taken off; what is left of a line is its body. Does not read dates and does
not join lines: `textdates` and `textlists` do.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from crawler.extract.text.boilerplate import words

BULLET = re.compile(
    r"\s*(?:([-*+•·∙●○■□▪▸►▶»›–—✓☆★・◆◇]+)\s*|(\d{1,4})[.)、]\s+|[\[(](\d{1,4})[\])]\s+)?"
)
QUOTE = re.compile(r"(?:>\s?)+")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
LIGHT_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+)(?<=\S)\*(?![\w*])")
HEADING = re.compile(r"#{1,6}\s")

# `[Title](https://…)`, `[Title][1]`, and `[1]: https://…` elsewhere in the text.
LINK = re.compile(
    r"\[([^\[\]]+)\]\(\s*<?([^\s()<>]+(?:\([^\s()<>]*\))?[^\s()<>]*)>?(?:\s+\"[^\"]*\")?\s*\)"
)
REFERENCE = re.compile(r"\[([^\[\]]+)\]\s?\[([^\[\]]*)\]")
DEFINITION = re.compile(
    r"^[ \t>]{0,8}\[([^\[\]]{1,80})\]:\s+<?(https?://[^\s<>]+)>?.*$", re.MULTILINE
)
ADDRESS = re.compile(r"[<(\[]?\bhttps?://[^\s<>\"|]+[>\])]?")
CLOSERS = ".,;:!?)]>'\""

# What joins an address, or a link, to the text around it.
JOINTS = " \t-–—|:,;·•>→"

# The first cell of a table whose rows are numbered.
ROW_NUMBER = re.compile(r"^\d{1,4} \| (?=.*\|)")

# A heading of a table's columns.
COLUMN_NAMES = words(
    """article date datum fecha headline link no outlet published publisher quelle source story
    tag titel title titre título url when # nr"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the page: its text, and the first address that it links to."""

    text: str
    """White space folded."""
    href: str | None = None
    gap: bool = False
    """A blank line, or a ruled one, stands before it."""
    indent: int = 0
    length: int = 0
    """Characters as printed; 0 where lines are not the writer's, as on a page of HTML."""
    underlined: bool = False
    """A ruled line stands below it: a heading, perhaps of a table."""
    columns: str | None = None
    """The text with its tabs as bars, where it has any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line parted: what stands around its body, and the body."""

    row: Row
    bullet: str
    """All numbers are one bullet, "1"."""
    body: str
    numbered: str
    """The body with the number before it, which may be a day's: `8. November 2024: …`."""
    url: str | None = None
    linked: str | None = None
    """The text that the line's link holds, where the line says so."""

    @property
    def is_address(self) -> bool:
        """Whether the line is an address and nothing else."""
        return self.url is not None and self.linked is None and not self.body

    @property
    def is_heading(self) -> bool:
        """Whether the line is the heading of a part, or of a table's columns."""
        names = self.body.lower().replace("|", " ").split()
        return (
            self.row.underlined
            or self.body.endswith((":", "："))
            or bool(HEADING.match(self.row.text))
            or (len(names) > 1 and COLUMN_NAMES.issuperset(names))
        )


def rows_of_text(text: str) -> Iterator[Row]:
    """Give the lines of a plain text that hold words, and where blank lines stand between them."""
    gap = False
    held: Row | None = None
    for printed in text.splitlines():
        folded = " ".join(printed.split())
        if not any(map(str.isalnum, folded)):
            if held:
                yield replace(held, underlined=len(folded) >= 3)
            held, gap = None, True
            continue
        if held:
            yield held
        held = row_of(printed, folded, gap=gap)
        gap = False
    if held:
        yield held


def row_of(printed: str, folded: str, *, gap: bool) -> Row:
    """Make a row of a printed line."""
    inner = printed.strip()
    columns = " | ".join(" ".join(cell.split()) for cell in inner.split("\t") if cell.strip())
    return Row(
        text=folded,
        gap=gap,
        indent=len(printed) - len(printed.lstrip()),
        length=len(printed.rstrip()),
        columns=columns if "\t" in inner else None,
    )


def definitions_of(text: str) -> dict[str, str]:
    """Give the addresses that a text defines for its links: name in lower case ▸ address."""
    if "]:" not in text:
        return {}
    return {match[1].lower(): match[2] for match in DEFINITION.finditer(text)}


def line_of(row: Row, definitions: Mapping[str, str] = {}) -> Line:
    """Part a row into bullet, link and body."""
    text = row.columns or row.text
    if text.startswith(">"):
        text = QUOTE.sub("", text, count=1)
    if "**" in text or "__" in text:
        text = EMPHASIS.sub(r"\2", text)
    if text.count("*") > 1:
        text = LIGHT_EMPHASIS.sub(r"\1", text)
    if text.startswith("|"):
        text = ROW_NUMBER.sub("", text.strip("| "))
    if text.startswith("#"):
        text = HEADING.sub("", text)
    bullet, body = without_bullet(text)
    numbered = text if bullet == "1" else body
    line = Line(row=row, bullet=bullet, body=body, numbered=numbered, url=row.href)
    if "](" in body or "][" in body or "] [" in body:
        return with_link(line, definitions)
    return with_address(line) if "://" in body else line


def without_bullet(line: str) -> tuple[str, str]:
    """Part the bullet of a line from the rest; all numbers are one bullet, "1"."""
    match = BULLET.match(line)
    if not match or not match[0].strip():
        return "", line.strip()
    return ("1" if match[2] or match[3] else match[1]), line[match.end() :].strip()


def with_link(line: Line, definitions: Mapping[str, str]) -> Line:
    """Take a line's Markdown for what it says: the first link's address, and all links' texts."""
    link = LINK.search(line.body)
    url: str | None = link[2] if link else None
    if link is None:
        link = REFERENCE.search(line.body)
        url = definitions.get((link[2] or link[1]).lower()) if link else None
    if link is None or url is None:
        return with_address(line) if "://" in line.body else line
    body = REFERENCE.sub(r"\1", LINK.sub(r"\1", line.body))
    linked = link[1].strip() or None
    if linked and len(linked) * 2 < len(body) - len("September 25th, 2024"):
        # The link of a short part of the line is its publisher's, or another's.
        return replace(line, body=body, numbered=body)
    return replace(line, body=body, numbered=body, url=url, linked=linked)


def with_address(line: Line) -> Line:
    """Take the address that a line prints off its body."""
    match = ADDRESS.search(line.body)
    if match is None:
        return line
    before, after = line.body[: match.start()].rstrip(JOINTS), line.body[match.end() :]
    after = after.strip(JOINTS)
    body = " - ".join(filter(None, (before, after)))
    url = match[0].lstrip("<([").rstrip(CLOSERS)
    return replace(line, body=body, numbered=body, url=line.url or url)
