"""Records of any WARC file: packed or not, from a pipe, damaged in every way."""

import gzip
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.importing import warcrecords
from crawler.importing.warcrecords import Damaged, Record, exchange_of, records
from tests.crawler.importing.warcmade import page, record

URLS = tuple(f"https://paper.example/{n}" for n in range(4))


def told(data: bytes) -> list[str]:
    """Give the records' addresses; `!` for what is damaged."""
    return [
        "!" if isinstance(one, Damaged) else one.url.rpartition("/")[2]
        for one in records(io.BytesIO(data))
    ]


def made(*, packed: bool) -> list[bytes]:
    return [record(url, page(url), packed=packed) for url in URLS]


@pytest.mark.parametrize("packed", [True, False])
def test_each_record_is_read_with_its_content(packed: bool) -> None:
    for one, url in zip(records(io.BytesIO(b"".join(made(packed=packed)))), URLS, strict=True):
        assert isinstance(one, Record)
        exchange = exchange_of(one, asked=None, request=None)
        assert (exchange.url, exchange.asked_url, exchange.status) == (url, url, 200)
        assert exchange.body == page(url)
        assert exchange.captured_at == datetime(2024, 11, 9, 6, 30, tzinfo=UTC)


def test_a_file_packed_as_a_whole_is_read(tmp_path: object) -> None:
    assert told(gzip.compress(b"".join(made(packed=False)))) == ["0", "1", "2", "3"]


def test_bytes_that_fill_a_file_up_are_nothing() -> None:
    assert told(b"".join(made(packed=True)) + b"\x00" * 1000) == ["0", "1", "2", "3"]
    assert told(b"") == []


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_that_is_cut_short_costs_itself_alone(packed: bool) -> None:
    one, two, three, four = made(packed=packed)
    assert told(one + two[:-60] + three + four) in (["0", "!", "2", "3"], ["0", "!", "3"])
    assert told(one + two[:-60]) == ["0", "!"]


def test_bytes_that_cannot_be_unpacked_cost_their_record() -> None:
    one, two, three, four = made(packed=True)
    broken = two[:40] + bytes(255 - byte for byte in two[40:80]) + two[80:]
    assert told(one + broken + three + four) == ["0", "!", "2", "3"]


def test_a_member_whose_record_claims_more_than_it_holds() -> None:
    one, two, three, four = made(packed=False)
    long = two.replace(b"Content-Length: ", b"Content-Length: 1")
    parts = [gzip.compress(part) for part in (one, long, three, four)]
    assert told(b"".join(parts)) == ["0", "!", "2", "3"]


def test_what_is_no_record_at_all() -> None:
    assert told(b"<html>no record</html>") == ["!"]
    assert told(b"WARC/1.1\r\nContent-Length: many\r\n\r\n") == ["!"]
    assert told(b"WARC/1.1\r\n" + b"a: b\r\n" * 2_000) == ["!"]
    assert told(b"WARC/1.1\r\n" + b"a" * 100_000) == ["!"]


def test_what_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warcrecords, "LARGEST_BODY", 2_000)
    large = record(URLS[1], b"x" * 10_000)
    first, second, third = records(io.BytesIO(made(packed=True)[0] + large + made(packed=True)[2]))
    assert isinstance(second, Record)
    assert second.content is None
    assert isinstance(first, Record)
    assert isinstance(third, Record)
    assert third.content


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3_000), st.binary(max_size=40))
def test_no_damage_ends_in_anything_but_damage(at: int, noise: bytes) -> None:
    whole = b"".join(made(packed=True))
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    for one in records(io.BytesIO(damaged)):
        assert isinstance(one, Record | Damaged)


def read(data: bytes) -> Record:
    one = next(records(io.BytesIO(data)))
    assert isinstance(one, Record)
    return one


def test_chunks_are_joined_and_their_header_goes() -> None:
    chunked = b"5\r\nHello\r\n7\r\n, world\r\n0\r\n\r\n"
    one = read(record(URLS[0], chunked, headers=(("Transfer-Encoding", "chunked"),)))
    exchange = exchange_of(one, asked=None, request=None)
    assert exchange.body == b"Hello, world"
    assert [name for name, _ in exchange.headers] == ["Content-Type"]


def test_a_request_gives_its_headers_without_what_is_private() -> None:
    request = read(record(URLS[0], kind="request"))
    answer = read(record(URLS[0], page("One")))
    exchange = exchange_of(answer, asked="https://short.example/", request=request)
    assert exchange.request_headers == (("Accept", "text/html"),)
    assert exchange.asked_url == "https://short.example/"


def test_a_resource_is_as_if_a_server_had_sent_it() -> None:
    one = read(record(URLS[0], page("One"), kind="resource", media_type="text/html"))
    exchange = exchange_of(one, asked=None, request=None)
    assert (exchange.status, exchange.headers) == (200, (("Content-Type", "text/html"),))
    assert exchange.body == page("One")


def test_an_answer_that_is_none_is_damaged() -> None:
    one = read(record(URLS[0], b"", status="what"))
    with pytest.raises(Damaged, match="no HTTP answer"):
        exchange_of(one, asked=None, request=None)
    undated = read(record(URLS[0], b"", WARC_Date="yesterday"))
    with pytest.raises(Damaged, match="when it was captured"):
        exchange_of(undated, asked=None, request=None)
