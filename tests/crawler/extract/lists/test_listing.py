"""Which of a page's links are the list, where other links look more like it."""

from datetime import UTC, datetime

from archive.records import ListPage
from crawler.extract import extract_headlines

FURNITURE = '<a href="/privacy">How we keep your data</a> <a href="/terms">Terms of our use</a>'
SHORT = ("Fog", "Eels", "A thaw", "Ferries")


def read(body: str) -> ListPage:
    return extract_headlines(
        f"<!doctype html><html lang=en><body>{body}</body></html>".encode(),
        url="https://www.tide.example/news/",
        captured_at=datetime(2024, 11, 20, 12, tzinfo=UTC),
    )


def found(body: str) -> list[tuple[str, str | None]]:
    return [
        (one.title, one.url and one.url.removeprefix("https://www.tide.example"))
        for one in read(body).headlines
    ]


def rows(row: str, titles: tuple[str, ...] = SHORT) -> str:
    return "".join(row.format(t=title, n=n, d=9 - n) for n, title in enumerate(titles))


def test_a_categorys_name_is_no_title_where_its_entry_has_one() -> None:
    names = ("Weather and the sea", "Fishing and the harbour", "Weather and the sea", "Transport")
    row = (
        "<div><a class=cat href='/category/{c}'>{c}</a> <a class=t href=/p/{n}>{t}</a>"
        " <i>{d} Nov 2024</i></div>"
    )
    page = "".join(
        row.format(c=name, t=title, n=n, d=9 - n)
        for n, (name, title) in enumerate(zip(names, SHORT, strict=True))
    )
    titles = [(title, f"/p/{n}") for n, title in enumerate(SHORT)]
    assert found(page) == titles
    assert found(page.replace(" class=cat", "").replace(" class=t", "")) == titles


def test_categories_alone_may_be_the_list() -> None:
    names = tuple(f"The files of the harbour board, part {n}" for n in range(4))
    page = rows("<p><a href=/category/{n}>{t}</a> <i>{d} Nov 2024</i></p>", names)
    assert [title for title, _ in found(page)] == list(names)


def test_a_footer_is_never_the_list() -> None:
    words = "<p>" + "Words of the page about the harbour. " * 9 + "</p>"
    for footer in ("<footer>{}</footer>", "<nav>{}</nav>", "<div class=site-footer>{}</div>"):
        dated = f"<p>Last changed on 9 Nov 2024</p>{FURNITURE}"
        assert found(words * 9 + footer.format(dated)) == []


def test_a_navigation_that_is_never_closed_may_hold_the_list() -> None:
    titles = tuple(f"The harbour board meets for the {n}th time" for n in range(4, 8))
    page = "<nav><p>Menu" + rows("<p><a href=/p/{n}>{t}</a> <i>{d} Nov 2024</i></p>", titles)
    assert [title for title, _ in found(page)] == list(titles)


def test_a_dated_row_whose_link_is_a_script_or_mail_is_kept_without_a_link() -> None:
    titles = tuple(f"The harbour board meets for the {n}th time" for n in range(4, 10))
    page = rows("<li><a href=/p/{n}>{t}</a> <i>{d} Nov 2024</i></li>", titles)
    page = page.replace("/p/0", "javascript:open(0)").replace("/p/3", "mailto:a@b.example")
    button = "<li><a href='javascript:more()'>Load more stories of the harbour</a></li>"
    urls = [None, "/p/1", "/p/2", None, "/p/4", "/p/5"]
    assert found(f"<ul>{page}{button}</ul>") == list(zip(titles, urls, strict=True))
    (said,) = read(f"<ul>{page}{button}</ul>").left_out
    assert (said.what, said.count) == ("rows", 1)


def test_a_few_links_without_dates_are_a_list_where_they_are_headings() -> None:
    titles = ("How the old pier was mended", "Why eels are back again", "A year of fog and of ice")
    card = "<div class=c><a href=/p/{n}><h3>{t}</h3></a><p>{d} min read</p></div>"
    assert [title for title, _ in found(rows(card, titles))] == list(titles)
    assert found(rows(card.replace("h3", "b"), titles)) == []
    assert found(rows(card, ("Products", "Our team", "Contact"))) == []
