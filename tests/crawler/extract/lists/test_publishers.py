import pytest

from crawler.extract.lists.publishers import Beside, Credited, Line, credit

ENDS = ("Day", "Tide", "Isle", "Port")
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


def test_names_that_come_again_are_a_habit_of_links_with_and_without_them() -> None:
    titles = [f"{title} - {name}" for title in TITLES for name in ("The Tide", "The Isle")]
    bare = [f"{title}, again" for title in TITLES] + ["A harbour", "A berth", "A buoy"]
    read = credited([*titles, *bare], alone=False)
    assert [one.publisher for one in read] == ["The Tide", "The Isle"] * 4 + [None] * 7


def test_dashes_of_some_links_are_none() -> None:
    titles = [f"{title} - {end}" for title, end in zip(TITLES, ENDS, strict=True)]
    bare = ["A harbour", "A berth", "A buoy"]
    read = credited([*titles, *bare], alone=False)
    assert {one.publisher for one in read} == {None}


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


PAPERS = ("Hill Letters", "Meadow Post", "Daily Ram", "Hill Letters", "Meadow Post", "Daily Ram")


SECTIONS = ("Hill", "Meadow", "Rams and ewes", "Hill", "Meadow", "Rams and ewes")


def rest_lines(form: str, names: tuple[str, ...] = PAPERS) -> list[Line]:
    """Make entries whose link holds the title alone; `form` is what follows it."""
    return [
        Line(
            title=f"Sheep number {day} climbs the hill",
            host="site.example",
            beside=(Beside(kind=1, label="li", text=form.format(paper, day)),),
            date_text=f"November {day}th, 2024",
        )
        for day, paper in enumerate(names, start=4)
    ]


@pytest.mark.parametrize(
    "form",
    ["- {} - November {}th, 2024", "– {}, November {}th, 2024", "({}) November {}th, 2024", "| {}"],
)
def test_a_publisher_between_the_title_s_link_and_the_date_is_found(form: str) -> None:
    parted = credit(rest_lines(form), site="site.example", known={}, printed_alone=False)
    assert tuple(one.publisher for one in parted) == PAPERS


@pytest.mark.parametrize(
    "form",
    ["[{}]", "{} November {}th, 2024", "- sheep, and what they do -", "November {1}th, 2024 | {0}"],
)
def test_what_is_not_set_off_as_a_publisher_is_none(form: str) -> None:
    lines = rest_lines(form, SECTIONS)
    parted = credit(lines, site="site.example", known={}, printed_alone=False)
    assert {one.publisher for one in parted} == {None}


HOSTS = ("letters.example", "meadowpost.example", "ram.example") * 2


def lines_beside(*texts: str, named: tuple[str, ...] = PAPERS) -> list[Line]:
    """Make entries that link to the papers' sites; each text stands at a place of its own."""
    return [
        Line(
            title=f"Sheep number {day} climbs the hill",
            host=host,
            beside=tuple(
                Beside(kind=n, path=n, label="", text=text.format(p=paper, d=day))
                for n, text in enumerate(texts)
            ),
            date_text=f"May {day}, 2024",
        )
        for day, (paper, host) in enumerate(zip(named, HOSTS, strict=True), start=4)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("{p}",),
        ("({p})", "May {d}, 2024"),
        ("{p}, May {d}, 2024",),
        ("May {d}, 2024 | {p}",),
        ("Sport", "Number {d}", "{p} •"),
        ("May {d}, 2024 via {p}",),
        ("Read the full story at {p}",),
        ("PDF, {d} kB", "{p}"),
    ],
)
def test_a_name_that_goes_with_the_link_s_host_is_found_at_any_place(
    texts: tuple[str, ...],
) -> None:
    read = credit(lines_beside(*texts), site="list.example", known={}, printed_alone=False)
    assert tuple(one.publisher for one in read) == PAPERS


def test_authors_beside_links_to_other_sites_are_no_publishers() -> None:
    authors = ("Ann Author", "Bo Writer", "Bo Writer", "Cy Pen", "Ann Author", "Cy Pen")
    lines = lines_beside("{p}", "May {d}, 2024", named=authors)
    read = credit(lines, site="list.example", known={}, printed_alone=False)
    assert tuple(one.publisher for one in read) == HOSTS


@pytest.mark.parametrize("form", ["{}: {}", "[{}] {}", "【{}】{}", "{} – {}", "{} | {}"])
def test_names_before_titles_need_a_voucher(form: str) -> None:
    def read(names: tuple[str, ...], hosts: tuple[str, ...]) -> list[tuple[str, str | None]]:
        lines = [
            Line(title=form.format(name, f"Sheep number {n} climbs"), host=host)
            for n, (name, host) in enumerate(zip(names, hosts, strict=True))
        ]
        parted = credit(lines, site="list.example", known={}, printed_alone=False)
        return [(one.title, one.publisher) for one in parted]

    whole = [(f"Sheep number {n} climbs", paper) for n, paper in enumerate(PAPERS)]
    assert read(PAPERS, HOSTS) == whole
    own_site = ("list.example",) * 6
    assert {publisher for _, publisher in read(SECTIONS, own_site)} == {None}


def test_links_that_all_lead_to_one_other_site_name_no_publisher() -> None:
    lines = [Line(title=title, host="mail.example") for title in TITLES]
    read = credit(lines, site="list.example", known={}, printed_alone=False)
    assert {one.publisher for one in read} == {None}


def test_names_after_links_that_their_hosts_are_called_by_are_publishers() -> None:
    names = ("The Tide", "Isle Courier", "Wire Nine")
    hosts = ("www.thetide.example", "islecourier.example", "wirenine.example")
    pairs = list(zip(TITLES, names, hosts, strict=False))
    lines = [Line(title=f"{title} | {name}", host=host) for title, name, host in pairs]
    read = credit(lines, site="list.example", known={}, printed_alone=False)
    assert [(one.title, one.publisher) for one in read] == [
        (title, name) for title, name, _ in pairs
    ]
    topics = [Line(title=f"{title} | Weather {title}", host=host) for title, _, host in pairs]
    read = credit(topics, site="list.example", known={}, printed_alone=False)
    assert [one.title for one in read] == [line.title for line in topics]
