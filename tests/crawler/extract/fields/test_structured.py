from crawler.extract.fields.structured import absolute, read_structured
from tests.crawler.extract.pages import json_ld, page


def test_metas_are_read_by_any_of_their_names() -> None:
    head = (
        '<meta property="og:title" content="Tide &amp;amp; time">'
        '<meta name="Author" content=" Ann  Lee "><meta itemprop="datePublished" content="2024">'
        '<meta name="empty" content="">'
    )
    structured = read_structured(page(head=head))
    assert structured.meta("og:title") == "Tide & time"
    assert structured.meta("none", "author") == "Ann Lee"
    assert structured.meta("datepublished") == "2024"
    assert structured.meta("empty") is None


def test_links_are_absolute_and_others_are_left_out() -> None:
    head = '<link rel="canonical" href="/a"><link rel="stylesheet" href="/b.css">'
    links = read_structured(page(head=head)).links
    assert links == {"canonical": ("https://www.evening-post.example/a",)}


def test_the_title_is_not_a_drawings() -> None:
    structured = read_structured(page("<svg><title>Logo</title></svg>", head="<title>Tide</title>"))
    assert structured.title == "Tide"


def test_properties_of_other_works_are_left_out() -> None:
    body = """
        <article itemscope itemtype="https://schema.org/NewsArticle">
          <time itemprop="datePublished" datetime="2024-11-08">8 Nov</time>
          <div itemscope itemtype="https://schema.org/Comment">
            <time itemprop="datePublished" datetime="2024-11-09">9 Nov</time></div>
        </article>"""
    found = read_structured(page(body)).properties["datepublished"]
    assert [element.get("datetime") for element in found] == ["2024-11-08"]


def test_the_articles_of_the_json_ld_come_along() -> None:
    structured = read_structured(page(json_ld('{"@type": "BlogPosting", "headline": "Tide"}')))
    assert [node["headline"] for node in structured.articles] == ["Tide"]


def test_only_web_addresses_are_absolute() -> None:
    assert absolute("https://a.example/b/", "c") == "https://a.example/b/c"
    assert absolute("https://a.example/", "mailto:x@a.example") is None
    assert absolute("https://a.example/", "http://[") is None
    assert absolute("https://a.example/", " ") is None


def test_the_title_of_a_drawing_is_not_the_pages() -> None:
    drawing = "<svg><title>Menu</title></svg>"
    assert read_structured(page(drawing)).title is None
    assert read_structured(page(f"{drawing}<title>Bridge closes</title>")).title == "Bridge closes"


def test_only_properties_that_are_read_are_gathered() -> None:
    body = "<p itemprop='author editor'>Ann Lee</p><p itemprop=calories>9</p>"
    found = read_structured(page(body)).properties
    assert list(found) == ["author"]
