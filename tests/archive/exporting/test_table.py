"""CSV that spreadsheets read, and do not run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.connection import Connection
from archive.exporting.selecting import EVERYTHING
from archive.exporting.table import COLUMNS, defused, write


def test_a_row_an_article_and_a_headline_without_one(connection: Connection) -> None:
    text = "".join(write(connection.raw, EVERYTHING))
    assert "\r\n" in text
    first, second, third = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(first) == COLUMNS
    assert (first["kind"], first["byline"]) == ("article", "Ann Lee; Bo Day")
    assert (first["published"], first["published_from"]) == ("2024-11-07", "list")
    assert first["publisher"] == "Daily Post"
    assert first["text"].startswith("The ferry sails.\n\n*")
    assert (second["title"], second["published_from"]) == ("渡轮", "list")
    assert (third["kind"], third["id"]) == ("headline", "h2")
    assert third["title"] == "'=HYPERLINK(1)"
    assert third["source"] == "Lists & more"


def test_a_mark_for_spreadsheets(connection: Connection) -> None:
    assert "".join(write(connection.raw, EVERYTHING, mark=True)).startswith("\ufeffkind,")


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert defused(text).endswith(text)


@pytest.mark.parametrize("cell", ["", "1-1", "a=b", "' quoted"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell
