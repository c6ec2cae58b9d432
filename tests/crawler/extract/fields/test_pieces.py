from time import process_time

from crawler.extract.fields.pieces import BELOW, Showing, find_title, read_pieces
from tests.crawler.extract.pages import page


def test_pieces_are_what_is_seen_in_page_order() -> None:
    body = "<p>One <b>two</b> three</p><script>no()</script><style>no{}</style><p> </p>"
    pieces = read_pieces(page(body).root)
    assert [(piece.text, piece.element.tag) for piece in pieces] == [
        ("One", "p"),
        ("two", "b"),
        ("three", "p"),
    ]


def test_the_texts_of_one_element_are_read_in_a_time_linear_in_their_number() -> None:
    roots = [page("A line of the text<br>" * number).root for number in (1_000, 16_000)]
    times = []
    for root in roots:
        tries = []
        for _ in range(3):
            begun = process_time()
            read_pieces(root)
            tries.append(process_time() - begun)
        times.append(min(tries))
    # Sorted by libxml2, sixteen times as many took some 300 times as long.
    assert times[1] < 100 * max(times[0], 0.001)


def test_the_title_is_found_where_no_link_says_it() -> None:
    pieces = read_pieces(page("<a href=/>Tide</a><div>TIDE!</div>").root)
    found = find_title(pieces, "Tide")
    assert found is not None
    assert found.tag == "div"
    assert find_title(pieces, "Ferry") is None
    assert find_title(pieces, None) is None


def test_the_headline_has_its_place_among_the_pieces() -> None:
    parsed = page("<p>Menu</p><h1><i>High</i> tide</h1><p>Text</p>")
    showing = Showing(parsed.root, title="High tide", heading=next(parsed.root.iter("h1")))
    assert showing.headline == range(1, 3)
    assert not Showing(parsed.root, title=None, heading=None).headline


def test_the_view_below_the_headline_starts_with_it_and_ends_soon() -> None:
    rest = "<p>Text</p>" * 100
    body = "<p>Menu</p><div><h1>High <i>tide</i></h1>by <b>Ann</b> Lee<script>no()</script></div>"
    parsed = page(f"{body} {rest}")
    showing = Showing(parsed.root, title=None, heading=next(parsed.root.iter("h1")))
    below = showing.below()
    assert below is not None
    assert [piece.text for piece in below.pieces[:6]] == [
        "High", "tide", "by", "Ann", "Lee", "Text",
    ]  # fmt: skip
    assert [piece.element.tag for piece in below.pieces[:6]] == [
        "h1", "i", "div", "b", "div", "p",
    ]  # fmt: skip
    assert len(below.pieces) == BELOW
    assert below.headline == range(2)
    assert Showing(parsed.root, title="High tide", heading=None).below() is None


def test_a_date_that_a_short_script_prints_is_a_piece() -> None:
    root = page('<td><script>show("2024/11/08 10:15:09")</script> 7 views</td>').root
    assert [piece.text for piece in read_pieces(root)] == ["2024/11/08 10:15", "7 views"]
    assert not read_pieces(page('<p><script>var day = "2024-11-08"</script></p>').root)
