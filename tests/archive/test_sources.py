"""Sources in the order of their making, found by what people call them."""

from archive import Archive
from tests.archive.making import NOW


def test_a_name_comes_before_an_address_and_an_id_before_both(archive: Archive) -> None:
    first = archive.add_source("https://one.example/", now=NOW)
    second = archive.add_source("https://two.example/", name="https://one.example/", now=NOW)
    third = archive.add_source("https://three.example/", name="2", now=NOW)
    assert archive.source("https://one.example/") == second
    assert archive.source("2") == second
    assert archive.sources() == (first, second, third)


def test_a_source_without_a_name_keeps_the_one_it_had(archive: Archive) -> None:
    archive.add_source("https://one.example/", name="One", now=NOW)
    assert archive.add_source("https://one.example/", now=NOW).name == "One"
