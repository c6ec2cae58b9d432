import pytest

from crawler.extract.lists.textlines import (
    Row,
    definitions_of,
    line_of,
    rows_of_text,
    without_bullet,
)


@pytest.mark.parametrize(
    ("line", "bullet"),
    [
        *[("- A", "-"), ("• A", "•"), ("12. A", "1"), ("3) A", "1"), ("A", ""), ("2024 in A", "")],
        *[("[3] A", "1"), ("(3) A", "1"), ("+ A", "+")],
    ],
)
def test_bullets(line: str, bullet: str) -> None:
    assert without_bullet(line)[0] == bullet


def test_rows_know_what_stands_around_them() -> None:
    text = "Title\n=====\n\n  set  in\nA\tB\n"
    assert list(rows_of_text(text)) == [
        Row(text="Title", length=5, underlined=True),
        Row(text="set in", gap=True, indent=2, length=9),
        Row(text="A B", length=3, columns="A | B"),
    ]


@pytest.mark.parametrize(
    ("text", "body", "url"),
    [
        ("> - A title", "A title", None),
        ("- **A title** - *Paper*", "A title - Paper", None),
        ("| A title | Paper |", "A title | Paper", None),
        ("| 12 | A title | Paper |", "A title | Paper", None),
        ("## A title", "A title", None),
        ("A title <https://news.example/a>", "A title", "https://news.example/a"),
        ("A title - https://news.example/a.", "A title", "https://news.example/a"),
        ("https://news.example/a", "", "https://news.example/a"),
        ("[A title](https://news.example/a_(b)) - Paper", "A title - Paper", "https://news.example/a_(b)"),
        ('[A title](https://news.example/a "Hover")', "A title", "https://news.example/a"),
        ("[A title][x] - Paper", "A title - Paper", "https://news.example/x"),
        ("A [long] title [sic]", "A [long] title [sic]", None),
    ],
)  # fmt: skip
def test_what_stands_around_a_body_is_taken_off(text: str, body: str, url: str | None) -> None:
    line = line_of(Row(text=text), {"x": "https://news.example/x"})
    assert (line.body, line.url) == (body, url)


def test_the_link_of_the_publisher_is_not_the_headlines() -> None:
    line = line_of(
        Row(text="A title of some length and more of it - [Paper](https://paper.example/)")
    )
    assert line.body == "A title of some length and more of it - Paper"
    assert (line.url, line.linked) == (None, None)


def test_definitions() -> None:
    text = (
        "A [title][One]\n\n[One]: https://news.example/1 'Title'\n  [two]: <https://news.example/2>"
    )
    assert definitions_of(text) == {
        "one": "https://news.example/1",
        "two": "https://news.example/2",
    }


@pytest.mark.parametrize("text", ["Latest:", "## News", "Title | Publisher | Date"])
def test_headings(text: str) -> None:
    assert line_of(Row(text=text)).is_heading


def lines_read(text: str) -> list[str]:
    return [row.text for row in rows_of_text(text)]


def test_the_soft_breaks_of_mail_are_taken_out() -> None:
    assert lines_read("- A har=\nbour is =\ndeep\n- B") == ["- A harbour is deep", "- B"]
    assert lines_read(">> - A har=\n>> bour\n>> - B") == [">> - A harbour", ">> - B"]
    for kept in ("- A b=\n- B", "A\n==\nB", "https://a.example/?b=\nB", "A har=\n\nbour", "A b="):
        assert lines_read(kept) == [line for line in kept.split("\n") if line.strip("=")]
