"""Finding the story that a text belongs to: sketches bring candidates, their texts decide.

    text ▸ sketch ▸ articles with the same shingles, the rarest first ▸ texts compared ▸ story

A story of several is joined where the text is near to its leading article, or to half of what else
of it is looked at: never by way of one member alone, so that a round-up of five stories does not
make one of them. Two stories become one only if their leading articles are near. Functions run in
the caller's transaction.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from archive import sketches, stories
from archive.nearness import Leaf, Nearness, compare, rank
from archive.rows import number
from archive.stories import TieKind
from archive.urls import site

if TYPE_CHECKING:
    from sqlite_utils import Database

# Articles that fell out of a story together are judged again at once, so many at most.
PARTED = 200
# How many candidates are looked at, and how many texts are compared at most: a copy shares the
# rarest shingles and comes first, and each comparison costs as much as the sketch.
CANDIDATES, COMPARED = 12, 6
# Stories that were found not to be the text's before the search is given up.
FRUITLESS = 2
# A shingle that so many articles outside of a story have is not the story's own.
COMMON = 4
# Of how much of a sketch's rare shingles a candidate must have one.
RARE = 3
# Texts that a changed one is compared with again: the story stays together by the others' ties.
COMPARED_AGAIN = 20
# Articles of before that are sketched along with each that is stored: some milliseconds.
CAUGHT_UP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The story that a text belongs to."""

    article_id: int
    """The article that it is nearest to."""
    part: float
    reason: str


@dataclass(slots=True, kw_only=True)
class _Search:
    """One text's search for its story."""

    db: "Database"
    article_id: int
    leaf: Leaf
    holders: Sequence[Sequence[int]]
    now: datetime
    left: int = COMPARED
    seen: dict[int, Nearness] = field(default_factory=dict)

    def near(self, other_id: int, own: frozenset[int]) -> Nearness | None:
        """Compare with an article, once, and note a tie; None where enough was compared."""
        if other_id not in self.seen:
            if self.left == 0:
                return None
            self.left -= 1
            other = load(self.db, other_id)
            found = compare(self.leaf, other, common=self._common(own))
            self.seen[other_id] = found
            if found.near:
                pair = self.article_id, other_id
                stories.tie(self.db, *pair, TieKind.NEAR, part=found.part, now=self.now)
        return self.seen[other_id]

    def _common(self, own: frozenset[int]) -> frozenset[int]:
        """Give the marks of shingles that many articles outside of a story have."""
        pairs = zip(self.leaf.shingled.lowest, self.holders, strict=True)
        return frozenset(
            mark for mark, held in pairs if len(held) >= COMMON and len({*held} - own) >= COMMON
        )


def judge(db: "Database", article_id: int, leaf: Leaf, *, now: datetime) -> Found | None:
    """Sketch an article's text, find its story and join it; None where it has one of its own.

    What was found for an earlier text of the article is taken out first. Joins nothing that was
    parted by hand.
    """
    stories.forget_nearness(db, article_id)
    keep_sketch(db, article_id, leaf)
    holders = sketches.holders(db, leaf.shingled.sketch, besides=article_id)
    candidates = _candidates(holders)
    if not candidates:
        return None
    search = _Search(db=db, article_id=article_id, leaf=leaf, holders=holders, now=now)
    return _first_joined(search, candidates)


def judge_again(db: "Database", article_id: int, leaf: Leaf, *, now: datetime) -> Found | None:
    """Judge an article whose text has changed: out of its story if nothing holds it there.

    What the old text was near to is compared with the new one. What is in a story still stays; what
    falls out of one looks for another, and so does (later) what only this article held to it.
    """
    keep_sketch(db, article_id, leaf)
    before = stories.near(db, article_id)
    stories.forget_nearness(db, article_id)
    for other in before[:COMPARED_AGAIN]:
        found = compare(leaf, load(db, other))
        if found.near:
            stories.tie(db, article_id, other, TieKind.NEAR, part=found.part, now=now)
    story_id = stories.story_of(db, article_id)
    stories.regroup(db, story_id, now=now)
    story_id = stories.story_of(db, article_id)
    stories.elect(db, story_id)
    if len(stories.members(db, story_id)) > 1:
        return None
    return judge(db, article_id, leaf, now=now)


def keep_sketch(db: "Database", article_id: int, leaf: Leaf) -> None:
    """Keep the sketch of an article whose story is known."""
    sketches.write(db, article_id, leaf.shingled.sketch)
    db.execute("DELETE FROM unjudged WHERE article_id = ?", (article_id,))


def catch_up(db: "Database", *, most: int = CAUGHT_UP, now: datetime) -> int:
    """Sketch and judge articles that were stored without; gives how many."""
    rows = db.execute(
        "DELETE FROM unjudged WHERE article_id IN (SELECT article_id FROM unjudged LIMIT ?) "
        "RETURNING article_id",
        (most,),
    ).fetchall()
    for row in rows:
        judge(db, row["article_id"], load(db, row["article_id"]), now=now)
    return len(rows)


def part(db: "Database", article_id: int, *, now: datetime) -> None:
    """Take an article out of its story by hand; what held to it alone looks for its story anew.

    Raises UsageError for an article that is alone in its story.
    """
    stories.part_by_hand(db, article_id, now=now)
    catch_up(db, most=PARTED, now=now)


def load(db: "Database", article_id: int) -> Leaf:
    """Give an article that is held as comparing needs it."""
    row = db.execute(
        "SELECT url, title, text, CASE WHEN published_precision NOT IN ('year', 'month', 'week') "
        "THEN published END AS published FROM articles WHERE id = ?",
        (article_id,),
    ).fetchone()
    day = row["published"]
    return Leaf(
        text=row["text"],
        title=row["title"],
        site=site(row["url"]),
        day=date.fromisoformat(day[:10]) if day else None,
    )


def _candidates(holders: Sequence[Sequence[int]]) -> list[int]:
    """Give the articles to look at, the likeliest first.

    Where the text has shingles that few others have, only those count that share one of them: the
    rest have the template, and not the news.
    """
    rare = {at for at, held in enumerate(holders) if len(held) < sketches.READ}
    telling = rare if len(rare) >= RARE else range(len(holders))
    likely = {article for at in telling for article in holders[at]}
    ranked = rank(dict(enumerate(holders)), most=CANDIDATES + sketches.READ)
    return [article for article in ranked if article in likely][:CANDIDATES]


def _first_joined(search: _Search, candidates: Sequence[int]) -> Found | None:
    """Join the first story that the text belongs to, and what becomes one with it."""
    best: Found | None = None
    fruitless = 0
    for story_id, candidate in _by_story(search.db, candidates):
        if fruitless == FRUITLESS:
            break
        own = frozenset(stories.members(search.db, story_id)) - {search.article_id}
        found = search.near(candidate, own)
        if found is None or not found.near or not _belongs(search, story_id, candidate, own):
            fruitless += 1
        elif best is not None:
            _merge(search, candidate, found)
        elif stories.join(search.db, search.article_id, candidate):
            reason = f"{found.reason} of article {candidate}"
            best = Found(article_id=candidate, part=found.part, reason=reason)
    return best


def _by_story(db: "Database", candidates: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the candidates' stories, each with its likeliest member."""
    rows = db.execute(
        "SELECT id, story_id FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(candidates)),),
    )
    story = {row["id"]: number(row["story_id"]) for row in rows}
    seen: set[int] = set()
    for candidate in candidates:
        if candidate in story and story[candidate] not in seen:
            seen.add(story[candidate])
            yield story[candidate], candidate


def _belongs(search: _Search, story_id: int, candidate: int, own: frozenset[int]) -> bool:
    """Tell whether the text is near to the story, not to one of its members alone."""
    others = own - {candidate}
    if not others:
        return True
    lead = stories.lead(search.db, story_id)
    to_lead = search.near(lead, own) if lead in own else None
    if to_lead is not None and to_lead.near and not to_lead.excerpt:
        return True
    looked = [found for other in sorted(others) if (found := search.near(other, own))]
    near = sum(found.near for found in looked)
    excerpt = search.seen[candidate].excerpt or any(found.excerpt for found in looked)
    return near > 0 and (near == len(looked) if excerpt else 2 * near >= len(looked))


def _merge(search: _Search, candidate: int, nearness: Nearness) -> None:
    """Join one more story where its leading article is near to that of the text's story."""
    db = search.db
    if nearness.excerpt:
        return
    ours = stories.lead(db, stories.story_of(db, search.article_id))
    theirs = stories.lead(db, stories.story_of(db, candidate))
    if ours == theirs:
        return
    found = compare(load(db, ours), load(db, theirs))
    if found.near and not found.excerpt and stories.join(db, ours, theirs):
        stories.tie(db, ours, theirs, TieKind.NEAR, part=found.part, now=search.now)
