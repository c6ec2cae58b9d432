"""String literals of a page's scripts: text that is carried in code and not as plain JSON.

`JSON.parse("…")`, Nuxt's function that is called with its strings, the pieces that Next.js pushes.
Finds the strings; which of them are an article's is decided by `rescue`. Runs no code.
"""

import json
import re
from collections.abc import Iterator

# A string in double or single quotes. Possessive, so that an open quote costs one pass and no more.
LITERAL = re.compile(r'"((?:[^"\\\n]++|\\.)*+)"|\'((?:[^\'\\\n]++|\\.)*+)\'', re.DOTALL)
# Strings inside strings: data that was serialised twice, or three times.
DEEPEST = 3
# Of each text, a sentence with blanks at least; code has other characters in it.
SHORTEST = 60
MOST_BLANKLESS = 40
CODE = re.compile(
    r"[{};]\s*(?:\}|return\b|var\b|function\b|if\s*\()|=>|^\s*[.#@][\w-]+\s*\{|\bpx\b"
)
# So many literals are read of one script; more are an application's.
MOST_LITERALS = 20_000


def texts_of(script: str) -> list[str]:
    """Give the strings of a script that read as running text, in order, each once."""
    return list(dict.fromkeys(text for text in literals(script, 0) if is_text(text)))


def literals(source: str, depth: int) -> Iterator[str]:
    """Give the string literals of a source, and those that stand inside a string in their turn."""
    if depth > DEEPEST:
        return
    for _, found in zip(range(MOST_LITERALS), LITERAL.finditer(source), strict=False):
        double, single = found.groups()
        inner = double if double is not None else single
        if len(inner) < SHORTEST:
            continue
        text = unescape(inner)
        if text is None:
            continue
        if '":' in text and '"' in text[:80]:
            yield from literals(text, depth + 1)
        else:
            yield text


def unescape(inner: str) -> str | None:
    """Give what a literal means; None where its escapes are none of JSON's or JavaScript's."""
    if "\\" not in inner:
        return inner
    try:
        text = json.loads(f'"{QUOTED.sub(requoted, inner)}"', strict=False)
    except ValueError:
        return None
    return str(text)


# `\'` and `\x27` are JavaScript's alone; a bare double quote stands in single ones.
QUOTED = re.compile(r'\\x([0-9a-fA-F]{2})|\\(u[0-9a-fA-F]{4}|["\\/bfnrt])|\\(.)|"', re.DOTALL)


def requoted(found: re.Match[str]) -> str:
    """Give an escape of JavaScript's as JSON knows it."""
    byte, known, other = found.groups()
    if byte:
        return f"\\u00{byte}"
    if known:
        return f"\\{known}"
    return other if other and other not in '"\\' else '\\"'


def is_text(text: str) -> bool:
    """Tell a sentence from code, an address or a style."""
    if len(text) < SHORTEST or CODE.search(text) or "://" in text[:12]:
        return False
    return max(map(len, text.split()), default=0) <= MOST_BLANKLESS or not text.isascii()
