import pytest

from crawler.extract.lists.publishers import Beside, Credited, Line, credit, namelike, registrable

TITLES = ("A new pier", "The old pier", "No pier at all", "Piers of the north")


def credited(titles: list[str], *, alone: bool = True) -> list[Credited]:
    lines = [Line(title=title) for title in titles]
    return credit(lines, site="list.example", known={}, printed_alone=alone)


def test_a_dash_inside_titles_is_no_publisher() -> None:
    titles = [f"{title} - and what the harbour board makes of it now" for title in TITLES]
    assert [one.publisher for one in credited(titles)] == [None] * 4


def test_the_last_dash_parts_and_cut_ends_are_told() -> None:
    read = credited(
        ["A - B - The Tide", "C - The Tide", "D and nothing", "E of all -...", "F - Wire 9"]
    )
    assert [(one.title, one.publisher, one.cut) for one in read] == [
        ("A - B", "The Tide", False),
        ("C", "The Tide", False),
        ("D and nothing", None, False),
        ("E of all", None, True),
        ("F", "Wire 9", False),
    ]


def test_the_sites_own_name_after_each_link_is_left() -> None:
    read = credited([f"{title} | The Tide" for title in TITLES], alone=False)
    assert {one.publisher for one in read} == {None}


def test_the_domain_beside_a_link_is_its_publisher() -> None:
    lines = [
        Line(
            title=title,
            host="www.tide.example",
            beside=(
                Beside(kind=1, label="", text="(tide.example)"),
                Beside(kind=2, label="", text="12"),
            ),
        )
        for title in TITLES
    ]
    read = credit(lines, site="list.example", known={}, printed_alone=False)
    assert {one.publisher for one in read} == {"tide.example"}


@pytest.mark.parametrize("name", ["The Tide", "Nature.com", "新華社", "3sat"])
def test_names(name: str) -> None:
    assert namelike(name)


@pytest.mark.parametrize("text", ["", "and so on", "x" * 80, "A b c d e f g h i j", "12"])
def test_what_is_no_name(text: str) -> None:
    assert not namelike(text)


def test_registrable_domains() -> None:
    assert registrable("www.a.b.co.uk") == "b.co.uk"
    assert registrable("blog.abc.de") == "abc.de"
    assert registrable("news.tide.example") == "tide.example"


PAPERS = ("Hill Letters", "Meadow Post", "Daily Ram", "Hill Letters", "Meadow Post", "Daily Ram")


def rest_lines(form: str) -> list[Line]:
    """Make entries whose link holds the title alone; `form` is what follows it."""
    return [
        Line(
            title=f"Sheep number {day} climbs the hill",
            host="site.example",
            beside=(Beside(kind=1, label="li", text=form.format(paper, day)),),
            date_text=f"November {day}th, 2024",
        )
        for day, paper in enumerate(PAPERS, start=4)
    ]


@pytest.mark.parametrize(
    "form",
    ["- {} - November {}th, 2024", "– {}, November {}th, 2024", "({}) November {}th, 2024", "| {}"],
)
def test_a_publisher_between_the_title_s_link_and_the_date_is_found(form: str) -> None:
    parted = credit(rest_lines(form), site="site.example", known={}, printed_alone=False)
    assert tuple(one.publisher for one in parted) == PAPERS


@pytest.mark.parametrize("form", ["[{}]", "{} November {}th, 2024", "- sheep, and what they do -"])
def test_what_is_not_set_off_as_a_publisher_is_none(form: str) -> None:
    parted = credit(rest_lines(form), site="site.example", known={}, printed_alone=False)
    assert {one.publisher for one in parted} == {None}
