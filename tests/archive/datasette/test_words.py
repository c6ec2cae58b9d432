"""What templates use: dates as people write them, addresses that survive odd names."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.datasette.words import AddressBook, machine_date, written_date


class Datasette:
    """As much of a Datasette as an address book asks."""

    class urls:  # noqa: N801 - Datasette's name
        """Under a path of its own."""

        @staticmethod
        def path(path: str) -> str:
            return f"/news{path}"

        @staticmethod
        def table(database: str, table: str) -> str:
            return f"/news/{database}/{table}"


@pytest.mark.parametrize(
    ("value", "precision", "written", "machine"),
    [
        ("2024-11-08", "day", "8 November 2024", "2024-11-08"),
        ("2024-11-01", "month", "November 2024", "2024-11"),
        ("2024-01-01", "year", "2024", "2024"),
        (
            "2024-11-08T14:05:09+02:00",
            "time",
            "8 November 2024, 14:05+02:00",
            "2024-11-08T14:05:09+02:00",
        ),
        (
            "2024-11-08T14:05:09+00:00",
            "time",
            "8 November 2024, 14:05 UTC",
            "2024-11-08T14:05:09+00:00",
        ),
    ],
)
def test_dates(value: str, precision: str, written: str, machine: str) -> None:
    assert written_date(value, precision) == written
    assert machine_date(value, precision) == machine


@given(st.text(min_size=1))
def test_any_name_makes_an_address_of_one_step(name: str) -> None:
    name = name.encode("utf-8", "ignore").decode() or "x"
    path = urlsplit(AddressBook(Datasette()).path("publisher", name)).path
    assert path.count("/") == 4
    assert unquote(path.rpartition("/")[2]) == name


def test_arguments_that_say_nothing_are_left_out() -> None:
    book = AddressBook(Datasette())
    assert book.path("search", q="a&b", lang=None, site="") == "/news/-/search?q=a%26b"
    assert book.path() == "/news/"
    assert book.table("archive", "articles", _sort="id") == "/news/archive/articles?_sort=id"
    assert book.static("room.css").startswith("/news/-/static-plugins/backfile/room.css?v=")
