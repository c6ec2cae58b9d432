from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from archive.records import DateSource, Precision
from crawler.extract.fields.metadata import Metadata, read_metadata
from tests.crawler.extract.pages import json_ld, page

TEXT = "<p>" + "The bridge across the harbour closes for repairs. " * 30 + "</p>"
GERMAN = "<p>" + "Die Brücke über den Hafen wird für die Dauer der Arbeiten gesperrt. " * 30
HERE = "https://evening-post.example/bridge-closes"


def read(body: str = "", head: str = "", url: str = HERE) -> Metadata:
    return read_metadata(page(f"<h1>Bridge closes</h1>{body}{TEXT}", head=head, url=url))


def day(found: Metadata) -> str | None:
    return found.published.isoformat()[:10] if found.published else None


def article(**dates: str) -> str:
    fields = "".join(f', "{name}": "{text}"' for name, text in dates.items())
    return json_ld(f'{{"@type": "NewsArticle", "headline": "Bridge closes"{fields}}}')


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_published_and_modified_are_kept_apart_with_their_offsets() -> None:
    found = read(
        head=article(datePublished="2024-11-08T10:00:00+01:00", dateModified="2024-11-09T08:30:00Z")
    )
    assert found.published is not None
    assert found.modified is not None
    assert found.published.value == datetime(2024, 11, 8, 10, tzinfo=timezone(timedelta(hours=1)))
    assert found.published.isoformat() == "2024-11-08T10:00:00+01:00"
    assert found.modified.value == datetime(2024, 11, 9, 8, 30, tzinfo=UTC)
    assert found.sources["published"] == "json-ld datePublished"
    assert found.sources["modified"] == "json-ld dateModified"


def test_a_change_alone_is_no_publication() -> None:
    found = read(head=article(dateModified="2024-11-09T08:30:00Z"))
    assert found.published is None
    assert found.modified is not None


def test_a_change_may_be_marked_in_the_text() -> None:
    marked = (
        '<p>Changed <time itemprop="dateModified" datetime="2024-11-09T08:30:00Z">9/11</time></p>'
    )
    found = read(body=marked)
    assert found.modified is not None
    assert found.sources["modified"] == "itemprop datemodified"


def test_a_day_stays_a_day() -> None:
    found = read(head=meta("article:published_time", "2024-11-08"))
    assert found.published is not None
    assert found.published.value == date(2024, 11, 8)
    assert found.published.precision is Precision.DAY
    assert found.published.source is DateSource.META


def test_a_date_after_the_capture_is_not_believed() -> None:
    head = article(datePublished="2031-01-01") + meta("article:published_time", "2024-11-08")
    assert day(read(head=head)) == "2024-11-08"


def test_the_declaration_that_the_page_shows_wins_over_one_days_apart() -> None:
    head = article(datePublished="2024-11-03T10:00:00Z")
    head += meta("article:published_time", "2024-11-06T10:00:00Z")
    assert day(read(head=head)) == "2024-11-03"
    assert day(read('<time datetime="2024-11-06">6 Nov 2024</time>', head=head)) == "2024-11-06"


def test_an_instant_in_utc_is_given_in_the_publishers_own_offset() -> None:
    head = article(datePublished="2024-11-09T01:09:55Z")
    found = read(head=head + meta("sailthru.date", "2024-11-08 18:09:55"))
    assert found.published is not None
    assert found.published.isoformat() == "2024-11-08T18:09:55-07:00"
    assert found.published.value == datetime(2024, 11, 9, 1, 9, 55, tzinfo=UTC)


def test_another_time_is_no_offset() -> None:
    head = article(datePublished="2024-11-09T01:09:55Z")
    found = read(head=head + meta("sailthru.date", "2024-11-08 18:17:03"))
    assert found.published is not None
    assert found.published.isoformat() == "2024-11-09T01:09:55+00:00"


def test_the_day_of_the_address_makes_a_printed_clock_an_offset() -> None:
    found = read(
        "<p class='date'>November 8, 2024 8:09 p.m.</p>",
        head=article(datePublished="2024-11-09T01:09:00Z"),
        url="https://evening-post.example/2024/11/08/bridge-closes",
    )
    assert found.published is not None
    assert found.published.isoformat() == "2024-11-08T20:09:00-05:00"


def test_names_of_content_systems_that_end_like_a_publication_count() -> None:
    assert day(read(head=meta("vendor:published_date", "2024-11-08T10:00:00Z"))) == "2024-11-08"


def test_an_editions_day_gives_way_to_the_date_at_the_headline() -> None:
    head = meta("date", "2024-11-09")
    assert day(read(head=head)) == "2024-11-09"
    assert day(read("<p class='date'>8 November 2024</p>", head=head)) == "2024-11-08"


@pytest.mark.parametrize(
    "path",
    ["2024/11/08/bridge", "news/2024-11-08-bridge", "2024/nov/08/bridge", "news/20241108/bridge"],
)
def test_the_address_has_a_day(path: str) -> None:
    found = read(url=f"https://evening-post.example/{path}")
    assert (day(found), found.sources["published"]) == ("2024-11-08", "url")


@pytest.mark.parametrize("path", ["2024/11/bridge", "bridge-20241108123", "id/10112024", "v2024.1"])
def test_other_numbers_of_an_address_are_no_day(path: str) -> None:
    assert day(read(url=f"https://evening-post.example/{path}")) is None


def test_the_date_at_the_end_of_the_title_is_a_last_resort() -> None:
    assert day(read(head="<title>Bridge closes | Post | 08.11.2024</title>")) == "2024-11-08"


def test_a_page_that_prints_none_has_none() -> None:
    found = read("<footer>© 2019 Evening Post, printed 7 May 2019</footer>")
    assert found.published is None
    assert "published" not in found.sources


def test_a_programs_own_data_names_the_day_if_it_names_one_alone() -> None:
    one = '<script>window.state = {"id": 7, "publishedAt": "2024-11-08T10:00:00Z"}</script>'
    two = '<script>var next = {"publishedAt": "2019-05-07"}</script>'
    assert day(read(one)) == "2024-11-08"
    assert day(read(one + two)) is None


def test_a_page_that_prints_only_its_last_change_is_dated_by_it_and_says_so() -> None:
    found = read("<p>Updated: 8 November 2024</p>")
    assert day(found) == "2024-11-08"
    assert found.sources["published"] == "text, as updated"
    assert found.modified is not None


@pytest.mark.parametrize(
    ("attributes", "url", "other", "expected"),
    [
        ("lang='en-US'", HERE, "", "2024-06-05"),
        ("lang='en-GB'", HERE, "", "2024-05-06"),
        ("lang='en'", "https://post.co.uk/a", "", "2024-05-06"),
        ("lang='en'", HERE, "<p>Opened 23/04/2019</p>", "2024-05-06"),
        ("lang='en'", HERE, "<p>Opened 04/23/2019</p>", "2024-06-05"),
        ("lang='en'", HERE, "", None),
    ],
)
def test_the_order_of_english_numbers_is_the_regions_or_the_pages(
    attributes: str, url: str, other: str, expected: str | None
) -> None:
    body = f"<h1>Bridge closes</h1><p class='date'>06/05/2024</p>{TEXT}{other}"
    found = read_metadata(page(body, url=url, attributes=attributes))
    assert day(found) == expected


def test_a_change_before_the_publication_is_none() -> None:
    head = article(datePublished="2024-11-08T10:00:00Z", dateModified="2024-10-01T10:00:00Z")
    found = read(head=head)
    assert day(found) == "2024-11-08"
    assert found.modified is None


@pytest.mark.parametrize(
    ("instant", "printed", "language", "published"),
    [
        ("2024-11-07T23:00:00Z", "8. November 2024", "de", "2024-11-08"),
        ("2024-11-09T02:25:00+00:00", "November 8, 2024", "en", "2024-11-08"),
        ("2024-11-07T20:00:00Z", "8. November 2024", "de", "2024-11-07"),
        ("2024-11-07T23:00:00Z", "8. November 2024, 9:15 Uhr", "de", "2024-11-07"),
        ("2024-11-07T23:00:00Z", "Aktualisiert: 8. November 2024", "de", "2024-11-07"),
        ("2024-11-07T23:00:00+01:00", "8. November 2024", "de", "2024-11-07"),
        ("2024-11-07T23:00:00Z", "9. November 2024", "de", "2024-11-07"),
    ],
)
def test_the_printed_day_of_an_instant_in_utc_is_its_day(
    instant: str, printed: str, language: str, published: str
) -> None:
    text = TEXT if language == "en" else GERMAN
    html = f"<h1>Bridge closes</h1><p class=meta>{printed}</p>{text}"
    head = article(datePublished=instant)
    found = read_metadata(page(html, head=head, url=HERE, attributes=f"lang={language}"))
    assert day(found) == published
    assert found.published is not None
    assert (found.published.precision is Precision.DAY) == (published != instant[:10])


def test_a_day_in_the_address_makes_a_printed_change_the_local_day() -> None:
    found = read(
        "<time datetime='2024-11-08T16:48Z'>8 November 2024</time>",
        article(datePublished="2024-11-07T23:01:00Z"),
        "https://evening-post.example/2024/11/08/bridge-closes",
    )
    assert day(found) == "2024-11-08"


def test_the_order_of_english_numbers_is_that_of_the_makers_language() -> None:
    dated = "<table><tr><td class={}>02-09-2024</td></tr></table>"
    assert day(read(dated.format("datum"))) == "2024-09-02"
    assert day(read(dated.format("date"))) is None
    assert day(read(dated.format("date") + "<p>16-10-2024</p>")) == "2024-09-02"


def test_a_last_edit_far_from_the_headline_dates_a_page_that_prints_nothing_else() -> None:
    foot = "<div id=page><p class=info>Harbour/Bridges (last edited 2024-11-08 13:28:18 by Ann)</p>"
    found = read(TEXT * 3 + foot)
    assert day(found) == "2024-11-08"
    assert found.sources["published"] == "text, as updated"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("DC.date.issued", "2024-11-08"),
        ("dcterms.created", "2024-11-08"),
        ("sailthru.date", "2024-11-08 09:00:00"),
        ("parsely-pub-date", "2024-11-08T09:00:00Z"),
        ("parsely-page", "{&quot;pub_date&quot;: &quot;2024-11-08T09:00:00Z&quot;}"),
        ("citation_publication_date", "2024/11/08"),
        ("bepress_citation_online_date", "2024/11/8"),
        ("eprints.date", "2024-11-08"),
        ("prism.publicationDate", "2024-11-08"),
        ("weibo:article:create_at", "2024-11-08 09:00:00"),
        ("shareaholic:article_published_time", "2024-11-08T09:00:00Z"),
        ("cXenseParse:recs:publishtime", "2024-11-08T09:00:00Z"),
        ("bt:pubDate", "Fri, 08 Nov 2024 09:00:00 GMT"),
        ("pubdate", "1731056400"),
    ],
)  # fmt: skip
def test_vocabularies_of_metas_are_known(name: str, content: str) -> None:
    assert day(read(head=meta(name, content))) == "2024-11-08"


def test_json_ld_may_count_milliseconds() -> None:
    fields = '"@type": "NewsArticle", "headline": "Bridge closes", "datePublished": %s'
    assert day(read(head=json_ld(f"{{{fields % 1731056400000}}}"))) == "2024-11-08"
    assert day(read(head=json_ld(f"{{{fields % 'true'}}}"))) is None


def test_a_pages_own_entry_in_a_list_dates_it() -> None:
    rows = (
        "<ul><li>09.11.2024 <a href='/ferry'>Ferry sails</a></li>"
        "<li>08.11.2024 <a href='/bridge-closes'>Brücke zu</a></li></ul>"
    )
    found = read(f"{GERMAN}</p><aside class=latest>{rows}</aside>")
    assert day(found) == "2024-11-08"
    assert found.sources["published"] == "the page's own entry in a list"


@pytest.mark.parametrize(
    "zero", ["1970-01-01T00:00:00Z", "1900-01-01", "1969-12-31T16:00:00-08:00"]
)
def test_a_programs_zero_is_no_date(zero: str) -> None:
    head = meta("article:published_time", zero)
    assert day(read("<p>Built in 1970 and 1900.</p>", head)) is None
    assert day(read("<p>8 November 2024</p>", head)) == "2024-11-08"


def test_an_article_of_print_keeps_its_old_day_where_the_page_shows_its_year() -> None:
    head = meta("article:published_time", "1969-07-21")
    assert day(read(head=head)) is None
    assert day(read("<p>From the paper of July 21, 1969</p>", head)) == "1969-07-21"
    assert day(read(head=head, url="https://post.example/1969/07/21/moon")) == "1969-07-21"


def test_of_several_days_in_a_programs_data_the_one_of_this_title_counts() -> None:
    data = (
        '<script>{"story": {"title": "Bridge closes", "publishedAt": "2024-11-08"},'
        '"more": {"title": "Ferry sails", "publishedAt": "2024-11-09"}}</script>'
    )
    assert day(read(data)) == "2024-11-08"
    assert day(read(data.replace("Bridge closes", "Lock opens"))) is None


def test_the_printed_day_of_release_outranks_the_marked_time_of_a_draft() -> None:
    marked = "<i itemprop=datePublished content='2024-11-07T20:35:36+01:00'></i>"
    weak = '<meta name="date" content="2024-11-08T13:21:30+01:00">'
    line = f"<p class=meta>Berlin, 8 November 2024</p>{marked}"
    assert day(read(line, weak)) == "2024-11-08"
    assert day(read(line)) == "2024-11-07"
    assert day(read(marked, weak)) == "2024-11-07"
