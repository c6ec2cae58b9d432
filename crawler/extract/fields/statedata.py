"""The data of a page's programs: the objects in its scripts' JSON, whatever framework wrote them.

`__NEXT_DATA__`, `window.__STATE__ = …` and their like; what an object means is decided by the
modules that own a field. Runs no code and reads no JSON-LD.
"""

import json
import re
from collections.abc import Iterator

import lxml.html

State = dict[str, object]

STATE = re.compile(r"^\s*(?:(?:window|self|globalThis)[.\[\"']+[\w$]+[\"'\]]*\s*=\s*)?(?=[{\[])")
# Bounds of what is looked at: characters of all scripts, objects of one.
STATE_CHARACTERS = 2_000_000
OBJECTS = 20_000


def state_objects(root: lxml.html.HtmlElement) -> Iterator[State]:
    """Give the objects in the data of the page's scripts, outer before inner."""
    left = STATE_CHARACTERS
    for script in root.iter("script"):
        source = script.text or ""
        left -= len(source)
        if left >= 0 and "ld+json" not in (script.get("type") or "") and STATE.match(source):
            yield from objects_in(source)


def objects_in(source: str) -> Iterator[State]:
    """Give the objects of one script's data; none where it is no JSON."""
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(STATE.sub("", source))
    except (ValueError, RecursionError):
        return
    left = [data]
    for _ in range(OBJECTS):
        if not left:
            return
        value = left.pop()
        if isinstance(value, dict):
            yield value
            left.extend(reversed(value.values()))
        elif isinstance(value, list):
            left.extend(reversed(value))
