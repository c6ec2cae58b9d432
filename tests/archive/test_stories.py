"""Members, and which of them leads, after each arrival."""

from archive import Archive
from tests.archive.making import NOW, STORY, article, reading

ORIGINAL = "https://paper.example/ferry"


def store(archive: Archive, url: str, text: str = STORY, *, original: str | None = None) -> int:
    page = reading(article(url, text), original=original)
    decision = archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)
    assert decision is not None
    return decision.article_id


def lead(archive: Archive, article_id: int) -> int:
    """Give the id of the article that leads another's story."""
    members = archive.article(article_id).members
    return next((member.id for member in members if member.leads), article_id)


def test_every_article_has_a_story_that_it_leads(archive: Archive) -> None:
    for number in range(3):
        store(archive, f"https://paper.example/{number}", f"Text {number} of its own.")
    assert [lead(archive, number) for number in (1, 2, 3)] == [1, 2, 3]
    assert archive.status().stories == 3


def test_the_publisher_takes_the_lead_from_the_aggregator(archive: Archive) -> None:
    post = store(archive, "https://aggregator.example/post", "Excerpt.", original=ORIGINAL)
    assert lead(archive, post) == post
    publisher = store(archive, ORIGINAL)
    assert lead(archive, post) == publisher


def test_stories_are_merged_with_all_their_members(archive: Archive) -> None:
    one = store(archive, "https://copy.example/1")
    two = store(archive, "https://copy.example/2")
    post = store(archive, "https://aggregator.example/post", "Excerpt.", original=ORIGINAL)
    store(archive, "https://aggregator.example/again", "Excerpt.", original=ORIGINAL)
    original = store(archive, ORIGINAL)
    assert archive.status().stories == 1
    members = {member.id for member in archive.article(original).members}
    assert members == {one, two, post, 4}
    assert lead(archive, post) == one, "the first copy that attributes its text to nobody"
