import pytest

from crawler.extract.lists.damage import is_damaged, is_truncated


@pytest.mark.parametrize(
    "title", ["A pier and ...", "A pier and…", "A pier [...]", "A pier and... "]
)
def test_cut_titles(title: str) -> None:
    assert is_truncated(title)


@pytest.mark.parametrize("title", ["A pier", "Wait... what?", "A pier."])
def test_whole_titles(title: str) -> None:
    assert not is_truncated(title)


@pytest.mark.parametrize(
    "title",
    [
        "Properties of nave cells",
        "The role of -catenin",
        "Schrdinger and his cat",
        "A caf\ufffd",
        "naÃ¯ve",
    ],
)
def test_damaged_titles(title: str) -> None:
    assert is_damaged(title)


@pytest.mark.parametrize(
    "title",
    ["Naïve cells", "β-catenin", "Navel oranges", "Crédit Industriel", "cell- based", "A - b"],
)
def test_sound_titles(title: str) -> None:
    assert not is_damaged(title)
