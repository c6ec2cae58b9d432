"""Records of any WARC file, one at a time, packed or not, whole or damaged; from a pipe, too.

A record that is damaged costs itself: reading goes on where the next one begins. Of what is longer
than a page can be only the head is read. What the records mean, and keeping them, is not done here.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.timeutils import iso_date_to_datetime

from archive.records import Exchange

MAGIC = b"\x1f\x8b\x08"
BEGINNING = b"WARC/"
# Read and unpacked at a time; of what unpacks to a thousand times its size no more than this.
PIECE = 64 * 1024
UNPACKED = 1024 * 1024
# A header line beyond this is none.
LONGEST_LINE = 64 * 1024
MOST_LINES = 1_000
# A page beyond this is none; a record of it is passed over.
LARGEST_BODY = 64 * 1024 * 1024
# Kinds whose content is read; of the others it is passed over.
READ = frozenset({"request", "response", "resource"})
# What is not kept of a request: it is not ours to keep.
PRIVATE = frozenset({"authorization", "cookie", "host", "proxy-authorization"})
# Undone here, so that bodies are as our own captures have them.
OF_TRANSFER = frozenset({"transfer-encoding", "connection", "keep-alive"})

Headers = tuple[tuple[str, str], ...]


class Damaged(Exception):
    """A record is not whole; `str()` says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record with its content; None where it was passed over."""

    kind: str
    headers: Mapping[str, str]
    """By their names in lower case."""
    content: bytes | None

    @property
    def url(self) -> str:
        """Give the address that it is of; nothing where it names none."""
        return self.headers.get("warc-target-uri", "").strip("<> ")


class Stream:
    """The bytes of a file, unpacked, with the beginnings of its gzip members known."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._waiting = file.read(PIECE)
        self._inflater: zlib._Decompress | None = None
        self.packed = self._waiting.startswith(MAGIC)
        self.data = b""
        self.begins = False
        """What comes next is the first of a gzip member."""

    def more(self) -> bool:
        """Get more into `data`; False at the file's end. Raises Damaged."""
        if not self.packed:
            piece = self._next()
            self.data += piece
            return bool(piece)
        if self._inflater is None:
            # Some writers fill their files up.
            self._waiting = self._next().lstrip(b"\x00")
            if not self._waiting:
                return False
            self._inflater, self.begins = zlib.decompressobj(zlib.MAX_WBITS | 16), True
        self._inflate(self._inflater)
        return True

    def _next(self) -> bytes:
        piece, self._waiting = self._waiting or self._file.read(PIECE), b""
        return piece

    def _inflate(self, inflater: "zlib._Decompress") -> None:
        piece = self._next()
        if not piece:
            self._inflater = None
            raise Damaged("the file ends in the midst of it")
        try:
            self.data += inflater.decompress(piece, UNPACKED)
        except zlib.error as error:
            self._inflater, self._waiting = None, piece
            raise Damaged(f"it cannot be unpacked ({error})") from error
        self._waiting = inflater.unconsumed_tail
        if inflater.eof:
            self._inflater, self._waiting = None, inflater.unused_data

    def line(self) -> bytes:
        """Give the next line with its end; nothing at the file's end. Raises Damaged."""
        while (end := self.data.find(b"\n")) < 0:
            if len(self.data) > LONGEST_LINE:
                raise Damaged("it is no WARC record")
            if not self.more():
                break
        self.begins = False
        line, self.data = self.data[: end + 1 or None], self.data[end + 1 :] if end >= 0 else b""
        return line

    def content(self, length: int, *, keep: bool) -> bytes | None:
        """Give so many bytes, or pass over them. Raises Damaged where there are fewer."""
        pieces: list[bytes] = []
        while length > 0:
            if not self.data:
                if not self.more():
                    raise Damaged("the file ends in the midst of it")
                if self.begins_record():
                    raise Damaged("the next record begins in the midst of it")
                self.begins = self.begins and not self.data
                continue
            piece, self.data = self.data[:length], self.data[length:]
            length -= len(piece)
            if keep:
                pieces.append(piece)
        return b"".join(pieces) if keep else None

    def begins_record(self) -> bool:
        """Tell whether what comes next begins a gzip member, and a record."""
        return self.begins and self.data.startswith(BEGINNING)

    def find_next(self) -> bool:
        """Go on to where a record may begin again; False where there is none."""
        if self.begins_record():
            return True
        if not self.packed:
            return self._find_beginning()
        self.data, self._inflater = b"", None
        while True:
            at = self._waiting.find(MAGIC, 1)
            if at > 0:
                self._waiting = self._waiting[at:]
                return True
            piece = self._file.read(PIECE)
            if not piece:
                return False
            self._waiting = b"\x00" + self._waiting[-2:] + piece

    def _find_beginning(self) -> bool:
        while True:
            at = self.data.find(b"\n" + BEGINNING)
            if at >= 0:
                self.data = self.data[at + 1 :]
                return True
            self.data = self.data[-len(BEGINNING) - 1 :]
            if not self.more():
                return False


def records(file: IO[bytes]) -> Iterator[Record | Damaged]:
    """Give the records in their order, and in the place of a damaged one what is wrong with it."""
    stream = Stream(file)
    while True:
        try:
            record = _record(stream)
            if record is None:
                return
            yield record
        except Damaged as damaged:
            yield damaged
            if not stream.find_next():
                return


def _record(stream: Stream) -> Record | None:
    """Read the next record; None at the file's end. Raises Damaged."""
    while not (line := stream.line()).strip():
        if not line:
            return None
    if not line.startswith(BEGINNING):
        raise Damaged("it is no WARC record")
    headers = _headers(stream)
    kind = headers.get("warc-type", "").lower()
    length = headers.get("content-length", "")
    if not length.isdecimal() or len(length) > 18:
        raise Damaged("it does not say how long it is")
    keep = kind in READ and int(length) <= LARGEST_BODY
    return Record(kind=kind, headers=headers, content=stream.content(int(length), keep=keep))


def _headers(stream: Stream) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for _ in range(MOST_LINES):
        line = stream.line()
        text = _decoded(line.rstrip(b"\r\n"))
        if not text:
            if not line:
                raise Damaged("the file ends in the midst of it")
            return found
        if text[0] in " \t" and name:
            found[name] += f" {text.strip()}"
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        found[name] = value.strip()
    raise Damaged("it has too many headers")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def captured_at(record: Record) -> datetime:
    """Give when a record was made. Raises Damaged."""
    try:
        moment: datetime = iso_date_to_datetime(record.headers["warc-date"])
    except (KeyError, ValueError) as error:
        raise Damaged("it does not say when it was captured") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def exchange_of(record: Record, *, asked: str | None, request: Record | None) -> Exchange:
    """Give a response as it went over the network; of a resource, as if a server had sent it.

    `asked` is the address that was asked first, where that is known; `request` the record of the
    request. Raises Damaged.
    """
    content = record.content or b""
    status, headers, body = _resource(record) if record.kind == "resource" else _answer(content)
    chunked = any(n.lower() == "transfer-encoding" and "chunked" in v.lower() for n, v in headers)
    if chunked:
        body = ChunkedDataReader(BytesIO(body), decomp_type=None).read()
    return Exchange(
        url=record.url,
        asked_url=record.headers.get("backfile-asked-uri") or asked or record.url,
        captured_at=captured_at(record),
        request_headers=_request_headers(request) if request else (),
        status=status,
        headers=tuple(pair for pair in headers if pair[0].lower() not in OF_TRANSFER),
        body=body,
        cut_short="warc-truncated" in record.headers,
    )


def _resource(record: Record) -> tuple[int, Headers, bytes]:
    told = record.headers.get("content-type")
    return 200, (("Content-Type", told),) if told else (), record.content or b""


def _answer(content: bytes) -> tuple[int, Headers, bytes]:
    """Part an HTTP answer: status, headers, body. Raises Damaged."""
    first, headers, body = _parted(content)
    words = first.split()
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdecimal():
        raise Damaged("it holds no HTTP answer")
    return int(words[1]), headers, body


def _parted(content: bytes) -> tuple[str, Headers, bytes]:
    """Part a message of HTTP: first line, headers, body."""
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := content.find(mark)) >= 0]
    at, length = min(ends, default=(len(content), 0))
    first, *lines = _decoded(content[:at]).splitlines() or [""]
    pairs = (line.partition(":") for line in lines if ":" in line and line[0] not in " \t")
    headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
    return first, headers, content[at + length :]


def _request_headers(request: Record) -> Headers:
    _, headers, _ = _parted(request.content or b"")
    return tuple(pair for pair in headers if pair[0].lower() not in PRIVATE)
