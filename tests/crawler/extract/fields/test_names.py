import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.fields.names import is_slug, read_names, split_names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("Sponsored by Acme Corp", []),
        ("About Acme Therapies", []),
        ("Über Ann Lee", []),
        ("By Ann Lee 8 November 2024", ["Ann Lee"]),
        ("By Ann Lee and Bo Finn Nov 8, 2024 10:15 am", ["Ann Lee", "Bo Finn"]),
        ("Von Uwe Groß 08.11.2024", ["Uwe Groß"]),
        ("Guest contributor: Ann Lee", ["Ann Lee"]),
        ("Ana Gil. Traducción de Luis Paz", ["Ana Gil"]),
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
        ("By Ann Lee, Bo Finn, and Cy Dunn", ["Ann Lee", "Bo Finn", "Cy Dunn"]),
        ("Ann Lee & Bo Finn", ["Ann Lee", "Bo Finn"]),
        ("By Dr. Ann Lee", ["Dr. Ann Lee"]),
        ("Ann Lee, Ph.D.", ["Ann Lee"]),
        ("By Bo Finn, Jr. and Ann Lee", ["Bo Finn Jr.", "Ann Lee"]),
        ("By J. K. Roe", ["J. K. Roe"]),
        ("By Conor O'Brien", ["Conor O'Brien"]),
        ("By Anne-Marie de la Cruz", ["Anne-Marie de la Cruz"]),
        ("By Ann Lee in London and Bo Finn in Paris", ["Ann Lee", "Bo Finn"]),
        ("By Ann Lee on March 5, 2024", ["Ann Lee"]),
        ("Ann Lee • 3 min read", ["Ann Lee"]),
        ("By Ann Lee@annlee", ["Ann Lee"]),
        ("<a href='/ann'>Ann Lee</a>", ["Ann Lee"]),
        ("Posted by Ann Lee", ["Ann Lee"]),
        ("Submitted by Ann Lee on Tue, 05/03/2026 - 10:15", ["Ann Lee"]),
        ("Guest post by Ann Lee", ["Ann Lee"]),
        ("As told to Ann Lee", ["Ann Lee"]),
        ("Authors: Ann Lee, Bo Finn", ["Ann Lee", "Bo Finn"]),
        ("Contributor: Ann Lee", ["Ann Lee"]),
        ("Author Lee", ["Author Lee"]),
        ("Reporting by Ann Lee; Editing by Bo Finn", ["Ann Lee"]),
        ("By Ann Lee Photos by Bo Finn", ["Ann Lee"]),
        ("Photos by Bo Finn, text by Ann Lee", ["Ann Lee"]),
        ("Text: Uwe Groß, Foto: Ina Klein", ["Uwe Groß"]),
        ("Translated by Bo Finn", []),
        ("Di Carla Conti e Ugo Bassi", ["Carla Conti", "Ugo Bassi"]),
        ("a cura di Redazione", ["Redazione"]),
        ("Par Anne Roux, envoyée spéciale à Lyon", ["Anne Roux"]),
        ("Propos recueillis par Guy Blanc", ["Guy Blanc"]),
        ("Door Jan de Vries", ["Jan de Vries"]),
        ("Av Kari Nes og Ola Dal", ["Kari Nes", "Ola Dal"]),
        ("Tekst: Kari Nes Foto: Ola Dal", ["Kari Nes"]),
        ("Napisał Jan Kowal", ["Jan Kowal"]),
        ("Piše: Ana Horvat", ["Ana Horvat"]),
        ("Yazan: Ali Kaya", ["Ali Kaya"]),
        ("Oleh: Budi Santoso", ["Budi Santoso"]),
        ("Bởi Nguyễn An", ["Nguyễn An"]),
        ("بقلم: أحمد علي", ["أحمد علي"]),
        ("מאת: דוד לוי", ["דוד לוי"]),
        ("लेखक: राम शर्मा", ["राम शर्मा"]),
        ("王小明 著", ["王小明"]),
        ("記者王小明／台北報導", ["王小明"]),
        ("【記者王小明台北報導】", ["王小明"]),
        ("本报记者 王小明", ["王小明"]),
        ("編集委員 山田太郎", ["山田太郎"]),
        ("文・山田太郎", ["山田太郎"]),
        ("[저녁신문 김민수 기자]", ["김민수"]),
        ("저녁신문=김민수", ["김민수"]),
        ("View all posts by Ann Lee", ["Ann Lee"]),
        ("Interview: Ann Lee", ["Ann Lee"]),
        ('name":"Ann Lee" }', []),
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
        ("Par Ann Lee, avec AFP — Publié le 3 mai 2026", ("Ann Lee",), ("AFP",)),
        ("By Associated Press", (), ("Associated Press",)),
        ("Associated Press staff", (), ("Associated Press",)),
        ("Press Trust of India", (), ("Press Trust of India",)),
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


@pytest.mark.parametrize(
    ("printed", "person"),
    [
        ("Ann Lee is a reporter", "Ann Lee"),
        ("Ann Lee has covered the harbour since 2011", "Ann Lee"),
        ("By the Editorial Board", "Editorial Board"),
        ("By Martin King Jr.", "Martin King Jr."),
        ("By Martin King, Jr., staff writer", "Martin King Jr."),
    ],
)
def test_a_name_is_freed_of_what_is_said_of_it_and_keeps_its_own_marks(
    printed: str, person: str
) -> None:
    assert read_names(printed).people == (person,)
