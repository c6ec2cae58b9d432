from datetime import UTC, datetime

import pytest

from crawler.extract.fields.metadata import read_metadata
from tests.crawler.extract.pages import page

TEXT = "<p>" + "The bridge across the harbour closes for repairs. " * 30 + "</p>"
HERE = "https://evening-post.example/bridge-closes"


def day(body: str, attributes: str = "lang='en'") -> str | None:
    published = read_metadata(page(body, url=HERE, attributes=attributes)).published
    return published.isoformat()[:10] if published else None


@pytest.mark.parametrize(
    "line",
    [
        "<p>8 November 2024</p>",
        "<p>By Ann Lee, 8 November 2024</p>",
        "<span class='meta'>Nov 8, 2024 | Harbour</span>",
        "<time datetime='2024-11-08T10:00'>last Friday</time>",
        "<div class='date'><span>8</span> <span>Nov</span> <span>2024</span></div>",
        "<p>Published: 8 November 2024</p>",
        "<p>(8 November 2024) The bridge across the harbour closes. " + "It is old. " * 40 + "</p>",
    ],
)
def test_the_date_at_the_headline_is_the_publications(line: str) -> None:
    assert day(f"<h1>Bridge closes</h1>{line}{TEXT}") == "2024-11-08"


def test_a_date_right_before_the_headline_counts_too() -> None:
    assert day(f"<p class='date'>8 November 2024</p><h1>Bridge closes</h1>{TEXT}") == "2024-11-08"


def test_a_date_that_opens_the_headline_counts() -> None:
    assert day(f"<h1>08.11.2024 - Bridge closes</h1>{TEXT}", "lang='de'") == "2024-11-08"


def test_a_labelled_date_counts_far_from_the_headline() -> None:
    assert day(f"<h1>Bridge closes</h1>{TEXT}<p>Published on 8 November 2024</p>") == "2024-11-08"


def test_the_headline_may_be_no_h1() -> None:
    head = "<title>Bridge closes</title>"
    body = f"<h3>Bridge closes</h3><p class='date'>8 November 2024</p>{TEXT}"
    published = read_metadata(page(body, head=head, url=HERE)).published
    assert published is not None
    assert published.isoformat() == "2024-11-08"


@pytest.mark.parametrize(
    "other",
    [
        "<footer>Published 7 May 2019</footer>",
        "<aside><p class='date'>7 May 2019</p></aside>",
        "<div class='related-articles'><p class='date'>7 May 2019</p></div>",
        "<ol class='comments'><li><time datetime='2019-05-07'>7 May 2019</time></li></ol>",
        "<p>© 7 May 2019 Evening Post</p>",
        f"<p>On 7 May 2019 the bridge was last repaired. {'It is old. ' * 30}</p>",
        "<p>Born 7 May 1919</p>",
    ],
)
def test_dates_of_other_things_are_not_taken(other: str) -> None:
    assert day(f"<h1>Bridge closes</h1>{TEXT}{other}") is None


def test_todays_date_in_the_masthead_is_not_taken() -> None:
    body = (
        f"<header><p class='date'>Wed, 20 Nov 2024</p></header><main><h1>Bridge</h1>{TEXT}</main>"
    )
    assert day(body) is None


def test_publication_wins_over_a_change() -> None:
    lines = "<p>Updated: 12 November 2024</p><p>Published: 8 November 2024</p>"
    assert day(f"<h1>Bridge closes</h1>{lines}{TEXT}") == "2024-11-08"


def test_a_class_with_sidebar_around_all_of_it_is_no_sidebar() -> None:
    body = f"<h1>Site</h1><div class='with-sidebar'><p class='date'>8 November 2024</p>{TEXT}</div>"
    assert day(body) == "2024-11-08"


def test_what_contains_the_headline_is_the_articles_whatever_its_class() -> None:
    body = f"<div class='latest-post'><h1>Bridge closes</h1><p>8 November 2024</p></div>{TEXT}"
    assert day(body) == "2024-11-08"


def test_the_order_of_day_and_month_is_the_languages() -> None:
    body = f"<h1>Brücke gesperrt</h1><p class='date'>08.11.2024</p>{TEXT}"
    assert day(body, "lang='de'") == "2024-11-08"


def test_a_verb_behind_the_date_labels_it() -> None:
    note = "<p><small>Dieser Beitrag wurde am {} um 10:00 Uhr {} und unter Hafen abgelegt.</small>"
    body = f"<h1>Brücke</h1>{TEXT}{note.format('8. November 2024', 'veröffentlicht')}"
    assert day(body, "lang='de'") == "2024-11-08"
    changed = note.format("9. November 2024", "geändert")
    assert day(f"{body}{changed}", "lang='de'") == "2024-11-08"


# The line below the headline as blogs, forums, offices and journals of many lands print it.
LINES = [
    ("en", "<abbr class=published title='2024-11-08T10:00:00+0000'>Friday</abbr>"),
    ("en", "<p class=postmetadata>This entry was posted on Friday, November 8th, 2024 at 9 am</p>"),
    ("en", "<small>November 8th, 2024 by admin</small>"),
    ("en", "<p class=date><i>08</i> <i>Nov</i> <i>2024</i></p>"),
    ("en", "<p class=date><i>Nov</i> <i>8</i> <i>2024</i></p>"),
    ("en", "<p><i class=icon></i> 8 November 2024 | <i></i> 3 min read</p>"),
    ("en", "<p>Ann Lee</p><p>Nov 08, 2024</p>"),
    ("en", "<p>by <b>ann</b> » Fri Nov 08, 2024 9:12 am</p>"),
    ("en", "<p>Submitted by ann on 8 November, 2024 - 10:00</p>"),
    (
        "en",
        "<dl><dt>Published</dt><dd>8 November 2024</dd><dt>Updated</dt><dd>9 November 2024</dd>",
    ),
    ("en", "<p>[Submitted on 8 Nov 2024 (v1), last revised 9 Nov 2024 (this version)]</p>"),
    ("en", "<p>Received: 1 May 2024 / Accepted: 2 June 2024 / Published: 8 November 2024</p>"),
    ("en", "<p>FRI 08 NOV 2024</p>"),
    ("en", "<time title='November 8, 2024 9:00 AM'>5 days ago</time>"),
    ("en", "<span class=date title='2024-11-08 09:00'>5 days ago</span>"),
    ("en", "<span class=stamp data-timestamp='1731056400'>5 days ago</span>"),
    ("en", "<relative-time datetime='2024-11-08T09:00:00Z'>Nov 8</relative-time>"),
    ("en", "<p><script>show('2024/11/08 10:15')</script></p>"),
    ("en-GB", "<p>08/11/2024</p>"),
    ("en-US", "<p>11/8/2024</p>"),
    ("de", "<p>Veröffentlicht: 08.11.2024 | Stand: 09.11.2024</p>"),
    ("de", "<p>Aktualisiert am 09.11.2024, veröffentlicht am 08.11.2024</p>"),
    ("de", "<p>Freitag, 8. November 2024, 10:15 Uhr</p>"),
    ("fr", "<p>Publié le 8 novembre 2024 à 10h15 - Mis à jour le 9 novembre 2024</p>"),
    ("es", "<p class=fecha>8 de noviembre de 2024</p>"),
    ("pt", "<p>8 de novembro de 2024, atualizado em 9 de novembro de 2024</p>"),
    ("it", "<p>Pubblicato il 8 Novembre 2024 da redazione</p>"),
    ("nl", "<p>Geplaatst op 8 november 2024 door Jan</p>"),
    ("sv", "<p>Publicerad 8 november 2024</p>"),
    ("fi", "<p>Julkaistu 8. marraskuuta 2024</p>"),
    ("pl", "<p>Opublikowano: 8 listopada 2024</p>"),
    ("cs", "<p>Publikováno 8. listopadu 2024</p>"),
    ("hu", "<p>2024. november 8.</p>"),
    ("ro", "<p>8 noiembrie 2024</p>"),
    ("el", "<p>8 Νοεμβρίου 2024</p>"),
    ("ru", "<p>8 ноября 2024 г., 10:15</p>"),
    ("uk", "<p>8 листопада 2024</p>"),
    ("tr", "<p>8 Kasım 2024 Cuma</p>"),
    ("ar", "<p>8 نوفمبر 2024</p>"),
    ("he", "<p>8 בנובמבר 2024</p>"),
    ("id", "<p>Jumat, 8 November 2024 10:15 WIB</p>"),
    ("hi", "<p>8 नवंबर 2024</p>"),
    ("bn", "<p>৮ নভেম্বর ২০২৪</p>"),
    ("th", "<p>8 พฤศจิกายน 2567</p>"),
    ("ja", "<p>公開日：2024.11.08　更新日：2024.11.09</p>"),
    ("zh", "<p>发布时间：2024-11-08 10:15 来源：晚报</p>"),
    ("ko", "<p>입력 2024.11.08 10:15 수정 2024.11.09 11:00</p>"),
]


@pytest.mark.parametrize(("language", "line"), LINES)
def test_lines_of_many_lands_are_read(language: str, line: str) -> None:
    assert day(f"<h1>Bridge</h1>{line}<p>Text.</p>", f"lang='{language}'") == "2024-11-08"


LONG = "the council, elected by a narrow margin a year before, met in the old hall " * 4


@pytest.mark.parametrize(
    "line",
    [
        f"<p>On November 8, 2021 {LONG}</p>",
        "<p>Open 7. - 8. November 2024</p>",
        "<p class=stars title='4 of 5 stars'>rated</p>",
        "<p title='A walk on 8 November 2024 by the sea'>A walk</p>",
    ],
)
def test_a_sentences_day_a_periods_end_and_other_titles_are_none(line: str) -> None:
    assert day(f"<h1>Bridge</h1>{line}<p>Text.</p>") is None


def test_a_datelines_day_opens_the_text() -> None:
    line = f"<p>HARBOURTOWN, November 8, 2024 /Wire/ -- {LONG}</p>"
    assert day(f"<h1>Bridge</h1>{line}") == "2024-11-08"


NAV = (
    "<nav><a href=/w>World</a><a href=/s>Sport</a><a href=/c>Culture</a><a href=/l>Local</a></nav>"
)


def around_headline(before: str, after: str = "") -> str | None:
    """Give the day read on a page of the 22nd of November 2026."""
    parsed = page(
        f"{before}<main><article><h1>Bridge closes</h1>{after}{TEXT}</article></main>",
        captured_at=datetime(2026, 11, 22, 14, tzinfo=UTC),
    )
    found = read_metadata(parsed).published
    return found.isoformat()[:10] if found else None


@pytest.mark.parametrize(
    "strip",
    [
        "<p>Sunday, November 22, 2026</p>",
        "<span>22 Nov 2026 12°C</span>",
        "<ul class=util><li>22 November 2026</li></ul>",
        "<div class=topbar><time>22 November 2026</time></div>",
        "<div>Saturday, November 21, 2026</div>",
    ],
)
def test_the_day_of_delivery_in_a_pages_top_bar_is_no_publication(strip: str) -> None:
    for before in (strip + NAV, NAV + strip):
        assert around_headline(before) is None
        assert around_headline(before, "<p>8 November 2024</p>") == "2024-11-08"
        assert around_headline(before, "<p>By Ann Lee | 8 November 2024</p>") == "2024-11-08"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<p>22 November 2026</p>"),
        ("", "<p>By Ann Lee | November 22, 2026</p>"),
        (NAV + "<p>Published 22 November 2026</p>", ""),
        (NAV + "<div><div>22 November 2026</div>", ""),
    ],
)
def test_an_article_read_on_its_own_day_keeps_it(before: str, after: str) -> None:
    assert around_headline(before, after) == "2026-11-22"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Today is Sunday, November 22, 2026</p>",
        "<p class=date>Event date: 8 November 2024</p>",
        "<p class=date>Expires 8 November 2025</p>",
        "<p>Correction, 10 November 2024: a name was wrong.</p>",
        "<div class=thread>bob77 on 12 November 2024 at 10:00 said:</div>",
    ],
)
def test_a_date_of_something_else_is_never_the_articles(line: str) -> None:
    assert around_headline("", line) is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<p>8 Nov ’24</p>", True),
        ("<p>۱۸ آبان ۱۴۰۳</p>", True),
        ("<span property='dc:date' content='2024-11-08T10:15:00+01:00'>last week</span>", True),
        ("<dl><dt>When</dt><dd>8 November 2024, 19:00</dd></dl>", False),
        ("<p>The lock (Photo: A. Lee, 8 November 2024)</p>", False),
    ],
)
def test_other_forms_and_other_things_are_told(line: str, *, found: bool) -> None:
    assert day(f"<h1>Bridge closes</h1>{line}{TEXT}") == ("2024-11-08" if found else None)


def test_a_statement_is_signed_with_place_and_day() -> None:
    signed = "<p>Berlin, den 8. November 2024</p>"
    assert day(f"<h1>Bridge closes</h1>{TEXT}{signed}", "lang='de'") == "2024-11-08"
    other = "<p>Am Kai, den 8. November 2024 vergisst keiner</p>"
    assert day(f"<h1>Bridge closes</h1>{TEXT}{other}", "lang='de'") is None


def test_a_mastheads_day_is_told_by_its_weekday_and_the_menu_below_it() -> None:
    menu = "<a href='/a'>A</a> <a href='/b'>B</a> <a href='/c'>C</a> <a href='/d'>D</a>"
    above = f"<div><span>Friday, November 8, 2024</span><div>{menu}</div></div>"
    assert day(f"{above}<h1>Bridge closes</h1>{TEXT}") is None
    assert day(f"<div><span>Friday, November 8, 2024</span><h1>Bridge closes</h1></div>{TEXT}") == (
        "2024-11-08"
    )
