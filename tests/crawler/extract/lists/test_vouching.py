from collections.abc import Sequence

import pytest

from crawler.extract.lists.vouching import namelike, presslike, resembles, vouched

HOSTS = ("www.thetide.example", "hillpost.example", "ram.example", "www.thetide.example")


def told(
    names: Sequence[str | None], hosts: Sequence[str] = HOSTS, *, by_hosts_only: bool = False
) -> bool:
    return vouched(
        names, hosts, site="list.example", known={"x": "Ewe"}, by_hosts_only=by_hosts_only
    )


@pytest.mark.parametrize("name", ["The Tide", "Nature.com", "新華社", "3sat"])
def test_names(name: str) -> None:
    assert namelike(name)


@pytest.mark.parametrize("text", ["", "and so on", "x" * 80, "A b c d e f g h i j", "12"])
def test_what_is_no_name(text: str) -> None:
    assert not namelike(text)


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("The Tide", "www.thetide.example"),
        ("Hill Meadow Post", "hmp.example"),
        ("Hill & Meadow Post", "hillmeadow.example"),
        ("Süd-Kurier", "suedkurier.example"),
        ("Tide", "blog.tide-daily.co.uk"),
    ],
)
def test_a_host_is_called_as_its_publisher(name: str, host: str) -> None:
    assert resembles(name, host)


def test_a_host_is_not_called_as_others() -> None:
    assert not resembles("Ann Author", "thetide.example")
    assert not resembles("The", "thetide.example")


def test_names_that_go_with_hosts_are_publishers() -> None:
    assert told(["The Tide", "Hill Post", None, "The Tide"])
    assert told(["潮", "丘", "羊", "潮"])


def test_authors_and_sections_wander_over_hosts() -> None:
    assert not told(["Ann Author", "Bo Writer", "Ann Author", "Bo Writer"])
    assert not told(["Science", "Sport", "Sport", "Town"])
    assert not told(["Ann Author", "Bo Writer", "Cy Pen", "Di Quill"])


def test_names_on_one_host_must_be_known_or_called_as_the_press_is() -> None:
    inside = ["list.example"] * 4
    assert told(["Hill Post", "The Daily Ram", "Ovis", "Wool"], inside)
    assert not told(["Hill Post", "The Daily Ram", "Ovis", "Wool"], inside, by_hosts_only=True)
    assert told(["Ewe", "Ewe", "Ovis", "ram.example"], inside)
    assert not told(["Ovis", "Wool", "Ovis", "Wool"], inside)
    assert told(["Hill Post", "The Daily Ram", "Ovis"], ["click.example"] * 3)


def test_kinds_of_media_and_sections_are_not_the_press() -> None:
    assert not presslike(["TV", "Radio", "Magazine", "Online"])
    assert not presslike(["Company news", "Press releases", "Events"])
