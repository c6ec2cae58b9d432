import pytest

from crawler.extract.fields.agencies import is_agency


@pytest.mark.parametrize(
    "name",
    ["dpa", "DPA", "AP", "The Associated Press", "Anadolu Ajansı", "共同通信", "(Reuters)"],
)
def test_agencies_are_known_in_all_their_forms(name: str) -> None:
    assert is_agency(name)


@pytest.mark.parametrize("name", ["Ann Lee", "Evening Post", "Sid", "Uni", "ap", ""])
def test_others_are_none(name: str) -> None:
    assert not is_agency(name)
