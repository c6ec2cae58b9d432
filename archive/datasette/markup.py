"""An article's stored structure ▸ HTML that cannot do anything. Pure.

What is stored was sanitised when it was read; it is taken apart and written anew all the same, so
that nothing shown depends on that: known elements without attributes, links to the web alone, every
other character as text, everything closed that was opened.
"""

from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from archive.export import web_address
from archive.terminal import harmless_lines

# The page has its own headings above: an article's begin below them.
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6", "h6": "h6"}
BLOCKS = frozenset({"p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure"})
TABLES = frozenset({"table", "caption", "thead", "tbody", "tr", "th", "td", "figcaption"})
INLINE = frozenset({"em", "strong", "b", "i", "u", "s", "q", "cite", "code", "sub", "sup", "a"})
KEPT = BLOCKS | TABLES | INLINE
EMPTY = frozenset({"br", "hr"})
# Of these not even the text is shown.
SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math"})
# Deeper than any article, and than a browser draws without trouble.
DEEPEST = 40


class _Writer(HTMLParser):
    """Writes what it reads anew, as far as it is known."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element that is known, without its attributes."""
        if tag in SILENT:
            self.silent += 1
        name = HEADINGS.get(tag, tag)
        if self.silent or (tag not in HEADINGS and tag not in KEPT | EMPTY):
            return
        if name in EMPTY:
            self.written.append(f"<{name}>")
        elif len(self.open) < DEEPEST:
            self.open.append(name)
            self.written.append(_link(dict(attrs)) if name == "a" else f"<{name}>")

    def handle_endtag(self, tag: str) -> None:
        """Close an element that is open, with all that is open within it."""
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        name = HEADINGS.get(tag, tag)
        if self.silent or name not in self.open:
            return
        while self.open:
            last = self.open.pop()
            self.written.append(f"</{last}>")
            if last == name:
                break

    def handle_data(self, data: str) -> None:
        """Write text as text."""
        if not self.silent:
            self.written.append(escape(_harmless(data)))

    def whole(self) -> str:
        """Give what was written, everything closed."""
        self.close()
        return "".join([*self.written, *(f"</{name}>" for name in reversed(self.open))])


def _link(attributes: dict[str, str | None]) -> str:
    """Give a link's beginning; one that leads nowhere on the web is none, and stays an element."""
    address = web_address(attributes.get("href"))
    if address is None:
        return "<a>"
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">'


def _harmless(text: str) -> str:
    """Give a piece of text without what turns or hides it; its outer blanks separate words."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{harmless_lines(text.strip())}{tail}"


def harmless_html(stored: str) -> Markup:
    """Give stored HTML written anew; what is shown of it can neither run nor load anything."""
    writer = _Writer()
    writer.feed(stored)
    return Markup(writer.whole())  # noqa: S704 - written above, all of it escaped


def paragraphs(text: str) -> list[str]:
    """Give the blocks of a plain text, harmless."""
    return [block for part in text.split("\n\n") if (block := harmless_lines(part).strip())]
