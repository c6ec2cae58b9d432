"""Letters in the order in which they are seen, put as they are read."""

import pytest

from crawler.extract.pdf.directions import is_leftward, logical


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("שלום", "שלום"),
        ("عاد في 4202", "عاد في 2024"),
        ("عاد في ٤٢٠٢", "عاد في ٢٠٢٤"),
        ("بنسبة 5,21 في", "بنسبة 12,5 في"),
        ("قالت swen CBA أمس", "قالت ABC news أمس"),
        ("MP 3:9 ,8/42", "24/8, 9:3 PM"),
    ],
)
def test_numbers_and_latin_run_the_other_way(seen: str, read: str) -> None:
    assert logical(seen) == read


@pytest.mark.parametrize(
    ("row", "leftward"),
    [("שלום 2024", True), ("Peace 2024", False), ("2024", False), ("ABC עברית", True)],
)
def test_a_row_runs_as_most_of_its_letters_do(row: str, leftward: bool) -> None:
    assert is_leftward(row) is leftward
