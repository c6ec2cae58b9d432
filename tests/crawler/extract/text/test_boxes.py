"""Boxes among an article's paragraphs."""

from tests.crawler.extract.readings import FIRST, SECOND, THIRD, page, read, text_of

PARAGRAPHS = [f"{number}. {text}" for number in range(4) for text in (FIRST, SECOND, THIRD)]
OPEN = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:6])
REST = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[6:])
BOX = "<h3>Our app</h3><p>Read the paper on your way, and hear it while you drive.</p>"


def body_with(box: str, after: str = "") -> list[str]:
    return text_of(read(page(f"<main><div>{OPEN}{box}{REST}</div>{after}</main>"))).split("\n\n")


def test_a_container_with_its_own_heading_is_dropped() -> None:
    assert body_with(f"<div class='k1'>{BOX}</div>") == PARAGRAPHS


def test_a_box_beside_the_paragraphs_is_dropped() -> None:
    assert body_with("", f"<div class='k1'>{BOX}</div>") == PARAGRAPHS


def test_a_heading_alone_in_a_container_stays() -> None:
    assert "What comes next" in body_with("<div><h2>What comes next</h2></div>")


def test_a_container_of_data_stays() -> None:
    recipe = "<div><h2>What you need</h2><ul><li>Two cups of flour</li><li>Salt</li></ul></div>"
    assert "Two cups of flour\nSalt" in body_with(recipe)


def test_containers_that_are_the_texts_sections_stay() -> None:
    sections = "".join(
        f"<section><h2>Part {n}</h2><p>{n}. {FIRST}</p><p>{n}. {SECOND}</p></section>"
        for n in range(9)
    )
    text = text_of(read(page(f"<article>{sections}</article>")))
    assert [f"Part {n}" in text for n in range(9)] == [True] * 9
