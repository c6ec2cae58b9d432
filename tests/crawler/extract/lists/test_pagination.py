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


def test_a_headline_is_no_way() -> None:
    assert (
        older('<a href="/news/1">Next year brings a new ferry to the northern islands, it says</a>')
        is None
    )
    assert older('<p><a href="/a">More</a></p>') is None
