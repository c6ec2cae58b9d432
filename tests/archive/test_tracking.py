"""The tables are sorted, in lower case, and reach what they are for."""

import re
from itertools import chain

import pytest

from archive.tracking import (
    HOST_ALIASES,
    NO_ROUTES,
    PATHS_BY_HOST,
    TRACKING,
    TRACKING_BY_HOST,
    VIEWS,
    VIEWS_BY_HOST,
)
from archive.urls import canonical_url, page_key, site

VENDORS = sorted(chain.from_iterable(TRACKING.values()))
BY_HOST = [(host, name) for host, names in TRACKING_BY_HOST.items() for name in names]
VIEWED = [(name, value) for name, values in VIEWS.items() for value in values]


@pytest.mark.parametrize(
    "table", [TRACKING_BY_HOST, VIEWS, VIEWS_BY_HOST, HOST_ALIASES, PATHS_BY_HOST]
)
def test_tables_are_sorted_and_lower_case(table: dict[str, object]) -> None:
    assert list(table) == sorted(table)
    assert all(name == name.lower() for name in table)


def test_names_within_are_sorted_and_lower_case() -> None:
    assert list(TRACKING) == sorted(TRACKING, key=str.casefold)
    for names in (*TRACKING.values(), *TRACKING_BY_HOST.values(), *VIEWS.values(), NO_ROUTES):
        assert list(names) == sorted(names)
        assert all(name == name.lower() for name in names)


def test_no_name_is_listed_twice() -> None:
    assert len(VENDORS) == len(set(VENDORS))
    prefixes = tuple(name[:-1] for name in VENDORS if name.endswith("*"))
    assert not [n for n in VENDORS if not n.endswith("*") and n.startswith(prefixes)]
    assert not [name for _, name in BY_HOST if name in VENDORS]


@pytest.mark.parametrize("name", VENDORS)
def test_what_tracks_is_dropped_everywhere(name: str) -> None:
    url = f"https://example.com/a?id=7&{name.replace('*', 'x').upper()}=q"
    assert canonical_url(url) == "https://example.com/a?id=7"


@pytest.mark.parametrize(("host", "name"), BY_HOST)
def test_what_tracks_at_one_host_is_dropped_there_only(host: str, name: str) -> None:
    assert canonical_url(f"https://www.{host}/a?{name}=q") == f"https://www.{host}/a"
    assert canonical_url(f"https://example.com/a?{name}=q") == f"https://example.com/a?{name}=q"


@pytest.mark.parametrize(("name", "value"), VIEWED)
def test_a_view_is_kept_in_the_address_and_folded_in_the_key(name: str, value: str) -> None:
    url = f"https://example.com/a?id=7&{name}={value.replace('*', '8')}"
    assert canonical_url(url) == url
    assert page_key(url) == "example.com/a?id=7"


@pytest.mark.parametrize(("alias", "name"), HOST_ALIASES.items())
def test_an_alias_is_one_site_with_its_name(alias: str, name: str) -> None:
    below = "pier" if alias.startswith(".") else ""
    assert site(f"https://{below}{alias}/") == f"{below}{name}"


def test_the_patterns_of_paths_are_regular_expressions() -> None:
    for pattern, replacement in chain.from_iterable(PATHS_BY_HOST.values()):
        assert re.sub(pattern, replacement, "/nothing/of/the/kind") == "/nothing/of/the/kind"
