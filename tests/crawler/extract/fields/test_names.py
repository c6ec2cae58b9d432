import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.fields.names import is_slug, read_names, split_names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("byAnn Lee", ["Ann Lee"]),
        ("Byron Lee", ["Byron Lee"]),
        ("By ANN LEE, BO FINN and CY DOE-ROE", ["ANN LEE", "BO FINN", "CY DOE-ROE"]),
        ("Von Uwe Groß und Ina Klein", ["Uwe Groß", "Ina Klein"]),
        ("Kommentar von Uwe Groß", ["Uwe Groß"]),
        ("di Luca Verdi", ["Luca Verdi"]),
        ("Di Maio", ["Di Maio"]),
        (
            "Por Ana Gil y Luis Paz",
            ["Ana Gil", "Luis Paz"],
        ),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Par Anne Roux et Guy Blanc", ["Anne Roux", "Guy Blanc"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("文／山田太郎", ["山田太郎"]),
        ("김민수 기자 kim@tide.example", ["김민수"]),
        ("김민수,이영희", ["김민수", "이영희"]),
        ("Ann Lee | Evening Post | Nov 8, 2024, 10:05 am", ["Ann Lee", "Evening Post"]),
        ("Ann Lee, staff writer", ["Ann Lee"]),
        ("Uwe Groß Chefkorrespondent", ["Uwe Groß"]),
        ("Uwe Groß und Ina Klein, Nairobi", ["Uwe Groß", "Ina Klein"]),
        ("Ann Lee in Paris", ["Ann Lee"]),
        ("Ann Lee For Tide.Example", ["Ann Lee"]),
        ("By Ann Lee Published: 15:56, 27 April 2024", ["Ann Lee"]),
        ("By Ann Lee (ann@tide.example)", ["Ann Lee"]),
        ("Evening staff reporter", ["Evening staff reporter"]),
        ("admin", []),
        ("https://tide.example/author/ann", []),
        ("8 November 2024", []),
        ("{{author}}", []),
        ("", []),
    ],
)
def test_a_printed_byline_gives_its_names(printed: str, names: list[str]) -> None:
    assert split_names(printed) == names


@pytest.mark.parametrize(
    ("printed", "people", "agencies"),
    [
        ("Uwe Groß und Ina Klein, dpa", ("Uwe Groß", "Ina Klein"), ("dpa",)),
        ("AFP/dpa", (), ("AFP", "dpa")),
        ("Ann Lee (AP)", ("Ann Lee",), ("AP",)),
        ("By Associated Press", (), ("Associated Press",)),
    ],
)
def test_agencies_are_kept_apart(
    printed: str, people: tuple[str, ...], agencies: tuple[str, ...]
) -> None:
    names = read_names(printed)
    assert (names.people, names.agencies) == (people, agencies)


def test_each_is_named_once() -> None:
    assert read_names("Ann Lee", "By ANN LEE and Bo Finn").people == ("Ann Lee", "Bo Finn")


def test_an_accounts_name_is_told() -> None:
    assert is_slug("ann-lee")
    assert not is_slug("Ann Lee")


@given(st.text(max_size=300))
def test_no_text_raises_and_names_are_clean(text: str) -> None:
    for name in split_names(text):
        assert name == name.strip()
        assert name
