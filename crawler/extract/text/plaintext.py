"""Text without markup read into blocks: saved articles, press releases, mail.

Does not tell the article from what surrounds it; `attribution` and `body` do.
"""

import html
import re
from collections.abc import Iterator

from crawler.extract.text.blocks import Block, fold

# Lines no longer than this, in paragraphs parted by blank lines, were wrapped by a machine.
WRAPPED_LINE = 100
BLANK = re.compile(r"\n[ \t\r]*\n\s*")


def read_plain(text: str) -> list[Block]:
    """Read plain text into paragraphs: a line each, or a wrapped run of lines."""
    return [
        Block(kind="p", text=line, html=f"<p>{html.escape(line, quote=False)}</p>")
        for line in paragraphs(text.replace("\r\n", "\n").replace("\r", "\n"))
    ]


def paragraphs(text: str) -> Iterator[str]:
    """Give the paragraphs of a text, white space folded."""
    groups = BLANK.split(text.strip())
    lines = text.split("\n")
    wrapped = len(groups) > 1 and max(map(len, lines)) <= WRAPPED_LINE
    for group in groups:
        for line in [group] if wrapped else group.split("\n"):
            if folded := fold(line.replace("\n", " ")).strip():
                yield folded
