"""What is accepted as an option about the network."""

import click
import pytest

from crawler.commands.options import has_credentials, split_host


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
