"""Made walls: what asks for consent, money, a name, or whether a person is there."""

from collections.abc import Iterator

from archive.records import VerdictKind as Kind
from tests.crawler.extract.readings import URL
from tests.crawler.extract.text.making import (
    BANNER,
    SITE,
    Made,
    article,
    json_ld,
    made,
    page,
    paragraphs,
)


def walls() -> Iterator[Made]:
    """Give walls that ask for something: consent, money, a name, an age."""
    kind = Kind.CONSENT
    shapes = (
        (
            "didomi",
            '<div id="didomi-host"><h1>Welcome to The Paper</h1><p>With your agreement, we and our 743 partners use cookies or similar technologies to store, access, and process personal data.</p><button>Agree and close</button></div>',
        ),
        (
            "sourcepoint",
            '<div class="message-container"><h1>Your privacy</h1><p>We and our partners store and/or access information on a device, such as unique IDs in cookies, to process personal data.</p><button title="Accept all">Accept all</button></div>',
        ),
        (
            "onetrust",
            f'<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk">{BANNER}</div></div>',
        ),
        (
            "usercentrics",
            '<div id="usercentrics-root"></div><div><h1>Privacy settings</h1><p>This tool helps you to select and deactivate various trackers used on this website.</p><button>Accept all</button><button>Deny</button></div>',
        ),
        (
            "google",
            "<h1>Before you continue to Google</h1><p>We use cookies and data to deliver and maintain our services, and track outages.</p><form action='https://consent.google.com/save'><button>Accept all</button></form>",
        ),
        (
            "yahoo",
            "<h1>We care for your privacy</h1><p>When you use our sites and apps, we use cookies. If you click 'Accept all', our partners will also store and/or access information on a device.</p><form class='consent-form'><button name='agree'>Accept all</button></form>",
        ),
        (
            "contentpass",
            "<h1>Lesen Sie The Paper wie gewohnt mit Werbung</h1><p>Mit Tracking und Cookies besuchen, oder im Pur-Abo für 3,99 € ohne Werbetracking.</p><button>Akzeptieren und weiter</button><a>Jetzt abonnieren</a>",
        ),
        (
            "french cookie wall",
            "<h1>Votre accord</h1><p>En acceptant les cookies, vous permettez la lecture gratuite. Sinon, abonnez-vous sans publicité ciblée.</p><button>Accepter et continuer</button><button>Refuser et s'abonner</button>",
        ),
        (
            "italian",
            "<h1>Scegli come continuare</h1><p>Puoi accettare i cookie di profilazione, oppure abbonarti per leggere senza.</p><button>Accetta e continua</button><button>Rifiuta e abbonati</button>",
        ),
        (
            "spanish",
            "<h1>Usted decide</h1><p>Para seguir navegando gratis acepte las cookies de nuestros socios o suscríbase.</p><button>Aceptar y continuar</button><button>Rechazar y suscribirse</button>",
        ),
        (
            "dutch",
            "<h1>Jouw privacy</h1><p>Wij gebruiken cookies en vergelijkbare technieken en vragen je toestemming.</p><button>Akkoord</button><button>Instellen</button>",
        ),
        (
            "polish",
            "<h1>Twoja prywatność</h1><p>My i nasi zaufani partnerzy przechowujemy informacje na urządzeniu, takie jak pliki cookie.</p><button>Przejdź do serwisu</button>",
        ),
        (
            "danish",
            "<h1>Dine valg</h1><p>Vi og vores partnere bruger cookies til at behandle personoplysninger.</p><button>Accepter alle</button>",
        ),
        (
            "czech",
            "<h1>Souhlas</h1><p>My a naši partneři ukládáme informace na zařízení, například soubory cookie.</p><button>Souhlasím</button>",
        ),
    )
    for name, body in shapes:
        yield made(f"{name} wall", kind, page(body, title="The Paper"))
    yield made(
        "wall by its address",
        kind,
        page("<h1>One moment</h1><button>OK</button>"),
        url="https://guce.news.example/consent?brandType=eu",
        asked_url=URL,
    )
    yield made(
        "age gate",
        kind,
        page(
            "<h1>Are you over 18?</h1><p>You must be of legal drinking age to enter this site.</p><button>Yes</button><button>No</button>"
        ),
    )
    kind = Kind.PAYWALL
    yield made(
        "paywall after a teaser",
        kind,
        page(
            article(
                paragraphs(0, 3)
                + '<div class="wall"><p>Subscribe to continue reading</p><p>Already a subscriber? Log in</p></div>'
            ),
            head=json_ld(
                **{"@type": "NewsArticle", "headline": "Ferry runs again"},
                isAccessibleForFree=False,
            ),
        ),
    )
    offers = (
        ("german", "Weiterlesen mit Paper+", "Jetzt testen. Monatlich kündbar."),
        ("french", "Cet article est réservé aux abonnés", "Pour lire la suite, abonnez-vous."),
        ("spanish", "Contenido exclusivo para suscriptores", "Suscríbete para seguir leyendo."),
        ("italian", "Contenuto riservato agli abbonati", "Per continuare a leggere, abbonati."),
        ("japanese", "この記事は有料会員限定です。", "残り 1234文字"),
        ("chinese", "本文为付费内容", "订阅后即可继续阅读，每月十元"),
        ("chinese, traditional", "本文為會員專享", "加入會員後可閱讀全文"),
        (
            "registration",
            "Create a free account to continue reading",
            "It takes a minute. Already registered? Sign in",
        ),
        ("english, members", "This article is for members only", "Start your free trial today."),
        (
            "meter",
            "You have reached your limit of free articles",
            "Subscribe for one dollar a week.",
        ),
    )
    for name, words, more in offers:
        yield made(
            f"{name} wall after two sentences",
            kind,
            page(article(f"{paragraphs(0, 2)}<div><h3>{words}</h3><p>{more}</p></div>")),
        )
    kind = Kind.LOGIN
    login = '<form action="/session" method="post"><input type="email" name="u"><input type="password" name="p"><button>{}</button></form>'
    for name, title, button in (
        ("clear", "Log in", "Log in"),
        ("greeting", "Welcome back", "Go on"),
        ("german", "Willkommen", "Weiter"),
        ("single sign-on", "The Paper ID", "Next"),
        ("japanese", "ようこそ", "次へ"),
    ):
        yield made(
            f"log-in, {name}",
            kind,
            page(f"<h1>{title}</h1>{login.format(button)}<a href='/forgot'>?</a>", title=title),
            url=f"{SITE}/welcome",
            asked_url=URL,
        )
    yield made(
        "registration",
        kind,
        page(
            "<h1>Create your account</h1><p>Register free to read The Paper.</p><form><input type='email'><input type='password'></form>",
            title="Create your account",
        ),
    )
    yield made(
        "log-in by its address",
        kind,
        page("<h1>The Paper</h1><p>Your name?</p><form><input name='user'></form>"),
        url="https://login.paper.example/auth/realms/main/protocol",
        asked_url=URL,
    )


def challenges() -> Iterator[Made]:
    """Give the pages of guards."""
    kind = Kind.CHALLENGE
    pages = (
        (
            "cloudflare",
            403,
            "<title>Just a moment...</title><body><div class='main-wrapper'><noscript>Enable JavaScript and cookies to continue</noscript></div><script>window._cf_chl_opt={cType:'managed'}</script>",
        ),
        (
            "cloudflare, german",
            403,
            "<title>Nur einen Moment…</title><body><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>",
        ),
        (
            "cloudflare's refusal",
            403,
            "<title>Attention Required! | Cloudflare</title><body><h1>Sorry, you have been blocked</h1><p>You are unable to access paper.example</p><span>Cloudflare Ray ID: 8f</span>",
        ),
        (
            "datadome",
            403,
            "<title>paper.example</title><body><script>var dd={'cid':'A','hsh':'B','t':'bv','host':'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'></script>",
        ),
        (
            "perimeterx",
            403,
            "<title>Access to this page has been denied</title><body><div id='px-captcha'></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p>",
        ),
        (
            "akamai's refusal",
            403,
            '<title>Access Denied</title><h1>Access Denied</h1>You don\'t have permission to access "http&#58;&#47;&#47;paper" on this server.<p>Reference&#32;&#35;18&#46;5f</p>',
        ),
        (
            "akamai's test",
            200,
            "<title></title><body><script src='/akam/13/5f'></script><div id='sec-if-cpt-container'></div><script>triggerInterstitialChallenge('bm-verify')</script>",
        ),
        (
            "aws waf",
            202,
            "<title></title><body><div id='challenge-container'></div><script>window.gokuProps={key:'A'}</script><script src='https://a.b.token.awswaf.com/a/b/challenge.js'></script>",
        ),
        (
            "aws waf captcha",
            405,
            "<title>Human Verification</title><body><div id='captcha-container'></div><script>AwsWafCaptcha.renderCaptcha(c,{})</script>",
        ),
        (
            "imperva",
            200,
            "<html><head><META NAME='robots' CONTENT='noindex,nofollow'></head><body><iframe id='main-iframe' src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful. Incapsula incident ID: 4</iframe></body>",
        ),
        (
            "kasada",
            429,
            "<html><head></head><body><script>window.KPSDK={};KPSDK.now=1</script><script src='/149e9513-01fa/2d206a39/ips.js?KP_UIDz=1'></script></body>",
        ),
        (
            "hcaptcha",
            403,
            "<title>Security check</title><body><form><div class='h-captcha' data-sitekey='x'></div></form><script src='https://js.hcaptcha.com/1/api.js'></script>",
        ),
        (
            "recaptcha",
            200,
            "<title>Check</title><body><form><div class='g-recaptcha' data-sitekey='x'></div></form><script src='https://www.google.com/recaptcha/api.js'></script>",
        ),
        (
            "sucuri",
            403,
            "<title>Sucuri WebSite Firewall - Access Denied</title><body><h1>Access Denied - Sucuri Website Firewall</h1><p>Block reason: bad bot access attempt.</p>",
        ),
        (
            "ddos-guard",
            403,
            "<title>DDOS-GUARD</title><body><h1>Checking your browser before accessing paper.example</h1><script src='/.well-known/ddos-guard/js-challenge/index.js'></script>",
        ),
        (
            "anubis",
            200,
            "<title>Making sure you&#39;re not a bot!</title><body><h1>Making sure you&#39;re not a bot!</h1><p>Loading...</p><script id='anubis_challenge' type='application/json'>{}</script>",
        ),
        (
            "vercel",
            429,
            "<title>Vercel Security Checkpoint</title><body><p>We're verifying your browser</p>",
        ),
        (
            "f5",
            200,
            "<title>Request Rejected</title><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 42</body>",
        ),
        (
            "fastly",
            200,
            "<title>Client Challenge</title><body><p>JavaScript is disabled in your browser.</p><script src='/_fs-ch-1T1wmsGaOgGaSxcX/script.js'></script>",
        ),
        (
            "unusual traffic",
            429,
            "<title>Sorry</title><body><p>Our systems have detected unusual traffic from your computer network.</p>",
        ),
        (
            "chinese",
            200,
            "<title>安全验证</title><body><p>请完成安全验证后继续访问</p><script src='/geetest.js'></script>",
        ),
        (
            "wordfence",
            503,
            "<title>Your access to this site has been limited</title><body><h1>Your access to this site has been limited by the site owner</h1>",
        ),
    )
    for name, status, html in pages:
        yield made(f"challenge of {name}", kind, html, status=status)
