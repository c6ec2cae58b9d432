"""The reading room in a real Chromium: its pages work, are safe, and people can read them."""

import pytest

from tests.archive.datasette.browser.looking import Reader
from tests.archive.datasette.furnished import Furnished

PAGES = (
    "/",
    "/-/search",
    "/-/search?q=survival",
    "/-/search?q=nothingatall",
    "/-/article/{article}",
    "/-/article/{article}/versions",
    "/-/article/{post}",
    "/-/article/{hostile}",
    "/-/story/{copied}",
    "/-/headline/{headline}",
    "/-/sources",
    "/-/source/{source}",
    "/-/publishers",
    "/-/publisher/Harbour%20Courier",
)


def path_of(page: str, furnished: Furnished) -> str:
    """Fill in the ids of what is held."""
    return page.format(**{name: getattr(furnished, name) for name in Furnished.__slots__})


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_kept_from_reading(page: str, furnished: Furnished, reader: Reader) -> None:
    reader.open(path_of(page, furnished))
    assert reader.barriers() == []
    assert reader.violations() == []


@pytest.mark.parametrize("page", PAGES)
def test_it_fits_a_small_phone_in_the_dark(page: str, furnished: Furnished, phone: Reader) -> None:
    phone.open(path_of(page, furnished))
    assert not phone.is_scrolled_sideways()
    assert phone.barriers() == []
