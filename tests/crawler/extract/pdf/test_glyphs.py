"""Characters with places, put together into lines."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.pdf.glyphs import Glyph, draw, lines_of
from tests.newsstand.pdfs import Put, pdf

WORDS = "המעבורת שבה להפליג ביום שני"
WIDTH = 6.0


def set_leftward(text: str, *, right: float = 500, base: float = 100) -> list[Glyph]:
    """Set a text from right to left; blanks are gaps."""
    return [
        Glyph(
            text=letter,
            left=right - WIDTH * (index + 1),
            right=right - WIDTH * index,
            base=base,
            size=10,
        )
        for index, letter in enumerate(text)
        if letter != " "
    ]


@given(st.permutations(set_leftward(WORDS)))
def test_a_leftward_row_reads_the_same_in_whatever_order_it_is_drawn(drawn: list[Glyph]) -> None:
    assert [line.text for line in lines_of(iter(drawn))] == [WORDS]


def test_rows_and_columns_stay_apart() -> None:
    below = set_leftward(WORDS, base=120)
    beside = set_leftward("חדשות", right=250)
    lines = lines_of(iter([*beside, *set_leftward(WORDS), *below]))
    assert [line.text for line in lines] == [WORDS, "חדשות", WORDS]


def test_a_lines_size_is_as_seen_whatever_matrix_scales_it() -> None:
    drawn = draw(
        pdf(
            [
                Put(x=70, y=100 * n, text="Ferry runs", scale=by)
                for n, by in enumerate((1, 0.75, 11), 1)
            ]
        )
    )
    assert [round(line.size, 2) for line in drawn.sheets[0].lines] == [11, 11, 11]
