"""What a page's own programs call a date of publication: the state of a reader's application.

Finds the texts and the names they go by; reading them and choosing is `published.py`'s part.
"""

import re
from collections.abc import Iterator

import lxml.html

from crawler.extract.fields.folding import fold
from crawler.extract.fields.jsonld import clean
from crawler.extract.fields.statedata import State, state_objects

# A program's own data, in any spelling: `"publishedAt":"2024-…"`, `pubdate = '2024…'`. The quoted
# date is looked for, then its name before it: names are many times as frequent.
IN_SCRIPT = re.compile(r"""["']((?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[T ][^"'\\,}]{4,24})?)\\?["']""")
SCRIPT_KEY = re.compile(
    r"""\b((?:date|first|article)?[_-]?(?:publish(?:ed)?|publication|pub)[_-]?(?:date|time|at|on)?)"""
    r"""\\?["']?\s*[:=]\s*\\?$""",
    re.IGNORECASE,
)
KEY = re.compile(
    r"(?:date|first|article)?[_-]?(?:publish(?:ed)?|publication|pub)[_-]?(?:date|time|at|on)?",
    re.IGNORECASE,
)
KEY_CHARACTERS = 60
SCRIPT_CHARACTERS = 1_500_000
TITLE_KEYS = ("headline", "title", "name")


def script_dates(root: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Give `(text, name)` of each date that a script names as a publication's, in page order."""
    left = SCRIPT_CHARACTERS
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            continue
        text = (script.text or "")[:left]
        left -= len(text)
        for found in IN_SCRIPT.finditer(text):
            before = text[max(0, found.start() - KEY_CHARACTERS) : found.start()]
            if key := SCRIPT_KEY.search(before):
                yield found[1], key[1]


def titled_dates(root: lxml.html.HtmlElement, title: str | None) -> Iterator[tuple[str, str]]:
    """Give `(text, name)` of the dates in those objects of scripts' data that bear this title."""
    wanted = fold(title or "")
    if not wanted:
        return
    for state in state_objects(root):
        if any(is_titled(state.get(key), wanted) for key in TITLE_KEYS):
            yield from dates_of(state)


def is_titled(value: object, wanted: str) -> bool:
    """Tell whether a value of an object is this folded title."""
    return isinstance(value, str) and len(value) < 3 * len(wanted) and fold(clean(value)) == wanted


def dates_of(state: State) -> Iterator[tuple[str, str]]:
    """Give the dates of an object that are named as a publication's."""
    for key, value in state.items():
        if isinstance(value, str | int) and not isinstance(value, bool) and KEY.fullmatch(key):
            yield str(value), key
