"""What is accepted as an option: about the network, and about a saved file."""

from datetime import timedelta

import click
import pytest

from archive.errors import UsageError
from crawler.commands.options import checked_timegate, has_credentials, saved_at, split_host
from tests.crawler.made import NOON


def test_a_host_is_mapped_to_an_address() -> None:
    assert split_host("*.Example=127.0.0.1") == ("*.example", "127.0.0.1")
    with pytest.raises(click.BadParameter):
        split_host("*.example=")


@pytest.mark.parametrize(
    ("address", "has"),
    [
        ("https://paper.example/a@b", False),
        ("https://user@paper.example/", True),
        ("https://user:secret@paper.example/", True),
        ("https://[x/", False),
    ],
)
def test_credentials_in_an_address_are_seen(address: str, has: bool) -> None:
    assert has_credentials(address) is has


def test_a_timegate_is_a_web_address() -> None:
    assert checked_timegate(None) is None
    assert checked_timegate("https://keepsake.example/web/") == "https://keepsake.example/web/"
    for wrong in ("keepsake.example", "ftp://keepsake.example/", "https://me:secret@k.example/"):
        with pytest.raises(UsageError):
            checked_timegate(wrong)


def test_a_day_of_capture_is_its_end() -> None:
    day = NOON.replace(hour=0) - timedelta(days=3)
    assert saved_at(day, NOON) == day.replace(hour=23, minute=59, second=59)
    assert saved_at(day.replace(hour=9), NOON) == day.replace(hour=9)
    assert saved_at(NOON.replace(hour=0), NOON) == NOON
    assert saved_at(None, NOON) == NOON


def test_nothing_was_saved_in_the_future() -> None:
    with pytest.raises(UsageError, match=r"^--captured-at: .* is still to come$"):
        saved_at(NOON.replace(hour=0) + timedelta(days=1), NOON)
