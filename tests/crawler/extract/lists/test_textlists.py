from datetime import UTC, datetime

import pytest

from crawler.extract.lists.textlists import TextEntry, read_rows, rows_of_text, without_bullet

CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)


def read(text: str) -> list[TextEntry]:
    return read_rows(rows_of_text(text), captured_at=CAPTURED, languages=())


@pytest.mark.parametrize(
    ("line", "bullet"),
    [("- A", "-"), ("• A", "•"), ("12. A", "1"), ("3) A", "1"), ("A", ""), ("2024 in A", "")],
)
def test_bullets(line: str, bullet: str) -> None:
    assert without_bullet(line)[0] == bullet


def test_the_commonest_form_is_the_list() -> None:
    text = "On 3 May 2019 it began\n" + "- Some title here - 5 May 2024\n" * 4 + "Fin 6 May 2024"
    assert [entry.title for entry in read(text)] == ["Some title here"] * 4


def test_dates_before_the_titles() -> None:
    lines = "5 May 2024: The first\n4 May 2024: The second\n3 May 2024: Third one"
    assert [entry.title for entry in read(lines)] == ["The first", "The second", "Third one"]


def test_a_few_lines_are_no_list() -> None:
    assert read("- Some title here - 5 May 2024\n- Another one - 4 May 2024") == []


def test_one_day_above_paragraphs_is_an_article() -> None:
    assert read("5 May 2024\n" + "A paragraph of it.\n" * 5) == []
