"""One story or two: copies are told from what one template made, in both directions."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.nearness import Leaf, compare, rank
from archive.sketch import shingle
from tests.archive.newsroom import ChineseDesk, Desk, Piece, siblings

FAMILIES = dict(siblings(Desk(21)))
LANGUAGES = {"english": Desk, "chinese": ChineseDesk}
# Wire copy of a template's few lines is written anew, and a paragraph of it is all of one.
WHOLE = ("framed", "noted", "styled", "cut", "framed and styled")


def leaf(piece: Piece) -> Leaf:
    return Leaf(text=piece.text, title=piece.title, site=piece.site, day=piece.day)


def near(one: Piece, other: Piece) -> bool:
    return compare(leaf(one), leaf(other)).near


@pytest.mark.parametrize("family", FAMILIES)
def test_twelve_by_one_template_are_twelve_stories(family: str) -> None:
    for one, other in combinations(FAMILIES[family], 2):
        assert not near(one, other), (one.title, other.title)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("way", WHOLE)
def test_copies_of_what_a_template_made_are_one_story(family: str, way: str) -> None:
    desk = (ChineseDesk if family.startswith("han") else Desk)(24)
    for piece in FAMILIES[family][:5]:
        assert near(piece, desk.ways[way](piece)), piece.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_copies_are_one_story_and_strangers_are_not(language: str) -> None:
    desk = LANGUAGES[language](23)
    for paragraphs in (10, 18, 30):
        piece, stranger = desk.article(paragraphs), desk.article(paragraphs)
        for name in (*WHOLE, "cut and framed"):
            copied = desk.ways[name](piece)
            assert near(piece, copied), name
            assert near(copied, piece), name
            assert not near(stranger, copied), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["excerpt", "updated"])
def test_most_excerpts_and_later_takes_are_found(language: str, way: str) -> None:
    desk = LANGUAGES[language](23)
    pieces = [desk.article(24) for _ in range(40)]
    assert sum(near(piece, desk.ways[way](piece)) for piece in pieces) >= 37


def test_a_translation_is_another_text() -> None:
    ferry = "渡轮将从周日起恢复开往各岛，公司周五表示。岛民自两年前航班减少以来一直要求恢复。" * 6
    piece = Desk(22).article()
    assert not near(piece, replace(piece, text=ferry))


def test_a_round_up_is_not_the_stories_that_it_excerpts() -> None:
    desk = Desk(22)
    pieces = [desk.article() for _ in range(5)]
    whole = desk.round_up(pieces)
    assert not any(near(whole, piece) for piece in pieces)


def test_what_is_quoted_whole_by_a_longer_text_is_an_excerpt_of_it() -> None:
    desk = Desk(22)
    brief = desk.article(5)
    whole = replace(desk.article(20), text="\n\n".join((*desk.paragraphs(9), brief.text)))
    found = compare(leaf(whole), leaf(brief))
    assert found.near
    assert found.excerpt
    assert not compare(leaf(replace(whole, title=brief.title)), leaf(brief)).excerpt


def test_a_standing_end_longer_than_the_news_is_no_copy() -> None:
    desk = Desk(22)
    end = "\n\n".join(desk.paragraphs(12))
    one, other = (desk.article(text="\n\n".join((*desk.paragraphs(5), end))) for _ in range(2))
    assert not near(one, other)


def test_what_many_others_have_counts_for_nothing() -> None:
    desk = Desk(22)
    notice = desk.paragraphs(12)
    one, other = (
        desk.article(text="\n\n".join((*desk.paragraphs(2), *notice, *desk.paragraphs(2))))
        for _ in range(2)
    )
    held = frozenset(shingle("\n\n".join(notice)).lowest)
    assert near(one, other)
    assert not compare(leaf(one), leaf(other), common=held).near


def test_a_copy_of_what_is_all_common_is_a_copy() -> None:
    desk = Desk(22)
    piece = desk.article(8)
    common = frozenset(shingle(piece.text).lowest)
    assert compare(leaf(piece), leaf(desk.framed(piece)), common=common).near


def test_the_same_release_of_another_quarter_is_another_story_also_for_one_site_later() -> None:
    desk = Desk(22)
    piece = desk.article()
    words = piece.text.split(" ")
    numbers = [at for at, word in enumerate(words) if word[0].isdigit()]
    for at in numbers[:6]:
        words[at] = desk.number()
    changed = replace(piece, text=" ".join(words))
    later = replace(changed, day=piece.day + timedelta(days=91))
    assert not near(piece, later), "six amounts, a quarter on, at one site"


def test_a_reason_is_given_in_words() -> None:
    desk = Desk(22)
    piece = desk.article()
    assert compare(leaf(piece), leaf(desk.framed(piece))).reason == "near, 100 % of the words"
    first, second = FAMILIES["results"][:2]
    assert "other names and numbers" in compare(leaf(first), leaf(second)).reason


@given(st.text(), st.text())
def test_any_two_texts_are_compared_alike_both_ways(one: str, other: str) -> None:
    leaves = Leaf(text=one, day=date(2024, 1, 1)), Leaf(text=other, title=one)
    assert compare(*leaves).near == compare(*reversed(leaves)).near


@given(st.integers(0, 10_000))
def test_being_near_does_not_depend_on_who_came_first(seed: int) -> None:
    desk = Desk(seed)
    piece = desk.article(desk.random.randint(2, 12))
    way = desk.random.choice(list(desk.ways.values()))
    one, other = leaf(piece), leaf(way(piece))
    there, back = compare(one, other), compare(other, one)
    assert (there.near, there.part, there.excerpt) == (back.near, back.part, back.excerpt)


def test_the_article_that_shares_what_is_rare_ranks_first() -> None:
    holders = {0: range(1, 13), 1: range(1, 13), 2: range(1, 13), 3: (40,), 4: (7, 8)}
    assert rank(holders, most=3) == [40, 7, 8]
