"""What people see where a search found nothing or little. Loaded only then; hits are `answers`'."""

from collections.abc import Iterator

from archive.advising import Advice
from archive.answers import Shown, conditions, listed
from archive.guessing import MOST_COUNTED, Spelling
from archive.layout import columns
from archive.terminal import counted, harmless, wrap_text


def little_found(asked: Advice) -> Iterator[str]:
    """Give near spellings beside a few hits; nothing where there are none."""
    if asked.near:
        yield ""
        yield from _near(asked)


def nothing_found(asked: Advice, shown: Shown) -> Iterator[str]:
    """Say what was searched when nothing was found, and what to try."""
    words = f" for {harmless(shown.query.shown)}" if shown.query.shown else ""
    told = conditions(shown)
    narrowed = f", {', '.join(told)}," if told else ""
    held = f"{counted(asked.articles, 'article')} and {counted(asked.headlines, 'headline')}"
    yield from wrap_text(f"Nothing found{words}{narrowed} in {held}.", columns())
    if asked.articles + asked.headlines == 0:
        yield "The archive is empty: `backfile add URL` and `backfile crawl` fill it."
        return
    yield from (line for text in _reasons(asked, shown) for line in wrap_text(text, columns()))
    yield from _near(asked)


def _reasons(asked: Advice, shown: Shown) -> Iterator[str]:
    if asked.missing:
        yield f"Nothing has {listed([harmless(each) for each in asked.missing])}."
    elif len(shown.query.terms) > 1 and not asked.without_filters:
        yield (
            "Each of these words is there, but not together: try fewer, the beginning of one "
            "(`cell*`), or `a OR b`."
        )
    if asked.unmet:
        yield f"Nothing is {listed(asked.unmet)}."
    if asked.without_filters:
        yield f"Without these conditions {asked.without_filters:,} would be found."


def _near(asked: Advice) -> Iterator[str]:
    for word, found in asked.near:
        offered = ", ".join(map(_offered, found))
        yield from wrap_text(f"Near spellings of {word}: {offered}.", columns())


def _offered(found: Spelling) -> str:
    more = "more than " if found.documents > MOST_COUNTED else ""
    return f"{harmless(found.word)} ({more}{min(found.documents, MOST_COUNTED):,})"
