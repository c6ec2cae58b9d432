from datetime import UTC, datetime

import pytest

from archive.records import ListPage
from crawler.extract import extract_headlines

ROW = "<li><a href=/p/{n}>The harbour board meets for time {n}</a> <i>{n} Nov 2024</i></li>"
TITLES = [f"The harbour board meets for time {n}" for n in (8, 6, 4)]


def read(*rows: str) -> ListPage:
    return extract_headlines(
        f"<!doctype html><html><body><ul>{''.join(rows)}</ul></body></html>".encode(),
        url="https://www.tide.example/news/",
        captured_at=datetime(2024, 11, 20, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize("label", ["Sponsored", "[Ad]", "Anzeige", "Publicité", "广告"])
def test_an_entry_that_is_labelled_as_an_advertisement_is_left_out_and_counted(label: str) -> None:
    advert = f"<li><a href=/buy>Buy a boat of ours before winter</a> <b>{label}</b></li>"
    found = read(ROW.format(n=8), ROW.format(n=6), advert, ROW.format(n=4))
    assert [one.title for one in found.headlines] == TITLES
    assert [(one.what, one.count) for one in found.left_out] == [("rows", 1)]


def test_a_section_of_that_name_and_a_word_in_a_title_are_no_label() -> None:
    sections = [
        ROW.format(n=n).replace("<i>", "<b>Advertising</b> <b>Werbung</b> <i>") for n in (8, 6)
    ]
    assert len(read(*sections, ROW.format(n=4)).headlines) == 3
    linked = ROW.format(n=6).replace("<i>", "<b><a href=/section/ad>Ads</a></b> <i>")
    named = ROW.format(n=4).replace("The harbour", "Sponsored: the harbour")
    found = read(ROW.format(n=8), linked, named)
    assert len(found.headlines) == 3
    assert found.left_out == ()
