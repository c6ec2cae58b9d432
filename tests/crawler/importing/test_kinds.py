"""What a file is, by its first bytes."""

import pytest

from crawler.importing.kinds import HEAD, Kind, kind_of
from tests.crawler.importing.warcmade import list_of, page


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", Kind.WARC),
        (b'<?xml version="1.0"?>\n<opml version="2.0"><head/></opml>', Kind.OPML),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', Kind.PAGE),
        (b'{"record":"backfile","format":1}\n', Kind.JSONL),
        (b'{"authors": [], "maintext": "One"}', Kind.JSONL),
        (b'[\n  {\n "source_domain": "paper.example"\n', Kind.JSONL),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', Kind.PAGE),
        (b"https://paper.example/1\n\n# a remark\nhttps://paper.example/2\n", Kind.URLS),
        (b"\xef\xbb\xbfhttps://paper.example/1\tA title\t2024-11-08\n", Kind.URLS),
        (b'url,title,date\n"https://paper.example/1","One, two",2024-11-08\n', Kind.URLS),
        (b"date,title,url\n2024-11-08,One,https://paper.example/1\n", Kind.URLS),
        (b"url\n<p>https://paper.example/1</p>\nOne\n", Kind.PAGE),
        (b"2024-11-08 https://paper.example/1 A title\n", Kind.URLS),
        (b"A title - https://paper.example/1 - November 8th, 2024\n", Kind.PAGE),
        (b"https://paper.example/1\nand some words\n", Kind.PAGE),
        (b"%PDF-1.7\n", Kind.PAGE),
        (b"", Kind.PAGE),
        (page("One"), Kind.PAGE),
        (list_of("/1", "/2"), Kind.PAGE),
    ],
)
def test_bytes_tell(head: bytes, kind: Kind) -> None:
    assert kind_of(head) is kind


def test_a_line_that_the_head_cuts_does_not_count() -> None:
    line = b"https://paper.example/a-story-of-some-length\n"
    head = (line * (HEAD // len(line) + 1))[:HEAD]
    assert kind_of(head[:-30] + b"2024-1") is Kind.URLS or kind_of(head) is Kind.URLS
