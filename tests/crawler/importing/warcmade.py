"""Makes WARC files for tests, record by record, as other programs write them."""

import gzip
from io import BytesIO
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2024-11-09T06:30:00Z"
TEXT = "The ferry to the northern islands runs again on Sundays, the company said on Friday. " * 12


def page(title: str, text: str = TEXT) -> bytes:
    html = (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f'<time datetime="2024-11-08">8 November 2024</time><p>{text}</p></article></body></html>'
    )
    return html.encode()


def list_of(*links: str) -> bytes:
    items = "".join(
        f'<li><a href="{link}">The ferry number {n} sails again on a Sunday</a> '
        f"<span>November {9 - n}, 2024</span></li>"
        for n, link in enumerate(links, start=1)
    )
    return f"<html><body><h1>News</h1><ul>{items}</ul></body></html>".encode()


def record(
    url: str,
    body: bytes = b"",
    *,
    kind: str = "response",
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    packed: bool = True,
    headers: tuple[tuple[str, str], ...] = (),
    **warc_headers: str,
) -> bytes:
    """Give one record, a gzip member of its own if `packed`."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    http: Any = None
    if kind in {"response", "revisit"}:
        http = StatusAndHeaders(
            status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1"
        )
    elif kind == "request":
        http = StatusAndHeaders(
            "GET / HTTP/1.1",
            [("Cookie", "secret=1"), ("Accept", "text/html")],
            is_http_request=True,
        )
    given = {name.replace("_", "-"): value for name, value in warc_headers.items()}
    writer.write_record(
        writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": DATE} | given,
            warc_content_type=media_type if kind == "resource" else "",
        )
    )
    return gzip.compress(out.getvalue(), mtime=0) if packed else out.getvalue()
