"""Which story an article joins, in which order it may come, and what becomes of that later."""

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import UsageError
from archive.records import Dated, DateSource, Decision, DecisionKind, Precision
from tests.archive import schemas
from tests.archive.making import HOUR, NOW, article, new_archive, reading
from tests.archive.newsroom import ChineseDesk, Desk, Piece, siblings

WAYS = tuple(Desk().ways)


@pytest.fixture
def desk() -> Desk:
    return Desk(41)


def store(archive: Archive, piece: Piece, *, at: str | None = None, hours: int = 0) -> Decision:
    day = Dated(value=piece.day, precision=Precision.DAY, source=DateSource.META, raw="x")
    url = at or piece.url
    read = article(url, piece.text, title=piece.title, publisher=piece.site, published=day)
    now = NOW + hours * HOUR
    page = reading(read, captured_at=now)
    decision = archive.store(page, asked_url=url, claim=None, source_id=None, now=now)
    assert decision is not None
    return decision


def grouped(archive: Archive) -> set[frozenset[str]]:
    """Give the stories, each as its members' addresses."""
    raw = archive._connection.raw
    found: dict[int, set[str]] = {}
    for row in raw.execute("SELECT story_id, url FROM articles"):
        found.setdefault(row["story_id"], set()).add(row["url"])
    stories = {row["id"] for row in raw.execute("SELECT id FROM stories")}
    assert stories == set(found), "no story is without members"
    leads = raw.execute(
        "SELECT count(*) FROM stories JOIN articles ON articles.id = lead_id "
        "WHERE story_id = stories.id"
    ).fetchone()[0]
    assert leads == len(stories), "each is led by a member"
    return set(map(frozenset, found.values()))


def one_story(archive: Archive, *pieces: Piece) -> bool:
    stories = {archive.article(piece.url).story_id for piece in pieces}
    return len(stories) == 1


def test_a_near_copy_joins_and_the_decision_says_why(desk: Desk, archive: Archive) -> None:
    piece = desk.article()
    store(archive, piece)
    decision = store(archive, desk.framed(piece))
    assert (decision.kind, decision.duplicate_of) == (DecisionKind.DUPLICATE, 1)
    assert decision.reason == "near, 100 % of the words of article 1"
    assert archive.status().stories == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("made_by", [Desk, ChineseDesk])
def test_every_kind_of_copy_joins_whichever_comes_first(
    folder: Path, made_by: type[Desk], way: str
) -> None:
    desk = made_by(42)
    piece = desk.article(24)
    pair = piece, desk.ways[way](piece)
    for number, order in enumerate((pair, pair[::-1])):
        with new_archive(folder / str(number)) as archive:
            for each in order:
                store(archive, each)
            assert one_story(archive, *pair), way


def test_one_release_under_ten_publishers_is_one_story_led_by_the_first(
    desk: Desk, archive: Archive
) -> None:
    release = desk.article()
    copies = [desk.framed(release) for _ in range(8)] + [desk.cut(release), desk.styled(release)]
    for number, piece in enumerate((*copies, release)):
        store(archive, piece, hours=number)
    assert one_story(archive, release, *copies)
    (story,) = archive.stories()
    assert len(story.members) == 11
    lead = story.members[0]
    assert lead.published == min(member.published or "" for member in story.members)
    assert lead.url != copies[8].url, "what was cut does not lead"


def test_a_template_makes_no_story_of_its_releases(desk: Desk, archive: Archive) -> None:
    pieces = [piece for _, family in siblings(Desk(44), each=5) for piece in family]
    desk.random.shuffle(pieces)
    for piece in pieces:
        assert store(archive, piece).kind is DecisionKind.NEW
    assert archive.stories() == ()


def test_among_many_of_its_template_a_release_finds_its_own_copies(archive: Archive) -> None:
    from tests.archive.newsroom_templates import inducement

    desk = Desk(45)
    family = [inducement(desk, number % 12) for number in range(40)]
    for piece in family:
        store(archive, piece)
    for piece in family[::4]:
        copied = desk.framed(piece)
        store(archive, copied)
        assert one_story(archive, piece, copied)
    assert {len(story.members) for story in archive.stories()} == {2}


def test_a_round_up_joins_no_stories_together(folder: Path) -> None:
    desk = Desk(46)
    briefs = [desk.article(6) for _ in range(4)]
    whole = replace(desk.round_up([]), text="\n\n".join(piece.text for piece in briefs))
    pieces = [*briefs, whole]
    for seed in range(4):
        random.Random(seed).shuffle(pieces)
        with new_archive(folder / str(seed)) as archive:
            for piece in pieces:
                store(archive, piece)
            assert all(not one_story(archive, *briefs[at : at + 2]) for at in range(3))
            assert max(map(len, grouped(archive))) <= 2


def test_stories_are_the_same_in_whatever_order_copies_arrive(folder: Path) -> None:
    desk = Desk(47)
    releases = [desk.article() for _ in range(3)]
    pieces = [
        copied
        for release in releases
        for copied in (release, desk.framed(release), desk.noted(release), desk.styled(release))
    ]
    found = []
    for seed in range(3):
        random.Random(seed).shuffle(pieces)
        with new_archive(folder / str(seed)) as archive:
            for piece in pieces:
                store(archive, piece)
            found.append(grouped(archive))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 3


def test_a_changed_text_leaves_the_story_that_it_tells_no_more(
    desk: Desk, archive: Archive
) -> None:
    piece, other = desk.article(), desk.article()
    copied = desk.framed(piece)
    for each in (piece, copied, other):
        store(archive, each)
    assert one_story(archive, piece, copied)
    store(archive, other, at=copied.url, hours=1)
    assert one_story(archive, copied, other)
    assert not one_story(archive, copied, piece)


def test_a_text_that_becomes_a_copy_joins(desk: Desk, archive: Archive) -> None:
    piece, other = desk.article(), desk.article()
    store(archive, piece)
    store(archive, other)
    decision = store(archive, desk.noted(piece), at=other.url, hours=1)
    assert (decision.kind, decision.duplicate_of) == (DecisionKind.CHANGED, 1)
    assert decision.reason.startswith("the text changed; near")
    assert one_story(archive, piece, other)


def test_a_corrected_word_moves_nobody(desk: Desk, archive: Archive) -> None:
    piece = desk.article()
    pieces = [piece, desk.framed(piece), desk.noted(piece)]
    for each in pieces:
        store(archive, each)
    story = archive.article(piece.url).story_id
    corrected = replace(piece, text=piece.text.replace(" the ", " that ", 1))
    store(archive, corrected, at=piece.url, hours=1)
    assert one_story(archive, *pieces)
    assert archive.article(piece.url).story_id == story
    archive.find_stories(now=NOW)
    assert one_story(archive, *pieces)


class TestByHand:
    """What was said by hand stays said."""

    @pytest.fixture
    def pieces(self, archive: Archive) -> list[Piece]:
        desk = Desk(48)
        piece = desk.article()
        made = [piece, desk.framed(piece), desk.noted(piece)]
        for each in made:
            store(archive, each)
        assert one_story(archive, *made)
        return made

    def test_what_is_parted_stays_apart(
        self, desk: Desk, archive: Archive, pieces: list[Piece]
    ) -> None:
        alone = archive.part_story(pieces[1].url, now=NOW)
        assert [member.url for member in alone.members] == [pieces[1].url]
        assert one_story(archive, pieces[0], pieces[2])
        for hours, each in enumerate(pieces, 1):
            changed = replace(each, text=f"{each.text}\n\n{desk.sentence()}")
            store(archive, changed, at=each.url, hours=hours)
        archive.find_stories(now=NOW)
        assert not one_story(archive, *pieces[:2])
        assert one_story(archive, pieces[0], pieces[2])

    def test_a_new_copy_does_not_bring_them_together(
        self, desk: Desk, archive: Archive, pieces: list[Piece]
    ) -> None:
        archive.part_story(pieces[1].url, now=NOW)
        for _ in range(3):
            store(archive, desk.framed(pieces[0]))
        assert not one_story(archive, *pieces[:2])
        assert len(grouped(archive)) == 2

    def test_nor_does_an_attribution(self, archive: Archive, pieces: list[Piece]) -> None:
        archive.part_story(pieces[1].url, now=NOW)
        text = f"{pieces[1].text} Corrected."
        said = reading(article(pieces[1].url, text), captured_at=NOW + HOUR, original=pieces[0].url)
        archive.store(said, asked_url=pieces[1].url, claim=None, source_id=None, now=NOW + HOUR)
        assert archive.article(pieces[1].url).original_id is not None
        assert not one_story(archive, *pieces[:2])

    def test_parting_the_one_that_leads_leaves_the_others_together(
        self, archive: Archive, pieces: list[Piece]
    ) -> None:
        raw = archive._connection.raw
        for number in range(20):
            store(archive, Desk(number).article(1))
        raw.execute("INSERT INTO unjudged SELECT id FROM articles WHERE id > 3")
        archive.part_story(pieces[0].url, now=NOW)
        assert one_story(archive, *pieces[1:])
        assert not one_story(archive, *pieces[:2])

    def test_what_is_alone_cannot_be_parted(self, desk: Desk, archive: Archive) -> None:
        piece = desk.article()
        store(archive, piece)
        with pytest.raises(UsageError, match="alone"):
            archive.part_story(piece.url, now=NOW)

    def test_what_is_joined_stays_together(
        self, desk: Desk, archive: Archive, pieces: list[Piece]
    ) -> None:
        other = desk.article()
        store(archive, other)
        joined = archive.join_stories(other.url, pieces[0].url, now=NOW)
        assert len(joined.members) == 4
        store(archive, replace(desk.article()), at=other.url, hours=1)
        assert one_story(archive, other, *pieces)
        archive.part_story(other.url, now=NOW)
        assert not one_story(archive, other, pieces[0])
        archive.join_stories(pieces[2].url, other.url, now=NOW)
        assert one_story(archive, other, *pieces), "what was said last holds"

    def test_an_article_is_not_joined_with_itself(
        self, archive: Archive, pieces: list[Piece]
    ) -> None:
        with pytest.raises(UsageError, match="one with itself"):
            archive.join_stories(pieces[0].url, "1", now=NOW)


def make_unsketched(archive: Archive, pieces: Iterable[Piece]) -> None:
    """Leave the archive as one that an older version stored looks after its upgrade."""
    for piece in pieces:
        store(archive, piece)
    raw = archive._connection.raw
    for statement in (
        "DELETE FROM story_ties",
        "DELETE FROM sketches",
        "DELETE FROM shingles",
        "INSERT INTO stories (id, lead_id) SELECT 1000 + id, id FROM articles",
        "UPDATE articles SET story_id = 1000 + id",
        "DELETE FROM stories WHERE id < 1000",
        "INSERT OR IGNORE INTO unjudged SELECT id FROM articles",
    ):
        raw.execute(statement)


def test_what_was_stored_before_is_caught_up_with(desk: Desk, archive: Archive) -> None:
    pieces = [desk.article() for _ in range(6)]
    copies = [desk.framed(piece) for piece in pieces]
    make_unsketched(archive, (*pieces, *copies))
    assert len(grouped(archive)) == 12
    new = desk.noted(pieces[0])
    store(archive, new)
    looked = 0
    while found := archive.find_stories(most=5, now=NOW):
        looked += found
    assert 0 < looked < 12, "the one that was stored took some along"
    assert len(grouped(archive)) == 6
    assert one_story(archive, pieces[0], copies[0], new)


def test_an_upgrade_leaves_what_is_held_to_be_judged(tmp_path: Path) -> None:
    older = next(path for path in schemas.dumps() if path.stem.startswith("m0016"))
    schemas.load(older, tmp_path / "older")
    with Archive.open(tmp_path / "older", upgrade=True) as archive:
        held = archive.status().articles
        assert held > 1
        assert archive.find_stories(now=NOW) == held
        assert archive.find_stories(now=NOW) == 0
