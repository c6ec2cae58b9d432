from datetime import date

import lxml.html
import pytest

from crawler.extract.lists.outline import Outline
from crawler.extract.lists.pagination import older_page

SITE = "https://press.example"


def older(
    body: str, url: str = "/news/", *, head: str = "", oldest: date | None = None
) -> str | None:
    root = lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    found = older_page(Outline(root), root, url=SITE + url, oldest=oldest)
    return found and found.removeprefix(SITE)


@pytest.mark.parametrize(
    "text",
    [
        "Older posts", "« Older Entries", "← Older", "Ältere Beiträge", "Articles plus anciens",
        "Entradas antiguas", "Postagens mais antigas", "Post più vecchi", "Oudere berichten",
        "Äldre inlägg", "Starsze posty", "Starší příspěvky", "Предыдущие записи", "過去の記事",
        "更早的文章", "이전 글", "Next page", "Nächste Seite", "Suivant",
        "Siguiente", "Próxima", "下一页", "次へ", "다음", "›", "»",
    ],
)  # fmt: skip
def test_links_that_say_so(text: str) -> None:
    pager = f'<div class="pagination"><a href="/news/x?page=2">{text}</a></div>'
    assert older(pager) == "/news/x?page=2"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/news/x;2" aria-label="Next page"><i></i></a>',
        '<a href="/news/x;2"><img alt="Next page"></a>',
        '<a href="/news/x;2">Nächste Seite</a>',
        '<a href="/news/x;2">前の記事</a>',
        '<a href="/news/x;2">Previous day</a>',
        '<p class="pager"><a href="/news/x;2">Показать ещё</a></p>',
    ],
)
def test_links_that_say_so_without_a_row_of_pages_or_a_text(link: str) -> None:
    assert older(link) == "/news/x;2"


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("<b>1</b> <a href=/n;x2>2</a> <a href=/n;x3>3</a>", "/n;x2"),
        ("<a href=/n;x1>1</a> <b>2</b> <a href=/n;x3>3</a> <a href=/n;x4>4</a>", "/n;x3"),
        ("<b>1</b> <a href=/n;x41>2</a> <a href=/n;x40>3</a> <a href=/n;x1>42</a>", "/n;x41"),
        ("<a href=/n;x1>1</a> <a href=/n;x2>2</a> <b>3</b>", None),
        ("<a href=/a;c>2</a> <a href=/b;c>3</a>", None),
        ("<a href=/n;x1>1998</a> <b>1999</b> <a href=/n;x3>2000</a>", None),
    ],
)
def test_a_row_of_numbers_in_addresses_of_any_form(row: str, wanted: str | None) -> None:
    assert older(f"<p>{row}</p>") == wanted


def test_addresses_are_relative_to_the_page_s_base() -> None:
    root = lxml.html.document_fromstring("<html><body><a rel=next href=p2>Next</a></body></html>")
    found = older_page(Outline(root), root, url=SITE + "/a/b", base=SITE + "/c/")
    assert found == SITE + "/c/p2"


@pytest.mark.parametrize(
    ("button", "wanted"),
    [
        ('<button data-url="/news/?page=2">Load more</button>', "/news/?page=2"),
        ('<div hx-get="?page=2"></div>', "/news/?page=2"),
        ('<button data-url="/api/load?page=2">Load more</button>', None),
        ('<button onclick="more()">Load more</button>', None),
        ('<a href="javascript:more()">2</a>', None),
    ],
)
def test_buttons_that_carry_an_address(button: str, wanted: str | None) -> None:
    assert older(button) == wanted


def test_rel_next() -> None:
    assert older('<a rel="next" href="?page=2">onwards</a>') == "/news/?page=2"
    assert older("", head='<link rel="next" href="/news/page/2/">') == "/news/page/2/"


@pytest.mark.parametrize(
    ("url", "links", "wanted"),
    [
        ("/news/", ("?page=1", "?page=2", "?page=3"), "/news/?page=1"),
        ("/news/?page=1", ("/news/", "?page=1", "?page=2"), "/news/?page=2"),
        ("/blog/page/4/", ("/blog/page/3/", "/blog/page/5/", "/blog/page/9/"), "/blog/page/5/"),
        ("/?cat=1&paged=5", ("/?cat=1&paged=4", "/?cat=1&paged=6"), "/?cat=1&paged=6"),
        ("/list?start=20", ("/list?start=0", "/list?start=10", "/list?start=30"), "/list?start=30"),
        ("/news", ("/news/index_2.html", "/news/index_3.html"), "/news/index_2.html"),
        ("/list?skip=0", ("/list?skip=25", "/list?skip=50"), "/list?skip=25"),
        ("/news/?page=3", ("/news/?page=1", "/news/?page=2"), None),
    ],
)
def test_page_numbers(url: str, links: tuple[str, ...], wanted: str | None) -> None:
    body = "".join(f'<a href="{href}">{n}</a>' for n, href in enumerate(links, 7))
    assert older(f"<p>{body}</p>", url) == wanted


def test_nothing_leads_back_or_to_itself() -> None:
    assert older('<a rel="next" href="/news/">Next page</a>') is None
    assert older('<a class="next" href="/blog/page/2/">Older posts</a>', "/blog/page/3/") is None
    assert older('<a href="/newer">Newer posts</a>') is None
    assert older('<a rel="next" href="https://elsewhere.example/2">Next</a>') is None
    assert older('<a href="#top">Older posts</a>') is None


def test_archives_by_month() -> None:
    months = "".join(f'<li><a href="/2024/{n:02}/">{n}. 2024</a></li>' for n in range(11, 5, -1))
    assert older(months, "/2024/09/") == "/2024/08/"
    assert older(months, "/2024/06/") is None
    assert older(months, "/", oldest=date(2024, 10, 20)) == "/2024/10/"


def test_archives_by_day_and_by_year() -> None:
    days = "".join(f'<a href="/2024/09/{n:02}/">{n}</a>' for n in (10, 11, 13, 14))
    assert older(days, "/2024/09/12/") == "/2024/09/11/"
    years = "".join(f'<a href="/pr?year={n}">{n}</a>' for n in (2024, 2023, 2021, 2020))
    assert older(years, "/pr?year=2022") == "/pr?year=2021"
    assert older(years, "/pr", oldest=date(2023, 5, 1)) == "/pr?year=2023"


def test_ranges_of_entries_are_pages() -> None:
    assert older('<a href="/l?skip=25">26-50</a> <a href="/l?skip=50">51-75</a>', "/l") == (
        "/l?skip=25"
    )


def test_a_headline_is_no_way() -> None:
    assert (
        older('<a href="/news/1">Next year brings a new ferry to the northern islands, it says</a>')
        is None
    )
    assert older('<p><a href="/a">More</a></p>') is None
