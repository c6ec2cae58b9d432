"""What the pages of the default newsstand say, asked for over HTTP."""

import json
import re
from collections import Counter
from datetime import date, datetime
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from tests.newsstand import HOSTS, Lead, Newsstand, Oddity
from tests.newsstand.client import fetch
from tests.newsstand.oddities import UNREADABLE
from tests.newsstand.publishers import PUBLISHERS

VOID = {"br", "hr", "img", "input", "link", "meta"}
BLOCKS = {"div", "p", "ul", "ol", "table", "h1", "h2", "h3", "section", "article", "figure", "form"}
ITEM = re.compile(r'<li><a href="([^"]+)">(.*?)</a> - (\w+ \d+\w\w, \d{4})</li>')


class Checker(HTMLParser):
    """Fails on tags that are not closed in order, and on blocks inside paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag in BLOCKS and "p" in self.open), f"<{tag}> inside <p>"
        assert len(attrs) == len(dict(attrs))
        self.seen[tag] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(markup: str) -> Checker:
    checker = Checker()
    checker.feed(markup)
    checker.close()
    assert checker.open == []
    assert checker.seen["title"] == checker.seen["body"] == 1
    assert not re.search(
        r"&(?!#?\w+;)", re.sub(r"<script.*?</script>", "", markup, flags=re.DOTALL)
    )
    return checker


def odd(stand: Newsstand, oddity: Oddity) -> Lead:
    return next(lead for lead in stand.leads() if lead.oddity is oddity)


def words(markup: str) -> str:
    bare = re.sub(r"<(script|style).*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def test_the_list_has_eighty_headlines_on_four_pages(stand: Newsstand) -> None:
    lines, pages, url = [], 0, stand.seed
    while url:
        text = fetch(stand, url).text
        lines += [(unescape(a), f"{unescape(b)} - {c}") for a, b, c in ITEM.findall(text)]
        older = re.search(r'<a href="([^"]+)">« Older posts</a>', text)
        url, pages = urljoin(url, older[1]) if older else "", pages + 1
    assert pages == 4
    assert lines == [(lead.post, lead.line) for lead in stand.leads()]
    assert len(lines) == 80


def test_the_list_has_the_seeds_faults(stand: Newsstand) -> None:
    leads = list(stand.leads())
    assert 35 <= sum(lead.publisher is not None for lead in leads) <= 55
    assert 15 <= sum(lead.truncated for lead in leads) <= 30
    assert sum(lead.publisher_cut for lead in leads) >= 3
    assert [lead.title.split()[0] for lead in leads if lead.damaged] == ["Nave", "Switching", "The"]
    assert {lead.oddity for lead in leads} == {*Oddity, None}
    days = [lead.day for lead in leads]
    assert days == sorted(days, reverse=True)
    assert days[0] == date(2024, 11, 8)
    assert 20 <= len(set(days)) <= 60


def test_the_text_list_has_a_line_for_each_headline(stand: Newsstand) -> None:
    reply = fetch(stand, stand.lists["text"])
    lines = reply.text.splitlines()
    assert reply.headers["content-type"].startswith("text/plain")
    assert [line[2:] for line in lines if line.startswith("- ")] == [
        lead.line for lead in stand.leads()
    ]
    assert any(line.startswith("Read") for line in lines)
    assert lines[-1] == "Recent Comments"


def test_every_post_has_its_excerpt_and_leads_to_the_original(stand: Newsstand) -> None:
    for lead in stand.leads():
        text = fetch(stand, lead.post).text
        check(text)
        truth = stand.truth[lead.post]
        assert truth.kind == "post"
        assert all(paragraph in words(text) for paragraph in truth.paragraphs)
        assert f'href="{lead.original.replace("&", "&amp;")}"' in text
        assert truth.title in words(text)


def test_every_article_reads_as_its_truth_says(stand: Newsstand) -> None:
    hosts = Counter[str]()
    for lead in stand.leads():
        if lead.oddity in UNREADABLE | {Oddity.LATIN1, Oddity.PDF, Oddity.UNDECLARED}:
            continue
        truth, text = stand.truth[lead.article], fetch(stand, lead.article).text
        check(text)
        shown = words(text)
        assert truth.publisher == PUBLISHERS[lead.host].name
        for part in (truth.title, *truth.paragraphs, *truth.byline, *truth.subheads):
            assert part in shown
        hosts[lead.host] += 1
    assert set(hosts) == set(PUBLISHERS)
    assert 60 <= sum(hosts.values()) <= 80


def test_every_readable_page_is_in_the_truth_and_answers(stand: Newsstand) -> None:
    assert len(stand.truth) == len(set(stand.truth)) > 160
    for url, truth in stand.truth.items():
        assert truth.url == url
    for lead in stand.leads():
        assert (lead.article in stand.truth) == (lead.oddity not in UNREADABLE)
    assert stand.url("dailyassay.example", "/no/such-5/") not in stand.truth
    assert stand.seed not in stand.truth


def test_each_publisher_prints_its_date_in_its_own_form(stand: Newsstand) -> None:
    plain = {lead.host: lead for lead in stand.leads() if lead.oddity is None}
    for host, lead in plain.items():
        moment = stand.truth[lead.article].published
        assert moment
        assert isinstance(moment, datetime) == (
            host not in {"oldquarry.example", "polderpost.example"}
        )
        forms = {
            "dailyassay.example": f'"datePublished": "{moment.isoformat()}"',
            "harbourbusiness.example": f'published_time" content="{moment.isoformat()}"',
            "labnotes.example": f'"datePublished": "{moment.isoformat()}"',
            "meridianwire.example": f'<time datetime="{moment.isoformat()}">',
            "oldquarry.example": f"{moment:%A}, {moment.day} {moment:%B %Y}",
            "polderpost.example": f'<td class="datum">{moment:%d-%m-%Y}</td>',
        }
        assert forms[host] in fetch(stand, lead.article).text


def test_modified_dates_are_on_the_pages_of_those_who_print_them(stand: Newsstand) -> None:
    found = Counter[str]()
    for lead in stand.leads():
        if lead.oddity is None and (moment := stand.truth[lead.article].modified):
            assert moment.isoformat() in fetch(stand, lead.article).text
            found[lead.host] += 1
    assert set(found) == {"dailyassay.example", "harbourbusiness.example", "labnotes.example"}


def test_a_twin_is_the_same_text_at_another_publisher(stand: Newsstand) -> None:
    articles = [stand.truth[lead.article] for lead in stand.leads() if lead.article in stand.truth]
    texts = Counter(truth.paragraphs for truth in articles)
    assert sorted(texts.values())[-3:] == [1, 2, 2]
    for text, count in texts.items():
        if count == 2:
            first, second = (truth for truth in articles if truth.paragraphs == text)
            assert first.title == second.title
            assert first.publisher != second.publisher


@pytest.mark.parametrize(
    ("oddity", "status"),
    [(Oddity.DEAD, 404), (Oddity.GONE, 410), (Oddity.REDIRECT, 301), (Oddity.REDIRECTOR, 302)],
)
def test_originals_fail_or_move(stand: Newsstand, oddity: Oddity, status: int) -> None:
    lead = odd(stand, oddity)
    reply = fetch(stand, lead.original)
    assert reply.status == status
    if status < 400:
        assert reply.headers["location"] == lead.article
        assert fetch(stand, lead.article).status == 200


def test_the_shortener_leads_on_in_several_hops_and_ways(stand: Newsstand) -> None:
    lead = odd(stand, Oddity.SHORTENER)
    first = fetch(stand, lead.original)
    assert (first.status, first.headers["location"][:6]) == (301, "/hop/x")
    second = fetch(stand, urljoin(lead.original, first.headers["location"]))
    assert (second.status, second.headers["location"]) == (302, lead.article)
    for oddity, words_of_it in ((Oddity.REFRESH, 'http-equiv="refresh"'), (Oddity.SCRIPT, "rep")):
        lead = odd(stand, oddity)
        reply = fetch(stand, lead.original)
        check(reply.text)
        assert (reply.status, words_of_it in reply.text) == (200, True)
        assert lead.article in reply.text.replace("\\/", "/")


def test_a_short_address_can_be_made_to_lead_elsewhere() -> None:
    with Newsstand(articles=3, shortened=True) as stand:
        lead = next(stand.leads())
        assert lead.original.startswith("http://snip.example:")
        stand.point(lead, "http://10.1.2.3/")
        hop = lead.original.replace("/x", "/hop/x")
        assert fetch(stand, hop).headers["location"] == "http://10.1.2.3/"
        assert fetch(stand, lead.article).status == 200


def test_the_redirector_leads_nowhere_else(stand: Newsstand) -> None:
    reply = fetch(stand, stand.url("cellwire.example", "/out?u=http%3A%2F%2Fcellwire.invalid%2F"))
    assert reply.status == 404


def test_the_consent_wall_opens_with_its_cookie(stand: Newsstand) -> None:
    lead = odd(stand, Oddity.CONSENT)
    wall = fetch(stand, lead.original)
    assert wall.status == 200
    check(wall.text)
    assert "Accept all" in wall.text
    assert lead.host not in wall.text
    door = fetch(stand, stand.url(lead.host, "/consent?back=/markets/x"))
    assert (door.status, door.headers["location"]) == (302, "/markets/x")
    cookie = door.headers["set-cookie"].partition(";")[0]
    assert "Harbour Pool" in fetch(stand, lead.original, {"Cookie": cookie}).text


@pytest.mark.parametrize("oddity", [Oddity.LANDING, Oddity.LIST])
def test_a_landing_or_list_page_is_no_article(stand: Newsstand, oddity: Oddity) -> None:
    lead = odd(stand, oddity)
    reply = fetch(stand, lead.original)
    assert reply.status == 200
    check(reply.text)
    assert lead.title.removesuffix("...").strip() not in words(reply.text)
    assert fetch(stand, lead.article).status == 404


def test_a_date_may_stand_in_the_text_alone_or_nowhere(stand: Newsstand) -> None:
    told = stand.truth[odd(stand, Oddity.TEXT_DATE).article]
    assert isinstance(told.published, date)
    assert not isinstance(told.published, datetime)
    assert re.match(rf"\w+, {told.published.day} {told.published:%B %Y} – ", told.paragraphs[0])
    lead = odd(stand, Oddity.NO_DATE)
    reply = fetch(stand, lead.article)
    assert stand.truth[lead.article].published is None
    assert "last-modified" not in reply.headers
    assert not re.search(r"\b(19|20)\d\d\b", reply.text)


@pytest.mark.parametrize(
    ("oddity", "declared"),
    [(Oddity.LATIN1, "text/html; charset=iso-8859-1"), (Oddity.UNDECLARED, "text/html")],
)
def test_pages_in_windows_1252(stand: Newsstand, oddity: Oddity, declared: str) -> None:
    lead = odd(stand, oddity)
    reply = fetch(stand, lead.article)
    assert reply.headers["content-type"] == declared
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode()
    assert b"charset" not in reply.body
    shown = words(reply.body.decode("cp1252"))
    assert all(paragraph in shown for paragraph in stand.truth[lead.article].paragraphs)


def test_a_headline_leads_to_a_press_release_in_pdf(stand: Newsstand) -> None:
    reply = fetch(stand, odd(stand, Oddity.PDF).article)
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.body.startswith(b"%PDF-")


def test_of_a_press_release_in_pdf_the_truth_is_what_its_font_can_print() -> None:
    # Of this many headlines, the one whose page is a document is about β-arrestin.
    with Newsstand(articles=10_000, lists=100) as large:
        article = odd(large, Oddity.PDF).article
        assert "?-arrestin" in " ".join(large.truth[article].paragraphs)
        assert b"?-arrestin" in fetch(large, article).body


def test_robots_txt_of_every_host(stand: Newsstand) -> None:
    texts = {host: fetch(stand, stand.url(host, "/robots.txt")).text for host in HOSTS}
    assert all(text.startswith("User-agent: *\n") for text in texts.values())
    assert "Disallow: /members/" in texts["labnotes.example"]
    assert "/members/" in odd(stand, Oddity.ROBOTS).original
    delayed = [host for host, text in texts.items() if "Crawl-delay: 1" in text]
    assert delayed == ["quietshore.example"]
    assert "quietshore.example" not in {lead.host for lead in stand.leads()}


def test_the_press_room_is_a_table_with_day_first_dates(stand: Newsstand) -> None:
    text = fetch(stand, stand.lists["table"]).text
    check(text)
    rows = re.findall(r'<td>(\d\d/\d\d/\d{4})</td><td><a href="([^"]+)">(.*?)</a>', text)
    assert len(rows) == 24
    for printed, url, title in rows:
        truth = stand.truth[url]
        assert truth.published is not None
        assert (f"{truth.published:%d/%m/%Y}", truth.title) == (printed, unescape(title))
    assert fetch(stand, rows[0][1]).status == 200


def test_in_the_news_has_times_and_outlets(stand: Newsstand) -> None:
    text = fetch(stand, stand.lists["time"]).text
    assert check(text).seen["time"] == 10
    listed = re.findall(r'datetime="([-\d]+)".*?outlet">(.*?)<.*?href="([^"]+)"', text)
    leads = {lead.article: lead for lead in stand.leads()}
    for day, outlet, url in listed:
        lead = leads[unescape(url)]
        assert (day, outlet) == (lead.day.isoformat(), PUBLISHERS[lead.host].name)


@pytest.mark.parametrize(("shape", "tag"), [("feed", "link"), ("sitemap", "loc")])
def test_feed_and_sitemap_lead_to_articles(stand: Newsstand, shape: str, tag: str) -> None:
    reply = fetch(stand, stand.lists[shape])
    urls = re.findall(rf"<{tag}>(http://[^<]+/markets/[^<]+)</{tag}>", reply.text)
    assert "xml" in reply.headers["content-type"]
    assert len(urls) > 8
    assert all(fetch(stand, unescape(url)).status == 200 for url in urls)


@pytest.mark.parametrize("host", HOSTS)
def test_fronts_are_valid_and_unknown_pages_missing(stand: Newsstand, host: str) -> None:
    check(fetch(stand, stand.url(host, "/")).text)
    assert fetch(stand, stand.url(host, "/no/such/page")).status == 404
    assert fetch(stand, stand.url(host, "/0")).status == 404


def test_json_ld_says_what_the_truth_says(stand: Newsstand) -> None:
    lead = next(one for one in stand.leads() if one.host == "dailyassay.example")
    found = re.search(r'ld\+json">(.*?)</script>', fetch(stand, lead.article).text)
    assert found
    facts, truth = json.loads(found[1]), stand.truth[lead.article]
    assert facts["headline"] == truth.title
    assert [author["name"] for author in facts["author"]] == list(truth.byline)
