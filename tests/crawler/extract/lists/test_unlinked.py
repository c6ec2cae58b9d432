import lxml.html

from crawler.extract.lists.columns import find_columns
from crawler.extract.lists.outline import Outline
from crawler.extract.lists.unlinked import unlinked_columns

TITLES = (
    "The ram stays on the hill",
    "Wool prices rise again",
    "A ewe in the harbour",
    "Meadow board meets twice",
)


def titles(row: str) -> list[str]:
    """Read the titles that are no links, of rows in which `{t}` is the title."""
    rows = "".join(row.format(t=title, n=n) for n, title in enumerate(TITLES))
    page = Outline(lxml.html.document_fromstring(f"<html><body>{rows}</body></html>"))
    found = list(unlinked_columns(page, find_columns(page)))
    return [spot.text for spot in found[0].spots] if found else []


def test_titles_beside_links_that_say_nothing() -> None:
    cells = "<td>{n} May</td><td>Hill Post</td><td>{t}</td><td><a href=/{n}.pdf>PDF</a></td>"
    assert titles(f"<table><tr>{cells}</tr></table>") == list(TITLES)
    assert titles("<p><b>{t}</b><br>Words. <a href=/{n}>Read more</a></p>") == list(TITLES)
    card = "<i>Town</i><div>{t}</div><a href=/{n}><img></a> <a href=/{n}>More</a>"
    assert titles(f"<div>{card}</div>") == list(TITLES)


def test_a_link_or_a_heading_is_the_title_where_there_is_one() -> None:
    assert titles("<p><a href=/{n}>{t}</a> words of it <a href=/{n}>Read more</a></p>") == []
    assert titles("<div><h3>{t}</h3><p>Words of it</p><a href=/{n}>Read more</a></div>") == []


def test_the_names_of_languages_and_forms_are_no_titles() -> None:
    cells = (
        "<td>{n} May</td><td>{t}</td><td><a href=/{n}-en.pdf>%s</a> | <a href=/{n}-fr.pdf>%s</a>"
    )
    for pair in (("English", "Français"), ("PDF (EN)", "PDF (FR)"), ("Deutsch (PDF)", "EN")):
        assert titles(f"<table><tr>{cells % pair}</td></tr></table>") == list(TITLES)
