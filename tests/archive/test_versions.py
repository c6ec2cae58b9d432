"""Differences by words: they lose nothing, mark little, and stay cheap for long texts."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.versions import Piece, PieceKind, differences, hunks


def marked(old: str, new: str) -> str:
    marks = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "<+{}+>"}
    return "".join(marks[piece.kind].format(piece.text) for piece in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("The ferry sails.", "The ferry sails.", "The ferry sails."),
        ("", "A ferry", "<+A ferry+>"),
        ("A ferry", "", "[-A ferry-]"),
        ("killed 12 people", "killed 14 people", "killed [-12-]<+14+> people"),
        ("costs 1,200 now", "costs 1,300 now", "costs [-1,200-]<+1,300+> now"),
        ("It sails.", "It sails, then.", "It sails<+, then+>."),
        ("He came. They sat.", "He came. She left. They sat.", "He came. <+She left. +>They sat."),
        ("He came. They sat.", "He came. They ate. They sat.", "He came. <+They ate. +>They sat."),
        ("One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "One.\n\n<+Two.\n\n+>Three."),
        ("One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\n[-Two.\n\n-]Three."),
        ("有12人死亡。", "有14人死亡。", "有[-12-]<+14+>人死亡。"),
        ("今天的船开了", "昨天的船开了", "[-今-]<+昨+>天的船开了"),
        ("कल नाव चली", "आज नाव चली", "[-कल-]<+आज+> नाव चली"),
        ("เรือออกวันนี้", "เรือออกวันศุกร์", "เรือออกวัน[-นี้-]<+ศุกร์+>"),
        ("it isn't so", "it wasn't so", "it [-isn't-]<+wasn't+> so"),
    ],
)
def test_what_changed_is_marked_and_no_more(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_words_shared_by_chance_are_not_kept() -> None:
    old = "He said that the mayor of the town had gone."
    new = "She wrote how the clerk of the port was sent."
    assert marked(old, new) == f"[-{old[:-1]}-]<+{new[:-1]}+>."


WORDS = st.lists(
    st.sampled_from(["a", "b", "the", " ", "\n", "\n\n", ".", "船", "12", "é"]), max_size=40
)
TEXTS = st.one_of(st.text(), WORDS.map("".join))


@given(TEXTS, TEXTS)
@example("a\n\na", "a\n\na\n\na")
@example("\n\n", "0\n\n0\n\n")
def test_both_texts_come_out_whole(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.ADDED) == old
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.REMOVED) == new
    assert all(piece.text for piece in pieces)
    assert all(one.kind is not other.kind for one, other in pairwise(pieces))
    changed = [piece for piece in pieces if piece.kind is not PieceKind.SAME]
    assert bool(changed) == (old != new)


@given(TEXTS, TEXTS, st.integers(min_value=0, max_value=30))
def test_hunks_hold_every_change_once_and_little_else(old: str, new: str, context: int) -> None:
    pieces = differences(old, new)
    rows = hunks(pieces, context=context)
    changed = [piece for row in rows for piece in row if piece.kind is not PieceKind.SAME]
    assert changed == [piece for piece in pieces if piece.kind is not PieceKind.SAME]
    for row in rows:
        assert all(len(p.text) <= 2 * context for p in row if p.kind is PieceKind.SAME)


def test_hunks_cut_at_blanks_and_join_what_is_near() -> None:
    words = [f"word{number}" for number in range(60)]
    changed = list(words)
    changed[5] = changed[8] = changed[50] = "other"
    rows = hunks(differences(" ".join(words), " ".join(changed)), context=24)
    assert ["".join(piece.text for piece in row).split(" ")[0] for row in rows] == [
        "word2",
        "word47",
    ]
    assert Piece(text=" word6 word7 ", kind=PieceKind.SAME) in rows[0]


LONG = 100_000


def rewritten(seed: int, vocabulary: list[str], joint: str) -> str:
    return joint.join(random.Random(seed).choices(vocabulary, k=LONG // 5))[:LONG]


@pytest.mark.parametrize(
    ("vocabulary", "joint"),
    [
        ([f"w{number}" for number in range(3000)], " "),
        (["the", "of", "and"], " "),
        (["船", "的", "人"], ""),
        (["a", "b"], "\n"),
    ],
    ids=["words", "few words", "characters", "lines"],
)
def test_two_long_texts_without_anything_in_common_take_no_time(
    vocabulary: list[str], joint: str
) -> None:
    before, after = rewritten(1, vocabulary, joint), rewritten(2, vocabulary, joint)
    start = time.process_time()
    differences(before, after)
    # A tenth of this on a quiet machine; the square of the length takes hours.
    assert time.process_time() - start < 20


def test_a_long_text_with_many_small_changes_has_each_of_them() -> None:
    words = rewritten(3, [f"w{number}" for number in range(3000)], " ").split()
    changed = [f"{word}x" if place % 100 == 50 else word for place, word in enumerate(words)]
    pieces = differences(" ".join(words), " ".join(changed))
    added = [piece.text for piece in pieces if piece.kind is PieceKind.ADDED]
    assert added == [word for word in changed if word.endswith("x")]
