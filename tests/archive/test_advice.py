"""What people see where little or nothing was found: never silence."""

from datetime import UTC, datetime
from typing import Any

from archive import advice, query
from archive.advising import Advice
from archive.answers import Shown
from archive.guessing import Spelling
from archive.query import Asked, Here

HERE = Here(now=datetime(2026, 11, 22, tzinfo=UTC), zone=UTC, source_id=int)
ADVICE = Advice(missing=(), near=(), unmet=(), articles=1, headlines=2, without_filters=None)


def shown(words: str = "ferry", **given: Any) -> Shown:
    asked = query.build(Asked(words=words), HERE)
    assert asked is not None
    return Shown(query=asked, zone=UTC, source_names={1: "Lists"}, **given)


def nothing(words: str, **given: Any) -> str:
    found = advice.nothing_found(ADVICE._replace(**given), shown(words))
    return " ".join(found)


def test_nothing_found_says_what_was_searched_and_what_to_try() -> None:
    assert nothing("ferry -boat after:2024-11 before:2025 lang:en source:1") == (
        "Nothing found for ferry -boat, published from 2024-11-01 on and before 2025-01-01 "
        "(days in UTC), in en, from the list Lists, in 1 article and 2 headlines."
    )
    both = nothing("ferry boat")
    assert "Each of these words is there, but not together" in both
    near = (("fery", (Spelling(word="ferry", documents=1001), Spelling(word="fry", documents=2))),)
    out = nothing("fery boat", missing=("fery",), near=near)
    assert out.endswith(
        "Nothing has fery. Near spellings of fery: ferry (more than 1,000), fry (2)."
    )
    assert "Nothing has fery or boat." in nothing("fery boat", missing=("fery", "boat"))
    assert nothing("ferry lang:xx", unmet=("in the language xx",), without_filters=3).endswith(
        "Nothing is in the language xx. Without these conditions 3 would be found."
    )
    assert "backfile add URL" in nothing("ferry", articles=0, headlines=0)


def test_few_hits_offer_near_spellings() -> None:
    near = (("naive", (Spelling(word="nave", documents=1),)),)
    assert list(advice.little_found(ADVICE)) == []
    assert list(advice.little_found(ADVICE._replace(near=near))) == [
        "",
        "Near spellings of naive: nave (1).",
    ]
