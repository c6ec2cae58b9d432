"""What kind of page a page is."""

import pytest

from archive.records import VerdictKind
from crawler.extract.page import MOST_ELEMENTS
from tests.crawler.extract.readings import FIRST, SECOND, STORY, URL, page, read
from tests.crawler.extract.text.kinds import PAGES
from tests.crawler.extract.text.making import Made


@pytest.mark.parametrize("made", PAGES, ids=lambda made: made.name)
def test_a_made_page_is_known_for_what_it_is(made: Made) -> None:
    verdict = read(made.html, **made.arguments).verdict
    assert verdict.kind is made.kind, verdict.reason
    assert verdict.reason


@pytest.mark.parametrize(
    ("html", "arguments", "kind"),
    [
        (page(STORY), {}, VerdictKind.ARTICLE),
        (page(STORY), {"status": 404}, VerdictKind.ERROR),
        (page("<h1>Page not found</h1><p>Try the search.</p>"), {}, VerdictKind.SOFT_404),
        (page(STORY), {"url": "https://paper.example/", "asked_url": URL}, VerdictKind.HOME),
        ("<title>Just a moment...</title><body>", {"status": 403}, VerdictKind.CHALLENGE),
        (page("<p>You need to enable JavaScript to run this app.</p>"), {}, VerdictKind.JAVASCRIPT),
        ("%PDF-1.7 and so on", {}, VerdictKind.NOT_HTML),
        ("   ", {}, VerdictKind.EMPTY),
        (
            page("<h1>Log in</h1><form><input type='password'></form>"),
            {},
            VerdictKind.LOGIN,
        ),
        (
            page("<p>We and our 812 partners store and read information on your device.</p>"),
            {},
            VerdictKind.CONSENT,
        ),
        (
            page(f"<article><p>{FIRST}</p><p>Subscribe to continue reading.</p></article>"),
            {},
            VerdictKind.PAYWALL,
        ),
    ],
)
def test_the_verdict(html: str, arguments: dict[str, object], kind: VerdictKind) -> None:
    reading = read(html, **arguments)
    assert reading.verdict.kind is kind
    assert reading.verdict.reason


def test_a_long_free_article_is_no_wall_for_the_words_around_it() -> None:
    story = "".join(f"<p>{number}. {FIRST} {SECOND}</p>" for number in range(20))
    walls = "<div class='x'>Subscribe to continue reading. Accept all cookies. Log in.</div>"
    reading = read(page(f"<article><h1>Cartilage grown</h1>{story}</article>{walls}"))
    assert reading.verdict.kind is VerdictKind.ARTICLE


def test_a_page_too_large_is_read_in_part() -> None:
    reading = read(page("".join(f"<p>{n}. {FIRST}" for n in range(MOST_ELEMENTS))))
    assert reading.verdict.kind is VerdictKind.ARTICLE
    assert reading.verdict.reason.endswith(f"; only its first {MOST_ELEMENTS:,} elements were read")
    assert reading.article
    assert reading.article.partial


GUARDS = [
    ("<h1>Verify you are human</h1>", {}, "Cloudflare"),
    ("<p>One moment, please.</p>", {"cf-mitigated": "challenge"}, "Cloudflare"),
    ("<form id='challenge-form'></form><p>One moment, please.</p>", {}, "Cloudflare"),
    ("<p>Please enable JS and disable any ad blocker</p>", {}, "DataDome"),
    ("<script src='https://geo.captcha-delivery.com/captcha/'></script>", {}, "DataDome"),
    ("<p>No.</p>", {"X-DataDome": "protected"}, "DataDome"),
    (
        "<p>You don't have permission to access this. Reference #18.a</p>",
        {},
        "Akamai",
    ),
    ("<script src='/akam-sw.js'></script><script>var u='?bm-verify=AAQ'</script>", {}, "Akamai"),
    ("<div id='px-captcha'></div>", {}, "PerimeterX"),
    ("<h1>Access to this page has been denied</h1>", {}, "PerimeterX"),
    ("<script src='https://x.token.awswaf.com/x/challenge.js'></script>", {}, "AWS WAF"),
    ("<p>Wait.</p>", {"x-amzn-waf-action": "captcha"}, "AWS WAF"),
    ("<h1>Are you a robot?</h1>", {}, "A bot check"),
]


@pytest.mark.parametrize(("html", "headers", "guard"), GUARDS)
@pytest.mark.parametrize("status", [403, 503])
def test_a_guards_page_is_a_challenge(
    html: str, headers: dict[str, str], guard: str, status: int
) -> None:
    verdict = read(page(html), status=status, headers=headers).verdict
    assert verdict.kind is VerdictKind.CHALLENGE
    assert guard in verdict.reason


@pytest.mark.parametrize(
    "words",
    [
        "The Paper and its 214 partners would like to keep cookies on your device.",
        "Our partners store and/or access information on a device, such as cookies.",
    ],
)
def test_a_request_to_keep_cookies_is_a_consent_wall(words: str) -> None:
    wall = f"<h1>One thing before</h1><p>{words}</p><button>Accept all</button>"
    assert read(page(wall)).verdict.kind is VerdictKind.CONSENT


def test_a_guards_script_and_header_on_a_good_page_are_no_challenge() -> None:
    script = "<script src='https://x.token.awswaf.com/x/challenge.js'></script>"
    verdict = read(page(STORY + script), headers={"x-datadome": "protected"}).verdict
    assert verdict.kind is VerdictKind.ARTICLE


def test_a_refusal_without_a_guard_is_the_servers() -> None:
    verdict = read(page("<h1>Forbidden</h1>"), status=403).verdict
    assert verdict.kind is VerdictKind.ERROR
    assert verdict.reason == "the server answered 403 Forbidden"


def headline(number: int) -> str:
    return f"<a href='/news/{number}'>The harbour town's news of day number {number}</a>"


def test_a_page_of_dated_links_is_a_list() -> None:
    items = "".join(f"<li>{headline(n)} - November {n + 1}th, 2024</li>" for n in range(12))
    verdict = read(page(f"<h1>Archive</h1><ul>{items}</ul>")).verdict
    assert verdict.kind is VerdictKind.LIST
    assert verdict.reason == "12 lines that end with a date"


def test_a_page_of_links_is_a_list() -> None:
    items = "".join(f"<li>{headline(n)}</li>" for n in range(12))
    verdict = read(page(f"<h1>Archive</h1><p>All our news.</p><ul>{items}</ul>")).verdict
    assert verdict.kind is VerdictKind.LIST
    assert verdict.reason == "12 headlines that are links, and little text of its own"


def test_a_plain_text_of_dated_lines_is_a_list() -> None:
    lines = [f"News of day number {n} - Paper - November {n + 1}th, 2024" for n in range(12)]
    verdict = read("\n".join(lines)).verdict
    assert verdict.kind is VerdictKind.LIST
    assert verdict.reason == "12 lines that end with a date"


def test_an_article_beside_links_is_no_list() -> None:
    links = "".join(f"<li>{headline(n)}</li>" for n in range(30))
    verdict = read(page(f"{STORY}<ul>{links}</ul>")).verdict
    assert verdict.kind is VerdictKind.ARTICLE


PURPOSE = f"<p>We use cookies, with your consent, to measure what is read here.</p><p>{FIRST}</p>"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (
            (
                "<h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie uns wie immer mit Anzeigen.</p>"
                "<p>Mit unseren 97 Partnern verarbeiten wir Daten, um zu messen, was man liest.</p>"
            ),
            VerdictKind.CONSENT,
        ),
        (f"<h1>Privacy policy</h1>{PURPOSE}", VerdictKind.ARTICLE),
        (f"<h1>Privacy policy</h1>{PURPOSE}<button>Accept all</button>", VerdictKind.CONSENT),
        (
            (
                "<h1>Diese Seite gibt es leider nicht mehr</h1><p>Nutzen Sie die Suche, oder "
                "beginnen Sie noch einmal auf der Titelseite, von der alle Wege ausgehen.</p>"
            ),
            VerdictKind.SOFT_404,
        ),
        (
            (
                "<h1>¡Ups! La página que buscas no existe</h1><p>Puede ser que la dirección haya "
                "cambiado desde entonces; prueba otra vez desde la portada de nuestro diario.</p>"
            ),
            VerdictKind.SOFT_404,
        ),
        (
            (
                "<p>This article is no longer available online. Please write to the archive of the "
                "paper if you want to have a copy of it for use at home or in a school.</p>"
            ),
            VerdictKind.SOFT_404,
        ),
        (
            (
                f"<article><h1>Knorpel</h1><p>{FIRST}</p><div><p>Weiterlesen mit Bote+</p>"
                "<p>Jetzt 3 Monate für 2 Euro testen. Monatlich kündbar.</p></div></article>"
            ),
            VerdictKind.PAYWALL,
        ),
        (
            (
                f"<article><h1>Cartílago</h1><p>{FIRST}</p>"
                "<p>Regístrate gratis para seguir leyendo</p>"
                "<p>Has alcanzado el límite de artículos de este mes.</p></article>"
            ),
            VerdictKind.PAYWALL,
        ),
    ],
)
def test_what_asks_and_what_is_gone_is_no_article(html: str, kind: VerdictKind) -> None:
    reading = read(page(html).replace("Cartilage grown", "The Paper"))
    assert reading.verdict.kind is kind, reading.verdict.reason
    if kind is VerdictKind.PAYWALL:
        assert reading.article
        assert reading.article.text == FIRST


TIMED = '<meta property="article:published_time" content="2024-11-08">'


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The ferry runs again after two days, the line said on Friday.", VerdictKind.ARTICLE),
        ("The ferry, seen on Friday from the southern quay of the harbour", VerdictKind.EMPTY),
    ],
)
def test_one_sentence_is_an_article_where_it_is_dated(sentence: str, kind: VerdictKind) -> None:
    html = page(f"<article><h1>Ferry</h1><p>{sentence}</p></article>", TIMED)
    assert read(html).verdict.kind is kind
    assert read(html.replace(TIMED, "")).verdict.kind is VerdictKind.EMPTY
