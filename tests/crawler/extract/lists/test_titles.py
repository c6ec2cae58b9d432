import lxml.html
import pytest

from crawler.extract.lists.columns import Spot, find_columns
from crawler.extract.lists.outline import Outline
from crawler.extract.lists.titles import pattern_of, title_of

TITLES = (
    "The ram stays on the hill",
    "Wool prices rise again, and nobody knows why",
    "A ewe in the harbour",
    "Meadow board meets twice",
)
SECTIONS = ("Hill", "Town", "Hill", "Town")
EXCERPT = "What the shepherds said of it at length, and what the board said to them after that."


def spots(row: str) -> list[Spot]:
    rows = "".join(
        f'<div><a href="/{n}">{row.format(t=title, s=section, x=EXCERPT)}</a></div>'
        for n, (title, section) in enumerate(zip(TITLES, SECTIONS, strict=True))
    )
    return read(rows)


def read(body: str) -> list[Spot]:
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    return find_columns(Outline(root))[0].spots


def titles(row: str) -> tuple[str, ...]:
    of_list = spots(row)
    return tuple(title_of(spot, [], pattern_of(of_list)) for spot in of_list)


@pytest.mark.parametrize(
    "row",
    [
        "{t}",
        "<span>{s}</span><span>{t}</span>",
        "<span>{s}</span> {t}",
        "{t} <span>(opens elsewhere)</span>",
        "<div>{s}</div><div>{t}</div><div>{x}</div><div>Ann Author</div>",
        "<div><i>{s}</i></div><div><div>{t}</div><p>{x}</p></div>",
        "<h3>{t}</h3><p>{x}</p>",
        "<span class=name>{t}</span><span>{x}</span>",
    ],
)
def test_a_title_is_told_from_what_stands_with_it_in_the_link(row: str) -> None:
    assert titles(row) == TITLES


def test_words_set_apart_in_some_titles_are_theirs() -> None:
    odd = "<span>Town</span> The <i>Ovis</i> of <span class=k>Kent</span> is back"
    usual = (f"<span>{s}</span> {t}" for s, t in zip(SECTIONS, TITLES, strict=True))
    links = (f'<div><a href="/{n}">{inner}</a></div>' for n, inner in enumerate([*usual, odd]))
    of_list = read("".join(links))
    assert title_of(of_list[-1], [], pattern_of(of_list)) == "The Ovis of Kent is back"


def test_too_few_links_show_no_pattern() -> None:
    assert pattern_of(spots("<b>{s}</b> {t}")[:2]).title is None


def test_a_cut_title_stays_as_printed() -> None:
    of_list = spots("{s} and the board of ...")
    assert title_of(of_list[0], [], pattern_of(of_list)) == "Hill and the board of ..."
