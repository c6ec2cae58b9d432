"""Reading the counts: by month, the commonest names, how many there are."""

from archive import Archive, tallied
from tests.archive.making import NOW, article, day, reading


def test_counts(archive: Archive) -> None:
    for number, (publisher, published) in enumerate(
        (("Post", "2024-11-08"), ("Post", "2024-12-01"), ("Echo", "2024-11-09"), (None, None))
    ):
        read = article(
            f"https://paper.example/{number}",
            text=f"A text of its own, number {number}, about {number} things and {number} more.",
            publisher=publisher,
            published=day(published) if published else None,
        )
        archive.store(reading(read), asked_url=read.url, claim=None, source_id=None, now=NOW)
    raw = archive._connection.raw
    assert tallied.months(raw) == {"": 1, "2024-11": 2, "2024-12": 1}
    assert tallied.months(raw, "publisher", "Post") == {"2024-11": 1, "2024-12": 1}
    assert tallied.commonest(raw, "publisher", 5) == [("Post", 2), ("Echo", 1)]
    assert tallied.commonest(raw, "publisher", 1) == [("Post", 2)]
    assert tallied.named(raw, "publisher") == 2
