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
        '{"@type": "Role", "author": {"@type": "Person", "name": "Ann Lee"}}',
    ],
)
def test_json_ld_names_the_writer(author: str) -> None:
    found = read("", article(author))
    assert found.byline == ("Ann Lee",)
    assert found.sources["byline"] == "json-ld author"


def test_a_writer_may_be_named_by_the_text_of_an_id() -> None:
    work = '{"@type": "Article", "headline": "Bridge closes", "author": "#a"}'
    graph = f'{{"@graph": [{work}, {{"@id": "#a", "name": "Ann Lee"}}]}}'
    assert read("", json_ld(graph)).byline == ("Ann Lee",)


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


PERSON = '{"@type": "Person", "name": "Ann Lee"}'
GRAPH = (
    '{"@graph": [{"@type": "Article", "headline": "Bridge closes", "author": {"@id": "#a"}},'
    ' {"@type": "Person", "@id": "#a", "name": "Ann Lee"}]}'
)
OTHERS = (
    '[{"@type": "VideoObject", "name": "Ferry", "author": {"name": "Cy Doe"}},'
    ' {"@type": "NewsArticle", "headline": "Bridge closes", "author": {"name": "Ann Lee"}}]'
)


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


@pytest.mark.parametrize(
    "head",
    [
        article(f"[{PERSON}, {PERSON}]"),
        article('{"@type": "Person", "givenName": "Ann", "familyName": "Lee"}'),
        article('{"@type": "Person", "name": "Lee, Ann"}'),
        article('"<b>Ann Lee</b>"'),
        article('{"@type": "Person", "name": ""}') + meta("author", "Ann Lee"),
        article("null") + meta("dc.creator", "Ann Lee"),
        json_ld(GRAPH),
        json_ld(OTHERS),
        meta("citation_author", "Lee, Ann"),
        meta("twitter:label1", "Written by") + meta("twitter:data1", "Ann Lee"),
        meta("twitter:label1", "Lesezeit")
        + meta("twitter:data1", "3 Minuten")
        + meta("twitter:label2", "Verfasst von")
        + meta("twitter:data2", "Ann Lee"),
        "<meta name='parsely-page' content='{\"author\": \"Ann Lee\"}'>",
    ],
)
def test_the_writer_is_declared_in_many_forms(head: str) -> None:
    assert read("", head).byline == ("Ann Lee",)


@pytest.mark.parametrize(
    "body",
    [
        "<p><a rel='author nofollow' href='/x'>Ann Lee</a></p>",
        "<p><a href='/authors/ann-lee/'>Ann Lee</a></p>",
        "<span class='author vcard'><a class='fn n' href='/x'>Ann Lee</a></span>",
        "<div itemscope itemtype=//schema.org/Article><b itemprop=author>Ann Lee</b></div>",
        "<p>Posted on March 5, 2024 by <a href='/x'>Ann Lee</a></p>",
        "<p>Por <strong>Ann Lee</strong></p>",
        "<p>di <a href='/x'>Ann Lee</a></p>",
        "<p>Autor: <a href='/x'>Ann Lee</a></p>",
        "<div class=author><b class=author-name>Ann Lee</b><i class=author-role>Editor</i></div>",
        "<p class=byline>By Ann Lee for the Tide</p>",
        "<p class=byline>By Ann Lee | March 5, 2024 10:00 am</p>",
    ],
)
def test_the_writer_is_shown_in_many_forms(body: str) -> None:
    assert read(body).byline == ("Ann Lee",)


def test_a_label_before_several_links_names_them_all() -> None:
    body = "<li>Von: <span><a href=/a>Ann Lee</a>,</span> <span><a href=/b>Bo Finn</a></span></li>"
    assert read(body).byline == ("Ann Lee", "Bo Finn")


def test_the_one_writer_that_the_page_links_counts_where_nobody_else_is_named() -> None:
    box = "<div class=box><a rel=author href='/a'>Ann Lee</a></div>"
    assert read(TEXT + box).byline == ("Ann Lee",)
    other = "<a rel=author href='/b'>Bo Finn</a>"
    assert read(TEXT + box + other).byline == ()


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("EP-Redaktion", ("EP-Redaktion",)),
        ("EP-Redaktion\n\nFiled under harbour, on Friday", ("EP-Redaktion",)),
        ("brief an die Redaktion", ()),
        ("By and by the ferry sailed again.", ()),
        ("Ann Lee sailed.", ()),
    ],
)
def test_a_signature_ends_the_text(last: str, names: tuple[str, ...]) -> None:
    found = read_metadata(page("<h1>Bridge closes</h1>"), text=f"The bridge closes.\n\n{last}")
    assert found.byline == names


@pytest.mark.parametrize(
    "body",
    [
        "<div class=comment><b class=author>Cy Doe</b></div>",
        "<figure><figcaption>Photo by Cy Doe</figcaption></figure>",
        "<aside class=related><h3>Ferry</h3><b class=author>Cy Doe</b></aside>",
        "<p class=byline>Photos by Cy Doe</p>",
    ],
)
def test_others_that_a_page_names_wrote_nothing(body: str) -> None:
    assert read(body).byline == ()


def test_a_firm_that_built_the_site_gives_way_to_a_person() -> None:
    firm = '<meta name="author" content="Quay Web GmbH">'
    assert read("<p class=byline>By Ann Lee</p>", firm).byline == ("Ann Lee",)
    assert read("", firm).byline == ("Quay Web GmbH",)


def test_a_sites_name_that_is_joined_by_a_conjunction_stays_whole() -> None:
    head = '<meta name="application-name" content="Tide & Quay">'
    named = '<meta name="author" content="Tide & Quay">'
    assert read_metadata(page(f"<h1>Bridge</h1>{TEXT}", head=head + named)).byline == (
        "Tide & Quay",
    )


def test_a_writers_biography_is_no_part_of_the_name() -> None:
    marked = "<div itemscope itemtype=//schema.org/Article><div itemprop=author>%s</div></div>"
    assert read(marked % "<b itemprop=name>Ann Lee</b><p>Of Hull</p>").byline == ("Ann Lee",)


@pytest.mark.parametrize(
    "body",
    [
        "<div><a rel=author class=profile-link href='/p'>See My Profile</a></div>",
        "<nav><b>LATEST HARBOUR NEWS</b></nav>",
        "<p><a href='/'><b>BACK TO ALL STORIES</b></a></p>",
        "<p>The bridge that <a href='/ann'><b>Ann Lee</b></a> built closes for a year.</p>",
        f"<p>The bridge in the <i>old harbour</i> by Ann Lee is to close{' for good' * 20}.</p>",
        "<li onclick='x()'><b>FULL SCREEN</b></li>",
        "<p>By the <b>Harbour of Hull and its bridges</b></p>",
        "<p class=author>View comments</p>",
        "<p class=author>vor 5 Stunden</p>",
        "<p class=author>Keine Kommentare</p>",
        "<p class=author>Developed by Quay Web</p>",
    ],
)
def test_what_stands_in_a_bylines_place_is_no_name(body: str) -> None:
    assert read(body).byline == ()
