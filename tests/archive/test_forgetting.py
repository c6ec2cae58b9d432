"""What is forgotten is nowhere any more, and does not come back."""

import pytest

from archive import Archive
from archive.captures import Captures
from archive.errors import NotFound
from archive.records import PageKind, Source, UrlState
from tests.archive.making import HOUR, NOW, article, headline, list_page, reading
from tests.archive.test_captures import check, exchange

SECRET = "https://paper.example/a-name"
OTHER = "https://paper.example/other"
NAME = "Ysabeau Quillfeather"


@pytest.fixture
def held(archive: Archive, source: Source) -> Archive:
    """An archive that holds two pages, each with headline, article, a version and captures."""
    archive.__dict__["captures"] = Captures(archive._connection, reserve_bytes=0)
    visit(archive, source)
    for hours in range(2):
        for url, who in ((OTHER, "Nobody"), (SECRET, NAME)):
            said = article(url, title=f"{who} speaks", text=f"{who} said it {hours} times. " * 20)
            now = NOW + hours * HOUR
            archive.store(
                reading(said, captured_at=now), asked_url=url, claim=None, source_id=None, now=now
            )
            archive.captures.write(exchange(who.encode() * 50, url=url, captured_at=now))
    archive.captures.write(exchange(b"last", url=OTHER, captured_at=NOW + 3 * HOUR))
    archive.captures.index()
    return archive


def visit(archive: Archive, source: Source) -> None:
    lines = headline(f"{NAME} speaks", SECRET), headline("Nobody speaks", OTHER)
    archive.store_list(
        list_page(*lines),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=PageKind.POST,
        follow_older=False,
    )


def everything(archive: Archive) -> bytes:
    """Give the bytes of the whole folder, the captures unpacked."""
    archive._connection.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [path.read_bytes() for path in archive.folder.glob("archive.db*")]
    bodies = [archive.captures.read(kept).body for kept in archive.captures.of(OTHER)]
    return b"".join([*files, *bodies])


def test_nothing_is_left_of_it_and_all_else_stays(held: Archive) -> None:
    assert NAME.encode() in everything(held)
    gone = held.forget(SECRET, now=NOW + HOUR)
    assert (gone.articles, gone.headlines, gone.captures) == (1, 1, 2)
    assert held.captures.of(SECRET) == ()
    assert NAME.encode() not in everything(held)
    assert held.search("quillfeather").total == 0
    assert held.search("nobody").total == 1
    assert [held.captures.read(kept).body[:6] for kept in held.captures.of(OTHER)] == [
        b"Nobody",
        b"Nobody",
        b"last",
    ]
    assert len(held.article(OTHER).versions) == 1


def test_the_capture_files_stay_whole(held: Archive) -> None:
    (path,) = held.captures.folder.iterdir()
    size = path.stat().st_size
    held.forget(SECRET, now=NOW)
    assert path.stat().st_size == size
    check(path)
    assert held.captures.mend().indexed == 0
    assert len(held.captures.of(OTHER)) == 3


def test_it_does_not_come_back_until_it_is_recalled(held: Archive, source: Source) -> None:
    held.forget(SECRET, now=NOW)
    again = reading(article(SECRET, title=f"{NAME} speaks again", text="Once more. " * 30))

    def store() -> bool:
        kept = held.store(again, asked_url=SECRET, claim=None, source_id=None, now=NOW)
        return kept is not None

    visit(held, source)
    assert not store()
    assert held.search("quillfeather").total == 0
    assert held.frontier.counts()[UrlState.REFUSED] == 1
    assert held.recall(SECRET, now=NOW)
    assert not held.recall(SECRET, now=NOW)
    assert held.frontier.counts()[UrlState.DUE] == 2
    visit(held, source)
    assert store()
    assert held.search("quillfeather").total == 1


def test_it_is_recalled_under_every_address_and_nothing_else_is(held: Archive) -> None:
    short = "https://s.example/x1"
    said = reading(article(SECRET, title=f"{NAME} speaks", text=f"{NAME} said it. " * 20))
    held.store(said, asked_url=short, claim=None, source_id=None, now=NOW)
    assert len(held.forget(short, now=NOW).keys) == 2
    held.forget(OTHER, now=NOW + HOUR)
    assert held.recall(short, now=NOW + HOUR)
    assert held.store(said, asked_url=short, claim=None, source_id=None, now=NOW) is not None
    assert held.recall(OTHER, now=NOW + HOUR)


def test_it_is_found_by_its_id_and_what_is_unknown_is_told(held: Archive) -> None:
    number = held.article(SECRET).id
    assert held.forget(str(number), now=NOW).articles == 1
    for unknown in (str(number), "https://paper.example/no", "words"):
        with pytest.raises(NotFound):
            held.forget(unknown, now=NOW)


def test_the_storys_other_member_leads(held: Archive) -> None:
    for url in ("https://first.example/x", "https://copy.example/x"):
        said = article(url, title="Nobody speaks", text="Same. " * 60)
        held.store(reading(said), asked_url=url, claim=None, source_id=None, now=NOW)
    held.forget("https://first.example/x", now=NOW)
    left = held.article("https://copy.example/x")
    assert [member.id for member in left.members] in ([], [left.id])
    assert held.search("same").total == 1


def test_a_headline_names_the_page_that_it_leads_to(held: Archive) -> None:
    (secret,) = (h.id for h in held.headlines() if NAME in h.headline.title)
    assert held.find_to_forget(f"h{secret}") == held.find_to_forget(SECRET)
    gone = held.forget(f"h{secret}", now=NOW + HOUR)
    assert (gone.articles, gone.headlines, gone.captures) == (1, 1, 2)
    with pytest.raises(NotFound, match="'h999'"):
        held.find_to_forget("h999")


def test_a_link_to_the_list_itself_names_no_page(archive: Archive, source: Source) -> None:
    archive.store_list(
        list_page(headline("Top", source.url), headline("Bare")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    for line in archive.headlines():
        with pytest.raises(NotFound):
            archive.find_to_forget(f"h{line.id}")


@pytest.mark.parametrize("name", ["Quillfeather's", "Ünique Пост 华社", "a\u2028b", "-x"])
def test_its_publisher_s_name_goes_with_the_last_that_has_it(
    archive: Archive, source: Source, name: str
) -> None:
    urls = [f"https://paper.example/{number}" for number in range(3)]
    for url in urls[:2]:
        said = article(url, publisher=name, text=f"{url} says it. " * 9)
        archive.store(reading(said), asked_url=url, claim=None, source_id=None, now=NOW)
    archive.store_list(
        list_page(
            headline("Listed alone", urls[2], publisher=name),
            headline("Other", "https://other.example/", publisher="Other"),
        ),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    for url, left in zip(urls, ({name, "Other"}, {name, "Other"}, {"Other"}), strict=True):
        archive.forget(url, now=NOW)
        rows = archive._connection.raw.execute("SELECT publisher FROM publishers").fetchall()
        assert {row["publisher"] for row in rows} == left
        assert archive.check(now=NOW) == ()
    found = archive._connection.raw.execute("SELECT count(*) FROM publishers_fts_docsize")
    assert found.fetchone()[0] == 1
