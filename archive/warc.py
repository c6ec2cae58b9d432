"""How an exchange lies in a WARC 1.1 file, and back: one gzip member for each record.

Written and read with warcio. Knows no files' names and no database; `captures` does.

What an exchange consists of stands in the records themselves, so that an index that is lost or
behind can be made anew from the files alone.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import IO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date, iso_date_to_datetime
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from archive.errors import ArchiveError
from archive.records import Capture, CaptureKind, Exchange

# Measured over saved pages: level 2 writes at the cost of level 1 what is 3 % smaller; each level
# above costs more than it saves (9 costs four times as much, for 13 % less: docs/captures.md).
LEVEL = 2
# What was compressed on its way becomes no smaller: it is only packed.
PACKED = 0
CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
# What the head of a request's record says of itself, and how far that goes.
REQUEST = b"WARC-Type: request"
HEAD = 4_096
# A gzip member is read in pieces of this size while its end is looked for.
PIECE = 64 * 1024

# The head of a gzip member with a comment: no name, no time, written on any system.
COMMENTED = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xff"

# A page that its server says is as it was: the record repeats the one that came whole.
NOT_MODIFIED = 304
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

# Ours, as the standard allows: which address was asked first.
ASKED = "Backfile-Asked-URI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record in a file, and where."""

    exchange: Exchange
    kind: CaptureKind
    digest: str
    offset: int
    length: int


def digest_of(body: bytes) -> str:
    """Give a body's digest as WARC files name it."""
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)


def opening(program: str) -> bytes:
    """Give the record that begins a file: which program wrote it, in which format."""
    out = BytesIO()
    writer = _writer(out)
    said = {
        "software": program,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    writer.write_record(writer.create_warcinfo_record(None, said))
    return _member(out.getvalue(), LEVEL)


def members(exchange: Exchange, *, digest: str, repeats: Capture | None) -> tuple[bytes, bytes]:
    """Give the request's record and the answer's; with `repeats` without the body, which is its."""
    out = BytesIO()
    writer = _writer(out)
    answer = _answer(writer, exchange, digest, repeats)
    asked = writer.create_warc_record(
        exchange.url,
        "request",
        http_headers=_request_headers(exchange),
        warc_headers_dict={
            "WARC-Date": _date(exchange.captured_at),
            "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
        },
    )
    writer.write_record(asked)
    request = _member(out.getvalue(), LEVEL)
    out.seek(0)
    out.truncate()
    writer.write_record(answer)
    return request, _member(out.getvalue(), PACKED if _is_coded(exchange) else LEVEL)


def read(file: IO[bytes], offset: int) -> Found:
    """Read the answer that begins at `offset`.

    Raises:
        ArchiveError: there is no whole record of an answer.

    """
    found = next(scan(file, offset), None)
    if found is None or found.offset != offset:
        raise ArchiveError(f"no record at byte {offset} of the capture file")
    return found


def scan(file: IO[bytes], offset: int) -> Iterator[Found]:
    """Give the answers from `offset` on, as far as the records are whole."""
    for start, member in _members_of(file, offset):
        record = next(iter(ArchiveIterator(BytesIO(member))), None)
        if record is not None and record.rec_type in {kind.value for kind in CaptureKind}:
            yield _found(record, start, file.tell() - start)


def filler(length: int) -> bytes:
    """Give a record of exactly so many bytes, compressed, that says that something was removed.

    A gzip member may carry a comment of any length, which readers pass over: what lies behind it
    in the file stays where it is.

    Raises:
        ValueError: `length` is too short for any record.

    """
    out = BytesIO()
    writer = _writer(out)
    said = BytesIO(b"removed: on request\r\n")
    writer.write_record(writer.create_warc_record("", "metadata", payload=said, length=21))
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(out.getvalue()) + packer.flush()
    tail = struct.pack("<II", zlib.crc32(out.getvalue()), len(out.getvalue()))
    padding = length - len(COMMENTED) - 1 - len(packed) - len(tail)
    if padding < 0:
        raise ValueError(f"{length} bytes are too few for a record")
    return COMMENTED + b" " * padding + b"\x00" + packed + tail


def end_of_opening(file: IO[bytes]) -> int:
    """Give where the record ends that begins a file; 0 where it is torn."""
    first = next(_members_of(file, 0), None)
    return file.tell() if first is not None else 0


def request_before(file: IO[bytes], start: int, offset: int) -> int:
    """Give where the request's record begins that stands right before `offset`, from `start` on.

    That is `offset` itself where there is none.
    """
    found = offset
    for begin, member in _members_of(file, start):
        if begin >= offset:
            break
        found = begin if REQUEST in member[:HEAD] else offset
    return found


def end_of_whole(file: IO[bytes], offset: int) -> int:
    """Give where the last whole record ends that begins at `offset` or behind it."""
    end = offset
    for _ in _members_of(file, offset):
        end = file.tell()
    return end


def _members_of(file: IO[bytes], offset: int) -> Iterator[tuple[int, bytes]]:
    """Give where each whole gzip member begins, and what is in it; the file stands at its end."""
    while True:
        file.seek(offset)
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        pieces: list[bytes] = []
        try:
            while not inflater.eof:
                piece = file.read(PIECE)
                if not piece:
                    return
                pieces.append(inflater.decompress(piece))
        except zlib.error:
            return
        end = file.tell() - len(inflater.unused_data)
        file.seek(end)
        yield offset, b"".join(pieces)
        offset = end


def _found(record: ArcWarcRecord, start: int, length: int) -> Found:
    given = record.rec_headers.get_header
    url, head = given("WARC-Target-URI"), record.http_headers
    exchange = Exchange(
        url=url,
        asked_url=given(ASKED) or url,
        captured_at=iso_date_to_datetime(given("WARC-Date")).replace(tzinfo=UTC),
        request_headers=(),
        status=int(head.get_statuscode()) if head else NOT_MODIFIED,
        headers=tuple(head.headers) if head else (),
        body=record.raw_stream.read(),
        cut_short=given("WARC-Truncated") is not None,
    )
    return Found(
        exchange=exchange,
        kind=CaptureKind(record.rec_type),
        digest=given("WARC-Payload-Digest"),
        offset=start,
        length=length,
    )


def _answer(
    writer: WARCWriter, exchange: Exchange, digest: str, repeats: Capture | None
) -> ArcWarcRecord:
    said = {"WARC-Date": _date(exchange.captured_at)}
    if exchange.asked_url != exchange.url:
        said[ASKED] = exchange.asked_url
    if exchange.cut_short:
        said["WARC-Truncated"] = "disconnect"
    if repeats is not None:
        said_again = exchange.status == NOT_MODIFIED
        record = writer.create_revisit_record(
            exchange.url,
            digest,
            repeats.url,
            _date(repeats.captured_at),
            # Without headers replay tools take those of the repeated answer; a 304 would be shown
            # as it is, an empty page, to whoever asks for it the first time.
            http_headers=None if said_again else _answer_headers(exchange),
            warc_headers_dict=said,
        )
        if said_again:
            record.rec_headers.replace_header("WARC-Profile", SERVER_NOT_MODIFIED)
        return record
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_answer_headers(exchange),
        warc_headers_dict=said | {"WARC-Payload-Digest": digest},
    )


def _request_headers(exchange: Exchange) -> StatusAndHeaders:
    split = urlsplit(exchange.url)
    target = f"{split.path or '/'}{f'?{split.query}' if split.query else ''}"
    headers = [("Host", split.netloc.rpartition("@")[2]), *exchange.request_headers]
    return StatusAndHeaders(f"GET {target} HTTP/1.1", headers, is_http_request=True)


def _answer_headers(exchange: Exchange) -> StatusAndHeaders:
    try:
        phrase = HTTPStatus(exchange.status).phrase
    except ValueError:
        phrase = "Unknown"
    return StatusAndHeaders(
        f"{exchange.status} {phrase}", list(exchange.headers), protocol="HTTP/1.1"
    )


def _is_coded(exchange: Exchange) -> bool:
    return any(
        name.casefold() == "content-encoding" and CODINGS & set(value.casefold().split(", "))
        for name, value in exchange.headers
    )


def _writer(out: BytesIO) -> WARCWriter:
    # Compressed here: warcio itself always takes the level that costs most.
    return WARCWriter(out, gzip=False, warc_version="1.1")


def _member(record: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(record) + packer.flush()


def _date(moment: datetime) -> str:
    text: str = datetime_to_iso_date(moment.astimezone(UTC).replace(tzinfo=None), use_micros=True)
    return text
