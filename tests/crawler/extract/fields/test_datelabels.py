import pytest

from crawler.extract.fields.datelabels import (
    OTHER_LABEL,
    PUBLISHED_LABEL,
    PUBLISHED_VERB,
    UPDATED_LABEL,
    UPDATED_VERB,
)


@pytest.mark.parametrize(
    "label",
    ["Published: ", "First published on ", "Veröffentlicht am ", "Publié le ", "公開：", "입력 "],
)
def test_labels_of_a_publication(label: str) -> None:
    assert PUBLISHED_LABEL.search(label)
    assert not UPDATED_LABEL.search(label)


@pytest.mark.parametrize("label", ["Last updated ", "Stand: ", "Mis à jour le ", "更新日："])
def test_labels_of_a_change(label: str) -> None:
    assert UPDATED_LABEL.search(label)


def test_a_label_stands_right_before_its_date() -> None:
    assert not PUBLISHED_LABEL.search("Published by Ann Lee, ")
    assert not UPDATED_LABEL.search("Verstand: ")
    assert OTHER_LABEL.search("valid until ")


def test_a_verb_behind_the_date_labels_it() -> None:
    assert PUBLISHED_VERB.match(" um 12:00 Uhr veröffentlicht und unter Hafen abgelegt.")
    assert PUBLISHED_VERB.match("に公開")
    assert UPDATED_VERB.match(" um 12:00 Uhr zuletzt bearbeitet.")
    assert not PUBLISHED_VERB.match(". Veröffentlicht wurde nichts")
    assert not PUBLISHED_VERB.match(" sagte sie in einem Buch, das sie im Mai veröffentlicht")
