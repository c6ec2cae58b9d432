"""What is written is found, what is taken out is not, and no boilerplate makes a lookup long."""

from archive import Archive, sketches
from archive.sketch import Sketch, sketch
from tests.archive.making import NOW, article, reading
from tests.archive.newsroom import Desk

TEXT = Desk(31).article().text


def store(archive: Archive, number: int, text: str) -> int:
    url = f"https://paper.example/{number}"
    page = reading(article(url, text, title=f"Head {number}"))
    decision = archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)
    assert decision is not None
    return decision.article_id


def holders(archive: Archive, wanted: Sketch, *, besides: int = 0) -> set[int]:
    with archive._connection.writing() as db:
        found = sketches.holders(db, wanted, besides=besides)
    assert len(found) == len(wanted.hashes)
    return {article_id for held in found for article_id in held}


def rows(archive: Archive, table: str) -> int:
    count: int = archive._connection.raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return count


def test_an_article_that_is_stored_has_its_sketch(archive: Archive) -> None:
    one = store(archive, 1, TEXT)
    assert holders(archive, sketch(TEXT)) == {one}
    assert holders(archive, sketch(TEXT), besides=one) == set()
    assert rows(archive, "shingles") == len(sketch(TEXT).hashes)


def test_storing_it_again_changes_nothing(archive: Archive) -> None:
    store(archive, 1, TEXT)
    before = rows(archive, "shingles"), rows(archive, "sketches"), rows(archive, "story_ties")
    store(archive, 1, TEXT)
    assert before == (
        rows(archive, "shingles"),
        rows(archive, "sketches"),
        rows(archive, "story_ties"),
    )


def test_the_sketch_follows_the_text(archive: Archive) -> None:
    other = Desk(32).article().text
    one = store(archive, 1, TEXT)
    store(archive, 1, other)
    assert holders(archive, sketch(TEXT)) == set()
    assert holders(archive, sketch(other)) == {one}
    assert rows(archive, "shingles") == len(sketch(other).hashes)


def test_what_is_forgotten_leaves_no_sketch(archive: Archive) -> None:
    one, two = store(archive, 1, TEXT), store(archive, 2, f"{TEXT}\n\nAnd a line more.")
    assert rows(archive, "story_ties") == 1
    archive.forget(str(one), now=NOW)
    assert holders(archive, sketch(TEXT)) == {two}
    assert (rows(archive, "sketches"), rows(archive, "story_ties")) == (1, 0)


def test_of_a_shingle_that_thousands_have_the_newest_few_are_read(archive: Archive) -> None:
    wanted = sketch("All rights of this page are reserved by those who made it")
    with archive._connection.writing() as db:
        db.conn.executemany(
            "INSERT INTO shingles (hash, article_id) VALUES (?, ?)",
            [(value, number) for number in range(1, 3001) for value in wanted.hashes],
        )
        found = sketches.holders(db, wanted, besides=3000)
    newest = tuple(range(2999, 2999 - sketches.READ, -1))
    assert found == (newest,) * len(wanted.hashes)


def test_a_text_without_a_shingle_has_a_sketch_without_hashes(archive: Archive) -> None:
    store(archive, 1, "Three words only.")
    assert (rows(archive, "sketches"), rows(archive, "shingles")) == (1, 0)
