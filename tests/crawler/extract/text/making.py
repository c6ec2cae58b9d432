"""What the made pages of every kind are made of; shapes as sites give them, words of our own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.records import VerdictKind as Kind

SITE = "https://paper.example"
GIVEN = '<meta property="og:type" content="article">'
WEBSITE = '<meta property="og:type" content="website">'

# Sentences of a plain news story, all different.
STORY = (
    "The ferry to the northern islands runs again since Monday morning.",
    "Its engine was taken out in October after a crack had been found in the housing.",
    "Two hundred islanders had to be flown to the mainland, which cost four million crowns.",
    "“We never want to see such an autumn again,” said the harbour master, Ida Strand.",
    "The shipping line promised to keep a second engine in store from now on.",
    "A report by the maritime authority is expected before the end of the year.",
    "Fishermen complain that the mussels they had landed spoiled on the quay.",
    "The county council will discuss on Thursday whether the contract is to be ended early.",
    "Until then the timetable of last summer holds, with one crossing less on Sundays.",
    "Tickets that were bought before the breakdown stay valid until the end of March.",
)
# The same of other stories, for the teasers beside it.
TEASERS = (
    "The lighthouse of the outer bay is to be painted for the first time in thirty years.",
    "A seal has moved into the swimming hall, and the children give it a name.",
    "The school's new roof leaks, as the old one did, and nobody will have built it.",
    "Eleven candidates want to be mayor of a town with nine hundred voters.",
    "What the winter storms took from the western beach, the summer has not brought back.",
    "The library lends out rowing boats, and has a waiting list until June.",
    "An apple tree of the monastery turns out to be of a kind that was thought to be lost.",
)
FLASH = f"<h1>Ferry runs again</h1><p>{STORY[0]} {STORY[1]}</p>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page, how it came, and what it is."""

    name: str
    kind: Kind
    html: str
    arguments: Mapping[str, object] = field(default_factory=dict)


def made(name: str, kind: Kind, html: str, **arguments: object) -> Made:
    return Made(name=name, kind=kind, html=html, arguments=arguments)


def page(body: str, *, title: str = "Ferry runs again - The Paper", head: str = "") -> str:
    head = f'<meta charset="utf-8"><title>{title}</title>{head}'
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def paragraphs(first: int = 0, last: int = len(STORY)) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in STORY[first:last])


def article(body: str = "", *, heading: str = "Ferry runs again") -> str:
    return f"<article><h1>{heading}</h1>{body or paragraphs()}</article>"


def json_ld(**data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def links(count: int, *, start: int = 0) -> str:
    return "".join(
        f'<li><a href="/2024/{n}/story">Harbour council looks back on its year number {n}</a></li>'
        for n in range(start, start + count)
    )


MENU = "<nav>" + "".join(f'<a href="/{n}">Section {n}</a>' for n in range(12)) + "</nav>"
BANNER = (
    "<p>We and our 612 partners store and access information on your device. Some of them ask for "
    "your consent, others rely on their legitimate interest.</p><button>Accept all</button>"
    "<button>Reject all</button><button>Manage options</button>"
)


def cards(count: int, *, excerpt: int = 2, tag: str = "article") -> str:
    return "".join(
        f'<{tag} class="post"><h2><a href="/2024/{n}/story">The islands, report number {n}</a></h2>'
        f'<time datetime="2024-10-{n + 1:02}">October {n + 1}, 2024</time>'
        f"<p>{' '.join(TEASERS[(n + m) % len(TEASERS)] for m in range(excerpt))}</p>"
        f'<a href="/2024/{n}/story">Read more</a></{tag}>'
        for n in range(count)
    )


def state(text: str) -> str:
    """Give a page drawn by a script that carries its data in `text`."""
    return page(f'<div id="__next"></div>{text}<script src="/app.js"></script>')
