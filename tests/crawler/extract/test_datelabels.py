import pytest

from crawler.extract.datelabels import OTHER_LABEL, PUBLISHED_LABEL, UPDATED_LABEL


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
