"""A title for pages that declare none: an element marked as a headline, a program's own data.

Asked only where no `<h1>`, `<meta>`, `<title>` or JSON-LD names the article. Does not choose
between titles; that is `titles.py`'s part.
"""

import re
from itertools import islice

import lxml.html

from crawler.extract.fields.folding import fold, is_unspaced
from crawler.extract.fields.headings import visible_text
from crawler.extract.fields.jsonld import clean
from crawler.extract.fields.statedata import State, state_objects

# A headline that nothing else on the page confirms has so many words, or characters.
LEAST_HEADLINE_WORDS = 4
LEAST_UNSPACED_HEADLINE = 8
LONGEST_HEADLINE = 250

# What makers call the element that shows the headline of an article.
MARKED = re.compile(
    r"(?:^|[\s_-])(?:(?:entry|post|article|story|page|content|topic|news)[_-]*"
    r"(?:title|headline|heading)|headline)(?:$|[\s_-])",
    re.IGNORECASE,
)
# The parts of a page whose headings are not the article's.
OUTSIDE = frozenset({"aside", "dialog", "footer", "form", "nav"})
TAGS = ("h2", "h3", "h4", "div", "p", "span")
ELEMENTS = 2_000

# A program's data: the keys of a headline, best first, and those of what an article has beside it.
TITLE_KEYS = ("headline", "title", "articleTitle", "name")
TEXT_KEYS = frozenset({
    "articlebody", "article_body", "blocks", "body", "bodyhtml", "content", "contents", "elements",
    "html", "paragraphs", "text",
})  # fmt: skip
# An article's text in its data, as characters of JSON: more than a teaser's.
LEAST_TEXT = 600
# Values of an object that are looked at for its text.
VALUES = 20_000


def is_headline_long(text: str) -> bool:
    """Tell whether a heading is longer than a section's name."""
    folded = fold(text)
    if is_unspaced(folded):
        return len(folded) >= LEAST_UNSPACED_HEADLINE
    return len(folded.split()) >= LEAST_HEADLINE_WORDS


def marked_title(root: lxml.html.HtmlElement) -> str | None:
    """Give the text of the first element that is named a headline's, else of the first `<h2>`.

    It must be long enough for a headline, and no part of a menu or a form.
    """
    for element in islice(root.iter(*TAGS), ELEMENTS):
        if MARKED.search(f"{element.get('class') or ''} {element.get('id') or ''}") and (
            text := headline_in(element)
        ):
            return text
    return next(filter(None, map(headline_in, islice(root.iter("h2"), 1))), None)


def headline_in(element: lxml.html.HtmlElement) -> str | None:
    """Give an element's text if it can be a headline; None for a menu's or a form's, and others."""
    text = visible_text(element)
    if not is_headline_long(text) or len(text) > LONGEST_HEADLINE:
        return None
    return None if any(above.tag in OUTSIDE for above in element.iterancestors()) else text


def state_title(root: lxml.html.HtmlElement) -> str | None:
    """Give the title of the object that holds most text in the data of the page's programs.

    Such an object has a headline beside a text: `{"headline": …, "body": …}`.
    """
    best, most = None, LEAST_TEXT
    for state in state_objects(root):
        if (title := title_of(state)) and (size := text_size(state)) > most:
            best, most = title, size
    return best


def title_of(value: State) -> str | None:
    """Give what an object with a text is called."""
    if TEXT_KEYS.isdisjoint(key.lower() for key in value):
        return None
    texts = (clean(text) for key in TITLE_KEYS if isinstance(text := value.get(key), str))
    return next((text for text in texts if is_headline_long(text)), None)


def text_size(value: State) -> int:
    """Give how many characters of strings the text of an object has."""
    left = [inner for key, inner in value.items() if key.lower() in TEXT_KEYS]
    size = 0
    for _ in range(VALUES):
        if not left:
            break
        one = left.pop()
        if isinstance(one, str):
            size += len(one)
        elif isinstance(one, dict):
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
    return size
