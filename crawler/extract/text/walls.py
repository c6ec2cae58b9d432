"""Words and marks of the walls that stand before articles: data, one table a kind.

Each is looked for only where a page holds little text; `verdict` says when.
"""

import re

from crawler.extract.text.boilerplate import one_of

# Header, what its value holds, guard, and the statuses with which that is a challenge; none where
# the header alone says so.
REFUSALS = frozenset([403, 405, 429, 503])
CHALLENGE_HEADERS: tuple[tuple[str, str, str, frozenset[int]], ...] = (
    ("cf-mitigated", "challenge", "Cloudflare", frozenset()),
    ("server", "datadome", "DataDome", REFUSALS),
    ("x-amzn-waf-action", "captcha", "AWS WAF", frozenset()),
    ("x-amzn-waf-action", "challenge", "AWS WAF", frozenset()),
    ("x-datadome", "protected", "DataDome", REFUSALS),
)

# Guard, what its page says, what its scripts are called.
CHALLENGES: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        "Cloudflare",
        one_of(
            r"""
            ^just a moment\.\.\.
            ^attention required! \| cloudflare
            checking your browser before accessing
            performance & security by cloudflare
            performance (?:and|&) security by cloudflare
            verify(?:ing)? (?:that )?you are (?:a )?human
            needs to review the security of your connection
            cloudflare ray id
            """
        ),
        re.compile(
            r"challenge-platform|cf-chl|challenges\.cloudflare\.com|_cf_chl_opt|\b_chl_opt"
            r"|\bchallenge-form\b"
        ),
    ),
    (
        "DataDome",
        one_of(r"please enable js and disable any ad blocker"),
        re.compile(r"captcha-delivery\.com|geo\.captcha|interstitial\.captcha-delivery"),
    ),
    (
        "Akamai",
        one_of(
            r"""
            you don['’]t have permission to access .{0,300}?reference #
            access denied .{0,300}?errors\.edgesuite\.net
            """
        ),
        re.compile(r"/_sec/cp_challenge|sec-if-cpt|akam-sw\.js|bm-verify"),
    ),
    (
        "PerimeterX",
        one_of(
            r"""
            press (?:&|and) hold to confirm you are
            access to this page has been denied
            before we continue\.\.\. press
            """
        ),
        re.compile(r"px-captcha|_pxAppId|captcha\.px-cdn|perimeterx"),
    ),
    (
        "AWS WAF",
        one_of(r"let['’]s confirm you are human"),
        re.compile(r"awswaf\.com|gokuProps|AwsWafIntegration"),
    ),
    (
        "Imperva",
        one_of(
            r"""
            incapsula incident id
            pardon our interruption
            """
        ),
        re.compile(r"_Incapsula_Resource|/distil_r_captcha"),
    ),
    (
        "A bot check",
        one_of(
            r"""
            are you a robot\?
            confirm (?:that )?you are not a robot
            verify (?:that )?you(?:['’]re| are) not a (?:bot|robot)
            unusual (?:traffic|activity) from your (?:computer|network)
            our systems have detected unusual traffic
            complete the (?:captcha|security check) to
            bestätigen sie,? dass sie kein roboter
            vérifi(?:ez|er) que vous (?:êtes humain|n['’]êtes pas un robot)
            """
        ),
        re.compile(r"kpsdk|ips\.js\?tkrm|/botdetect|hcaptcha\.com/1/api"),
    ),
)

CONSENT_ADDRESS = re.compile(
    r"^https?://(?:consent|cmp|privacy-?(?:gate|wall)|myprivacy|cookiewall)\."
    r"|/(?:consent(?:ement)?|cookie-?(?:consent|wall)|privacy-?gate|zustimmung|collectConsent)(?:[/?]|$)",
    re.IGNORECASE,
)

# The page's main text is about cookies.
CONSENT = one_of(
    r"""
    before you continue to (?:google|youtube|yahoo)
    we,? (?:and|&) our (?:\d+ )?(?:advertising |technology )?partners,? (?:store|use|process|may)
    \bits (?:\d+ )?(?:advertising |technology )?partners\b.{0,160}\bon your (?:browser|computer|device)
    (?:keep|place|set|store|use) (?:and(?:/or)? access )?(?:cookies|data|information) on (?:a|your) (?:browser|computer|device)
    we (?:use|need) (?:your )?(?:cookies|consent) (?:and|to) .{0,200}(?:accept|agree|consent|reject)
    (?:by clicking|click(?:ing)?) ["“'‘]?(?:accept|agree|i agree|ok|allow)
    (?:accept|reject|refuse) all (?:cookies)?.{0,120}(?:manage|more) (?:options|settings|choices)
    bevor sie fortfahren
    mit werbung (?:und (?:cookies|tracking) )?weiterlesen
    weiter mit werbung
    (?:benötigen|brauchen) (?:wir )?ihre (?:zustimmung|einwilligung)
    wir und unsere (?:\d+ )?(?:partner|drittanbieter)
    alle (?:cookies )?akzeptieren.{0,120}(?:ablehnen|einstellungen)
    nous et nos (?:\d+ )?partenaires
    continuer sans accepter
    tout accepter.{0,120}(?:refuser|paramétrer)
    nosotros y nuestros (?:\d+ )?socios
    aceptar (?:todas )?(?:las )?cookies.{0,120}(?:rechazar|configurar)
    noi e (?:i nostri )?(?:\d+ )?(?:fornitori|partner)
    accetta (?:tutti )?(?:i )?cookie.{0,120}(?:rifiuta|personalizza)
    wij en onze (?:\d+ )?partners
    accepteer (?:alle )?cookies
    """
)

# The title or a heading of a page that is not there.
MISSING = one_of(
    r"""
    ^(?:error )?40[34]\b
    \b404 (?:error|not found|page)
    (?:page|article|story|content|url|file|document) (?:was |is |could |can )?(?:not|n['’]t|no longer) (?:be )?(?:found|available|exist)
    (?:page|article|story) (?:you (?:are|were) looking for|you requested|does(?: not|n['’]t) exist)
    ^(?:oops|sorry|hmm|whoops)[!,.… ].{0,60}(?:page|article|story|found|exist|lost)
    ^not found\b
    (?:can['’]t|cannot|couldn['’]t|could not) find (?:that|the|this) page
    seite (?:wurde )?(?:leider )?nicht (?:gefunden|verfügbar|vorhanden)
    (?:artikel|beitrag|inhalt) (?:wurde |ist )?(?:leider )?nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)
    page (?:introuvable|non trouvée|inexistante)
    cette page n['’]existe (?:pas|plus)
    página no encontrada
    página não encontrada
    no se (?:ha )?encontr(?:ó|ado) la página
    pagina non trovata
    pagina niet gevonden
    siden (?:ble|blev|finnes|findes|kan) ikke
    sidan (?:kunde inte hittas|finns inte|hittades inte)
    sivua ei löytynyt
    strona nie (?:została znaleziona|istnieje)
    nie znaleziono strony
    stránka (?:nebyla nalezena|neexistuje|nenalezena)
    sayfa bulunamadı
    страница не (?:найдена|существует)
    сторінк[аиу] не (?:знайдено|існує)
    ページが見つかりません
    お探しのページは
    页面(?:不存在|未找到|找不到)
    頁面不存在
    페이지를 찾을 수 없습니다
    الصفحة غير موجودة
    halaman tidak ditemukan
    """
)

LOGIN_ADDRESS = re.compile(
    r"/(?:log-?in|sign-?in|signup|register|account/login|auth|sso|anmelden|connexion|iniciar-sesion)"
    r"(?:[/.?]|$)",
    re.IGNORECASE,
)
LOGIN = one_of(
    r"""
    \b(?:log|sign) ?in\b
    \bregister\b
    \b(?:anmelden|einloggen|anmeldung|login)\b
    \bse connecter\b
    \bconnexion\b
    \biniciar sesión\b
    \baccedi\b
    \binloggen\b
    \blog(?:g|ga) inn?\b
    \bzaloguj\b
    \bgiriş yap\b
    \bвойти\b
    ログイン
    登录
    登入
    로그인
    """
)

# Words that the rest of the text is for those who pay. In the text itself such a line is no part
# of it; see `CUT_LINE`.
PAYWALL = one_of(
    r"""
    subscribe (?:now )?to (?:continue|keep|read|unlock|access)
    (?:to )?(?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in|register)
    (?:this|the) (?:article|content|story|page) is (?:only |reserved |exclusively )?(?:available )?(?:for|to) (?:our |paying |paid )?(?:subscribers|members)
    (?:reserved|exclusive|only) (?:for|to) (?:our )?(?:subscribers|members)
    subscriber[- ]only
    already a subscriber\?
    you have (?:read|reached|used) (?:all )?(?:of )?your .{0,30}(?:free )?(?:articles|limit)
    (?:start|begin) your (?:free )?(?:trial|subscription)
    sie möchten weiterlesen
    jetzt (?:abonnieren|weiterlesen|kostenlos testen) und (?:weiterlesen|sofort)
    (?:weiterlesen|lesen) (?:mit|sie weiter mit|im) .{0,30}(?:abo|plus|premium)
    (?:nur|exklusiv) für abonnent(?:en|innen)
    (?:dieser|diesen) (?:artikel|inhalt|text) .{0,40}(?:abonnent|abo\b|registrier)
    (?:réservée?s?|exclusif) (?:à nos|aux) abonnés
    il vous reste .{0,12}% de cet article
    pour lire la suite
    (?:contenido|artículo|noticia) (?:exclusivo|reservado|solo) para (?:suscriptores|abonados)
    para seguir leyendo
    suscríbete para
    riservat[oa] agli abbonati
    per continuare a leggere
    exclusivo para assinantes
    alleen voor abonnees
    (?:kun )?for abonnenter
    (?:endast|bara) för (?:prenumeranter|inloggade)
    (?:tylko )?dla (?:prenumeratorów|subskrybentów)
    только для подписчиков
    この記事は(?:会員|有料)
    (?:有料)?会員限定
    有料会員
    残り ?[\d,]+ ?文字
    会員登録
    订阅后(?:继续)?阅读
    구독자 전용
    """
)

# A line at the end of the readable part that says that there is more.
CUT_LINE = one_of(
    r"""
    ^il vous reste .{0,12}% de cet article
    ^(?:la suite|cet article|l['’]intégralité|contenu) .{0,60}réservée?s? (?:à nos|aux) abonnés
    ^(?:subscribe|sign up|log in|sign in|register)(?: now)? to (?:continue|keep|read|unlock|access)
    ^to (?:continue|keep) reading
    ^(?:this|the) (?:article|content|story|post) is (?:only |reserved |exclusively )?(?:available )?(?:for|to) (?:our |paying |paid )?(?:subscribers|members)
    ^(?:this content is )?(?:reserved|exclusive) (?:for|to) (?:our )?(?:subscribers|members)
    ^you have (?:read|reached|used) (?:all )?(?:of )?your .{0,30}(?:articles|limit)
    ^sie möchten weiterlesen
    ^jetzt (?:abonnieren|weiterlesen|testen)\b
    ^weiterlesen (?:mit|im) .{0,30}(?:abo|plus|premium)
    ^(?:dieser|diesen) (?:artikel|inhalt|text) .{0,40}(?:abonnent|abo\b)
    ^para seguir leyendo
    ^(?:contenido|artículo|noticia) (?:exclusivo|reservado|solo) para (?:suscriptores|abonados)
    ^(?:contenuto|articolo) riservato agli abbonati
    ^per continuare a leggere
    ^この記事は(?:会員|有料)
    ^残り ?[\d,]+ ?文字
    ^ここから先は
    """
)

NEEDS_SCRIPT = one_of(
    r"""
    (?:enable|turn on|activate|requires?|needs?|without|allow) .{0,30}javascript
    javascript (?:is |to be |must be )?(?:disabled|required|enabled|not enabled|aktiviert|deaktiviert|erforderlich)
    javascript (?:est |es |è )?(?:désactivé|requis|nécessaire|desactivado|necesario|disabilitato)
    (?:aktivieren|activer|activez|active|habilite|attiva|włącz|включите) .{0,30}javascript
    javascriptを有効
    """
)
