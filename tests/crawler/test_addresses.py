"""What is on the open internet and what is not."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import embedded, is_local_name, is_public


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
        "100.100.100.200",
        "192.0.0.192",
        "198.18.0.1",
        "240.0.0.1",
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
        "64:ff9b:1::7f00:1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "2001::7f00:1",
        "2606:4700::5efe:10.0.0.1",
        "3fff::1",
        "5f00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "0177.0.0.1",
        "2130706433",
        "no address",
        "",
    ],
)
def test_everything_else_does_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(address: ipaddress.IPv4Address) -> None:
    six_to_four = ipaddress.IPv6Address(0x2002 << 112 | int(address) << 80)
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}", str(six_to_four)):
        assert is_public(wrapped) == is_public(str(address))


@given(st.ip_addresses(v=6))
def test_of_the_new_addresses_only_those_that_were_given_out_are_public(
    address: ipaddress.IPv6Address,
) -> None:
    given_out = address in ipaddress.ip_network("2000::/3")
    assert given_out or embedded(address) or not is_public(str(address))


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
        ("127.1", True),
        ("127.0x1", True),
        ("0177.0.0.1.", True),
        ("8.8.8.0x8", True),
        ("0xface.example", False),
        ("metadata.google.internal", True),
        ("localhost", True),
        ("Intranet", True),
        ("db.internal.", True),
        ("printer.local", True),
        ("nas.home.arpa", True),
    ],
)
def test_what_is_private_by_its_name(name: str, local: bool) -> None:
    assert is_local_name(name) is local
