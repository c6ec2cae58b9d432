import pytest

from crawler.extract.fields.metadata import Metadata, read_metadata
from tests.crawler.extract.pages import json_ld, page

SITE = '<meta property="og:site_name" content="Evening Post">'
TEXT = "<p>" + "The bridge across the harbour closes for repairs. " * 30 + "</p>"


def read(body: str, head: str = "") -> Metadata:
    return read_metadata(page(f"<h1>Bridge closes</h1>{body}{TEXT}", head=SITE + head))


def article(author: str) -> str:
    return json_ld(f'{{"@type": "NewsArticle", "headline": "Bridge closes", "author": {author}}}')


@pytest.mark.parametrize(
    "author",
    [
        '"Ann Lee"',
        '{"@type": "Person", "name": "By Ann Lee"}',
        '[{"name": "Ann Lee"}, {"name": "ann lee"}]',
        '["https://a.example/ann", "Ann Lee"]',
    ],
)
def test_json_ld_names_the_writer(author: str) -> None:
    found = read("", article(author))
    assert found.byline == ("Ann Lee",)
    assert found.sources["byline"] == "json-ld author"


def test_a_person_outranks_the_site_that_signs_its_own_articles() -> None:
    found = read(
        "",
        article('{"@type": "Organization", "name": "Evening Post"}')
        + '<meta name="byl" content="By Ann Lee">',
    )
    assert (found.byline, found.sources["byline"]) == (("Ann Lee",), "meta byl")


def test_an_account_gives_way_to_a_name() -> None:
    found = read("", article('"ann-lee"') + '<meta name="author" content="Ann Lee">')
    assert found.byline == ("Ann Lee",)


def test_a_newsroom_stays_where_nobody_else_is_named() -> None:
    assert read("", article('"Evening Post Staff"')).byline == ("Evening Post Staff",)


def test_a_newsroom_does_not_give_way_to_an_agency() -> None:
    found = read(
        "", article('"Evening Post Staff"') + '<meta name="article:author" content="Reuters">'
    )
    assert found.byline == ("Evening Post Staff",)
    assert found.agency is None


def test_an_agency_is_kept_apart_and_credited() -> None:
    found = read("", article('["Ann Lee", "AP"]'))
    assert (found.byline, found.agency, found.credited) == (("Ann Lee",), "AP", ("Ann Lee", "AP"))
    assert found.sources["agency"] == found.sources["byline"]


def test_family_name_first_is_turned_round() -> None:
    assert read("", '<meta name="citation_author" content="Lee, Ann">').byline == ("Ann Lee",)


@pytest.mark.parametrize(
    "body",
    [
        '<p class="article-byline">By <a href="/ann">Ann Lee</a>, Harbour correspondent</p>',
        '<div><span class="avatar">AL</span><a rel="author" href="/ann">Ann Lee</a></div>',
        "<p>By Ann Lee</p>",
        "<dl><dt>Author:</dt><dd>Ann Lee</dd></dl>",
        "<p><strong>Ann Lee</strong></p>",
    ],
)
def test_the_page_shows_who_wrote_it(body: str) -> None:
    found = read(body)
    assert (found.byline, found.sources["byline"]) == (("Ann Lee",), "byline")


@pytest.mark.parametrize(
    "body",
    [
        '<aside><p class="byline">By Cy Doe</p></aside>',
        '<div class="related-teasers"><p class="author">By Cy Doe</p></div>',
        '<div class="comments"><p class="comment-author">Cy Doe</p></div>',
        "<figure><figcaption class='byline'>By Cy Doe</figcaption></figure>",
        "<p><strong>Bridge closes</strong> for a year</p>",
        '<p class="byline">Follow</p>',
    ],
)
def test_other_peoples_names_are_not_taken(body: str) -> None:
    assert read(body).byline == ()


def test_the_sites_own_name_behind_a_writer_is_dropped() -> None:
    assert read('<p class="author">Ann Lee, Evening Post NORTH</p>').byline == ("Ann Lee",)
