"""What is on the open internet and what is not."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import is_local_name, is_public


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "ff02::1",
        "no address",
        "",
    ],
)
def test_everything_else_does_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(address: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("paper.example", False),
        ("8.8.8.8", False),
        ("[2606:4700::1111]", False),
        ("10.1.2.3", True),
        ("[::1]", True),
        ("2130706433", True),
        ("0x7f.1", True),
        ("localhost", True),
        ("Intranet", True),
        ("db.internal.", True),
        ("printer.local", True),
        ("nas.home.arpa", True),
    ],
)
def test_what_is_private_by_its_name(name: str, local: bool) -> None:
    assert is_local_name(name) is local
