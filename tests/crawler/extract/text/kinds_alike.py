"""Made articles that look like walls, and walls that look like articles."""

from collections.abc import Iterator

from archive.records import VerdictKind as Kind
from tests.crawler.extract.readings import URL
from tests.crawler.extract.text.making import (
    BANNER,
    GIVEN,
    SITE,
    STORY,
    Made,
    article,
    json_ld,
    made,
    page,
    paragraphs,
)

NEWS = {"@type": "NewsArticle", "headline": "Ferry runs again", "datePublished": "2024-11-08"}
PAID = GIVEN + json_ld(**NEWS, isAccessibleForFree=False)


def articles_like_walls() -> Iterator[Made]:
    """Give articles whose words or surroundings are a wall's."""
    texts = {
        "What the cookie banners ask": (
            "Before you continue to the site, it says, we and our partners store information.",
            "Nobody reads on: four in five press the large button within two seconds.",
            "Lawyers say that such a consent is worth little, and the courts begin to agree.",
        ),
        "The bakery without an oven": (
            "We use cookies and cakes to accept guests into our family, says the baker.",
            "Her oven broke in October, and since then she bakes at her neighbour's.",
        ),
        "Subscribe to continue reading? Most do not": (
            "This article is reserved for subscribers: three of four readers leave at that line.",
            "Newspapers have tried meters and coffee vouchers, and none has worked for long.",
        ),
        "Sign in with your face, says the bank": (
            "From January the savings bank lets its customers log in by looking at a telephone.",
            "Passwords will be accepted for another year, a spokeswoman said on Tuesday.",
        ),
        "Access denied: hikers shut out of the valley": (
            "The only road into the valley is closed since its owner put up a gate on Sunday.",
            "The alpine club will go to court about it, said its chairman on Monday.",
        ),
    }
    form = '<form action="/login"><input type="password"><button>Log in</button></form>'
    for title, said in texts.items():
        story = article("".join(f"<p>{one}</p>" for one in said), heading=title)
        for name, beside in (("", ""), (" beside a form", form), (" below a banner", BANNER)):
            yield made(f"{title}{name}", Kind.ARTICLE, page(beside + story, title=title))
    lost = json_ld(**(NEWS | {"headline": "404 Not Found"}))
    yield made(
        "an article of that name",
        Kind.ARTICLE,
        page(article(heading="404 Not Found"), title="404 Not Found", head=GIVEN + lost),
    )
    yield made(
        "an offer of a newsletter",
        Kind.ARTICLE,
        page(
            article(
                f"{paragraphs(0, 2)}<p>Subscribe to read our newsletter every day.</p>"
                f"{paragraphs(2, 4)}"
            ),
            head=GIVEN,
        ),
    )


def walls_like_articles() -> Iterator[Made]:
    """Give walls and messages in a few sentences, as a short article has."""
    pages = {
        Kind.CONSENT: (
            (
                "<h2>Willkommen</h2><p>Besuchen Sie uns wie gewohnt mit Werbung und Tracking.</p>"
                "<button>Zustimmen &amp; weiter</button><p>Nutzen Sie alles ohne Werbetracking.</p>"
            ),
            (
                "<h2>Elija</h2><p>Acepte las cookies para leer gratis, o pague 3 € al mes.</p>"
                "<button>Aceptar y continuar gratis</button>"
            ),
            (
                "<h1>Cookies</h1><p>De krant en derde partijen gebruiken cookies om beter te zijn.</p>"
                "<button>Ja, accepteren</button>"
            ),
            (
                "<h1>Dbamy o prywatność</h1><p>Klikając, wyrażasz zgodę na przetwarzanie danych.</p>"
                "<div role='button'>Akceptuję i przechodzę do serwisu</div>"
            ),
            (
                "<p>Nós e os nossos parceiros armazenamos informações, tais como cookies.</p>"
                "<button>Aceitar e fechar</button>"
            ),
        ),
        Kind.CHALLENGE: (
            "<h1>Accès restreint</h1><p>Une activité inhabituelle provenant de votre réseau.</p>",
            "<h1>Подтвердите, что запросы отправляли вы, а не робот</h1><p>Нам очень жаль.</p>",
            "<h1>Проверяем ваш браузер</h1><p>Это займёт несколько секунд.</p>",
            "<h1>您的访问请求可能存在安全风险，已被拦截</h1>",
            "<p>We believe that you are using automation tools to read this site.</p>",
        ),
        Kind.SOFT_404: (
            "<h1>Erreur 404</h1><p>Rien ici.</p>",
            "<h1>Hoppla!</h1><p>Die von Ihnen aufgerufene Seite existiert leider nicht mehr.</p>",
            "<h1>La pagina che cerchi non esiste</h1>",
            "<h1>Deze pagina bestaat niet (meer)</h1>",
            "<h1>Nie znaleźliśmy strony, której szukasz</h1>",
            "<h1>Такой страницы нет</h1><p>Возможно, она была удалена.</p>",
            "<h1>この記事は掲載期間が終了しました</h1>",
            "<h1>该文章已被删除</h1>",
            "<h1>Trang bạn tìm không tồn tại</h1>",
            "<h1>The Paper</h1><h2>Sorry, this page does not exist</h2><p>Read what is new.</p>",
            "<main class='page error404'><h1>The Paper</h1><p>Hic nihil est.</p></main>",
        ),
        Kind.ERROR: (
            "<h1>Access Denied</h1><p>You are not one of those who may see this page of ours.</p>",
            "<h1>403 Forbidden</h1><hr>nginx",
            "<h1>Too Many Requests</h1><p>Come back later.</p>",
            "<h1>Wartung</h1><p>Unsere Website wird gerade gewartet.</p>",
            "<p>Our site is currently unavailable in most European countries. We look at it.</p>",
        ),
        Kind.EMPTY: (
            (
                "<h1>Heitä pois</h1><p>Tämä sivu ei kerro mitään siitä, mitä siltä odotettiin "
                "alun perin, eikä se ole sen syy. Yritä myöhemmin uudestaan, jos haluat.</p>"
            ),
        ),
    }
    for kind, bodies in pages.items():
        for body in bodies:
            yield made(f"{kind} in a few words: {body[:40]}", kind, page(body, title="The Paper"))


def long_and_led() -> Iterator[Made]:
    """Give walls as long as articles, articles as short as messages, and what led elsewhere."""
    purposes = "".join(f"<h3>Purpose {n}</h3>{paragraphs()}" for n in range(3))
    yield made("long banner", Kind.CONSENT, page(f"{BANNER}{purposes}", head=GIVEN))
    yield made(
        "short news of privacy below a banner",
        Kind.ARTICLE,
        page(
            f"{BANNER}<h1>Watchdog fines bank</h1><p>The privacy commissioner has fined the savings "
            "bank two million for tracking its customers.</p><p>The bank will appeal.</p>",
            title="Watchdog fines bank - The Paper",
        ),
    )
    yield made(
        "advice on lost pages",
        Kind.ARTICLE,
        page(
            article(
                "<p>Page not found: who sees these words leaves a site in four cases of five.</p>"
                "<p>Give them a search box, and a picture of a cat, and they may stay.</p>",
                heading="How to make a better page for the lost",
            ),
            title="How to make a better page for the lost",
        ),
    )
    asks = "Are you a robot?"
    data = GIVEN + json_ld(**(NEWS | {"headline": asks}))
    story = f"<h1>{asks}</h1>{paragraphs(0, 3)}"
    yield made("a question", Kind.ARTICLE, page(story, title=asks, head=data))
    yield made(
        "led to an offer",
        Kind.LOGIN,
        page(f"<h1>Choose your subscription</h1>{paragraphs()}", title="Offers"),
        url=f"{SITE}/subscribe?to=story",
        asked_url=URL,
    )
    removed = "This article has been removed for legal reasons, of which we may say no more today."
    for said in (
        "<h1>Search</h1><p>No results found for ferry. Try other words, or fewer of them.</p>",
        f"<article><h1>The Paper</h1><p>{removed}</p><p>Read the others.</p></article>",
    ):
        yield made(f"gone: {said[:30]}", Kind.SOFT_404, page(said, title="The Paper"))
    broken = "<p>There has been a critical error on this website.</p>"
    yield made("broken", Kind.ERROR, page(broken, title="Error"))


def refusals() -> Iterator[Made]:
    """Give answers that say by their status what they are, whatever their bytes."""
    padded = "<title>Denied</title>" + "<!-- -->" * 2_200_000
    for name, html, status, kind in (
        ("nothing", "", 403, Kind.ERROR),
        ("blanks", " \n", 404, Kind.ERROR),
        ("a log-in", "", 401, Kind.LOGIN),
        ("data", '{"message": "Forbidden"}', 403, Kind.ERROR),
        ("many bytes", padded, 403, Kind.ERROR),
    ):
        yield made(f"refused with {name}", kind, html, status=status)
    yield made("mitigated", Kind.CHALLENGE, "", status=403, headers={"cf-mitigated": "challenge"})
    yield made(
        "led to a consent manager",
        Kind.CONSENT,
        page("<h1>Before you go on</h1><p>Please choose.</p>"),
        url="https://consent.paper.example/?to=%2Fstory",
        asked_url=URL,
    )
    yield made("style sheet", Kind.NOT_HTML, "/* a */\n.story p { color: red; }\n" * 9)
    yield made("program", Kind.NOT_HTML, "!function(e,t){'use strict';e.x=t}(window,1);\n" * 9)
    yield made(
        "error in XML", Kind.NOT_HTML, '<?xml version="1.0"?>\n<Error><Code>A</Code></Error>'
    )


def teasers() -> Iterator[Made]:
    """Give readable beginnings whose rest costs, told in few words or in data alone."""
    lines = (
        "This post is for paid subscribers",
        "Continue reading this post for free",
        "Det här är en artikel för prenumeranter",
        "Dit artikel is alleen voor abonnees",
        "이 기사는 유료 회원 전용입니다.",
        "Ten artykuł jest dostępny tylko dla prenumeratorów",
        "Este conteúdo é exclusivo para assinantes",
    )
    for line in lines:
        wall = f"{paragraphs(0, 2)}<div><p>{line}</p></div>"
        yield made(f"teaser: {line}", Kind.PAYWALL, page(article(wall), head=GIVEN))
    yield made("not free", Kind.PAYWALL, page(article(paragraphs(0, 2)), head=PAID))
    yield made("not free, whole", Kind.ARTICLE, page(article(), head=PAID))


def drawn_by_scripts() -> Iterator[Made]:
    """Give pages that hold their text in attributes and in data inside of data."""
    told = "".join(f"<p>{sentence}</p>" for sentence in STORY)
    quoted = json_escaped(f'{{"post": {{"body": "{told}"}}}}')
    blocks = ", ".join(f'{{\\"text\\": \\"{sentence}\\"}}' for sentence in STORY)
    yield made(
        "data in an attribute",
        Kind.ARTICLE,
        page(f'<div id="app" data-page="{quoted}"></div><script src="/app.js"></script>'),
        url=f"{SITE}/ferry",
    )
    yield made(
        "data in data",
        Kind.ARTICLE,
        page(f'<script type="application/json">{{"doc": "{{\\"blocks\\": [{blocks}]}}"}}</script>'),
        url=f"{SITE}/ferry",
    )


def json_escaped(text: str) -> str:
    """Give JSON as the value of an attribute."""
    return text.replace("&", "&amp;").replace('"', "&quot;")


def alike() -> Iterator[Made]:
    """Give them all."""
    yield from articles_like_walls()
    yield from walls_like_articles()
    yield from refusals()
    yield from long_and_led()
    yield from teasers()
    yield from drawn_by_scripts()
