import lxml.html

from crawler.extract.lists.categories import parted_categories
from crawler.extract.lists.columns import find_columns
from crawler.extract.lists.outline import Outline


def parted(row: str, times: int = 4) -> tuple[set[str], set[str]]:
    """Give the classes of the columns that are kept, and of those that are titles."""
    rows = "".join(row.format(n=n) for n in range(times))
    page = Outline(lxml.html.document_fromstring(f"<html><body>{rows}</body></html>"))
    kept, titles = parted_categories(find_columns(page))
    return {one.spots[0].node.label for one in kept}, {one.spots[0].node.label for one in titles}


def test_titles_are_what_has_its_own_address_beside_a_category() -> None:
    row = "<p><a class=c href=/category/{n}>Part {n}</a> <a class=t href=/p/{n}>A {n}</a></p>"
    assert parted(row) == ({"t"}, {"t"})


def test_people_and_actions_beside_categories_are_no_titles() -> None:
    row = "<p><a class=c href=/tag/{n}>Part {n}</a> <a class=t href=/%s>%s</a></p>"
    for href, text in (("author/{n}", "Ann {n}"), ("p/{n}", "More"), ("p/1", "A {n}")):
        assert parted(row % (href, text))[1] == set()
        assert "c" in parted(row % (href, text))[0]
