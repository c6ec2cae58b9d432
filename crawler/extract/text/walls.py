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
            ^(?:nur einen moment|un instant|un momento|een moment)(?:\.\.\.|…)
            used cloudflare to restrict access
            """
        ),
        re.compile(
            r"challenge-platform|cf-chl|challenges\.cloudflare\.com|_cf_chl_opt|\b_chl_opt"
            r"|\bchallenge-form\b"
        ),
    ),
    (
        "DataDome",
        one_of(
            r"""
            please enable js and disable any ad blocker
            activité inhabituelle provenant de votre (?:appareil|réseau)
            """
        ),
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
        re.compile(r"awswaf\.com|gokuProps|AwsWaf(?:Integration|Captcha)"),
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
        "Anubis",
        one_of(r"making sure you['’]re not a bot"),
        re.compile(r"anubis_challenge|/\.within\.website/x/cmd/anubis"),
    ),
    ("Fastly", one_of(r"^client challenge"), re.compile(r"/_fs-ch-")),
    (
        "F5",
        one_of(r"the requested url was rejected\. please consult with your administrator"),
        re.compile(r"/TSPD/|TSPD_101"),
    ),
    (
        "Kasada",
        one_of(r"^kasada\b"),
        re.compile(r"kpsdk|KP_UIDz|ips\.js\?tkrm", re.IGNORECASE),
    ),
    (
        "Sucuri",
        one_of(r"sucuri website firewall"),
        re.compile(r"sucuri_cloudproxy"),
    ),
    (
        "Vercel",
        one_of(r"vercel security checkpoint"),
        re.compile(r"/\.well-known/vercel/security"),
    ),
    (
        "Wordfence",
        one_of(r"your access to this site has been limited"),
        None,
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
            (?:believe|think|suspect)\b.{0,40}\b(?:you are|you['’]re) (?:a bot|using automat(?:ed|ion))
            (?:^|\n)(?:we are )?checking your browser\b
            complete the (?:captcha|security check) to
            bestätigen sie,? dass sie kein roboter
            vérifi(?:ez|er) que vous (?:êtes humain|n['’]êtes pas un robot)
            confirm(?:e|a)(?:r)? que (?:no eres|no es|não é) un? rob[ôo]t?
            conferma di non essere un robot
            bevestig dat je geen robot bent
            potwierdź,? że nie jesteś robotem
            подтвердите,? что (?:вы не робот|запросы отправляли вы)(?:,? а не робот)?
            \bпроверяем ваш браузер\b
            ^проверка браузера\b
            запросы .{0,40}похожи на автоматические
            ロボットではないことを(?:確認|証明)
            로봇이 아닙니다
            (?:访问|訪問|请求|請求)(?:请求)?.{0,16}(?:被|已)(?:拦截|攔截|阻断|阻斷)
            請?请?完成安全[验驗][证證]
            ^(?:安全验证|人机验证|访问验证)
            """
        ),
        re.compile(
            r"/botdetect|hcaptcha\.com/1/api|recaptcha/api\.js|geetest|ddos-guard/js-challenge"
            r"|/showcaptcha|arkoselabs\.com|friendlychallenge"
        ),
    ),
)

CONSENT_ADDRESS = re.compile(
    r"^https?://(?:consent|cmp|guce|privacy-?(?:gate|wall)|myprivacy|cookiewall)\."
    r"|/(?:consent(?:ement)?|cookie-?(?:consent|wall)|privacy-?gate|zustimmung|collectConsent)(?:[/?]|$)",
    re.IGNORECASE,
)

# The page's main text asks for consent in the first person, or as nobody but a wall does.
CONSENT = one_of(
    r"""
    before you continue to (?:google|youtube|yahoo)
    we,? (?:and|&) our (?:\d+ )?(?:advertising |technology )?partners,? (?:store|use|process|may)
    \bits (?:\d+ )?(?:advertising |technology )?partners\b.{0,160}\bon your (?:browser|computer|device)
    (?:keep|place|set|store|use) (?:and(?:/or)? access )?(?:cookies|data|information) on (?:a|your) (?:browser|computer|device)
    we (?:use|need) (?:your )?(?:cookies|consent) (?:and|to) .{0,200}(?:accept|agree|consent|reject)
    our partners (?:will |may )?(?:also )?store (?:and(?:/or)? access )?information
    on a device,? such as (?:unique ids in )?cookies
    bevor sie fortfahren
    mit werbung (?:und (?:cookies|tracking) )?weiterlesen
    weiter mit werbung
    (?:benötigen|brauchen) (?:wir )?ihre (?:zustimmung|einwilligung)
    wir und unsere (?:\d+ )?(?:partner|drittanbieter)
    (?:mit|und) unseren (?:\d+ )?(?:partnern|drittanbietern) (?:nutzen|speichern|verarbeiten|verwenden) wir
    nous et nos (?:\d+ )?partenaires
    nos (?:\d+ )?partenaires et nous\b
    acceptez? les cookies ou (?:abonnez|abonne)
    (?:cookies|werbung|tracking) .{0,60}\b(?:oder|ou) .{0,40}\bpur[- ]abo
    besuchen sie .{0,60} wie gewohnt mit werbung
    nutzen sie .{0,60} ohne werbetracking
    acepte? las cookies .{0,60}\bo (?:pague|paga|suscr)
    en derde partijen gebruiken cookies
    noi e terze parti\b
    wyrażasz zgodę na przetwarzanie
    nós e os nossos (?:\d+ )?parceiros
    vi och våra (?:\d+ )?(?:samarbets)?partner
    continuer sans accepter
    nosotros y nuestros (?:\d+ )?socios
    noi e (?:i nostri )?(?:\d+ )?(?:fornitori|partner)
    wij en onze (?:\d+ )?partners
    vi og vores (?:\d+ )?(?:samarbejds)?partnere
    (?:my|oraz) i nasi (?:\d+ )?(?:zaufani )?partnerzy
    my a naši (?:\d+ )?partneři
    мы и наши партн[её]ры
    """
)

# What such a page speaks of, and what its buttons say; it takes both.
CONSENT_MATTER = one_of(
    r"""
    \bcookies?\b
    \btrack(?:ing|ers?)\b
    \bwerbetracking\b
    \bprivacy\b
    \bdatenschutz\b
    \bvie privée\b
    \bprywatności\b
    \bprivacidade\b
    \bintegritet\b
    \bdonnées personnelles\b
    \bprivacidad\b
    \bprywatność\b
    \bкуки\b
    クッキー
    쿠키
    """
)
CONSENT_BUTTON = one_of(
    r"""
    ^(?:yes,? )?(?:i )?(?:accept|agree|allow|consent)(?: (?:to )?all)?(?: cookies)?(?: (?:&|and) (?:continue|close|proceed))?$
    ^(?:ja,? )?(?:alle |alles )?(?:cookies )?(?:akzeptieren|annehmen|zulassen|zustimmen)(?: (?:und|&) (?:weiter|schließen|weiterlesen))?$
    ^(?:tout )?accepter(?: (?:tout|les cookies|et (?:continuer|fermer)))?$
    ^j['’]accepte(?: les cookies)?$
    ^(?:aceptar|aceito|aceitar)(?: (?:todas?|todo|tudo|(?:y|e) (?:continuar|fechar|cerrar|seguir)|gratis|las|os|cookies))*$
    ^(?:accetta|accetto)(?: (?:tutt[oi]|(?:e|per) continua(?:re)?|i|cookie))*$
    ^(?:ja,? )?(?:akkoord|(?:alles |cookies )?accepteren|ik ga akkoord)$
    ^(?:accepter|godta|godkend|tillad|tillåt|godkänn|acceptera|hyväksy)(?: (?:alle|alla|kaikki|cookies))*$
    ^(?:akceptuję|zgadzam się|przejdź do serwisu|souhlasím|elfogadom|accept(?:ă|ați)?(?: toate)?|αποδοχή|kabul et|принять(?: все)?)(?: i .{0,30})?$
    ^(?:同意(?:する)?|同意して続ける|接受|동의|موافق|אישור)$
    """
)

# A gate that asks for the visitor's age.
AGE_GATE = one_of(
    r"""
    are you (?:over|at least|older than) (?:18|21|16)
    you must be (?:at least )?(?:(?:18|21|16)(?: years)?|of legal (?:drinking|smoking) age)(?: old| or older)? to (?:enter|view|visit|access)
    (?:please )?(?:confirm|verify) (?:that you are (?:over|at least)|your age)
    sind sie (?:über|mindestens|bereits) (?:18|16)
    avez-vous plus de 18 ans
    ¿?(?:eres|es usted) mayor de edad
    hai più di 18 anni
    18歳以上ですか
    """
)

# The title or a heading of a page that is not there.
MISSING = one_of(
    r"""
    ^(?:error )?404\b
    \b(?:error|erreur|errore|erro|fehler|fejl|feil|fel|virhe|błąd|chyba|hiba|eroare|hata|greška|грешка|ошибка|помилка|σφάλμα|خطأ|שגיאה|エラー|错误|錯誤|오류)[ :-]{0,3}40[4]\b
    ^(?:sorry,? (?:but )?)?(?:the )?requested (?:page|resource|url|content|article|document) .{0,20}\b(?:not|n['’]t)\b
    ^nothing (?:was )?(?:here|found)\b
    \b404 (?:error|not found|page)
    (?:(?:this|the) )?(?:article|story|post|page) (?:(?:has been|was) )?(?:removed|deleted|withdrawn)\b
    \bno (?:search )?results (?:(?:were )?found|for)\b
    the wayback machine has not archived that url
    (?:page|article|story|content|url|file|document) (?:was |is |could |can )?(?:not|n['’]t|no longer) (?:be )?(?:found|available|exist)
    (?:page|article|story) (?:you (?:are|were) looking for|you requested|does(?: not|n['’]t) exist)
    ^(?:oops|sorry|hmm|whoops)[!,.… ].{0,60}(?:page|article|story|found|exist|lost)
    ^not found\b
    (?:can['’]t|cannot|couldn['’]t|could not|unable to) find (?:that|the|this|your) (?:page|article|story)
    ^(?:this|the) (?:article|story|page|post) (?:has (?:been )?(?:archived|expired),? and )?is no longer (?:available|online)
    (?:diese|die (?:gewünschte |gesuchte )?) ?seite (?:gibt es|existiert) (?:leider )?nicht(?: mehr)?
    ^der (?:gewünschte|gesuchte) (?:artikel|beitrag) (?:ist|wurde|existiert) .{0,30}(?:gelöscht|mehr|verschoben)
    seite (?:wurde |konnte |ist )?(?:leider )?nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|erreichbar)
    (?:die |der )?(?:von ihnen )?(?:aufgerufene|angeforderte|gesuchte|gewünschte)[nrs]? (?:seite|artikel|beitrag|inhalt) (?:existiert|ist|wurde|konnte) .{0,20}\b(?:nicht|gelöscht)\b
    (?:artikel|beitrag|inhalt) (?:wurde |ist )?(?:leider )?nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)
    page (?:introuvable|non trouvée|inexistante)
    (?:cette|la) page (?:que vous (?:re)?cherchez |demandée )?n['’](?:existe|est) (?:pas|plus)(?: disponible)?
    página no encontrada
    (?:la |esta )?página (?:que (?:busca|buscas|estás buscando|ha solicitado) |solicitada )?(?:no existe|ya no (?:existe|está disponible))
    no (?:hemos )?(?:encontramos|encontrado) (?:esta|esa|la) página
    página não encontrada
    no se (?:ha )?encontr(?:ó|ado) la página
    (?:a )?página (?:que (?:procura|você procura) )?não (?:existe|está disponível|foi encontrada)
    pagina non trovata
    (?:la )?pagina (?:che (?:cerchi|stai cercando|hai cercato) |richiesta )?non (?:esiste|è (?:stata trovata|disponibile|più disponibile))
    pagina (?:is |kan |kon )?niet (?:gevonden|beschikbaar|worden gevonden)
    (?:deze|de) pagina bestaat niet
    artikel (?:is |kan )?niet (?:meer )?(?:gevonden|beschikbaar)
    (?:fant|finner|finder|fandt) ikke (?:den )?siden
    siden (?:ble |blev |kan |finnes |findes )ikke
    sidan (?:kunde inte hittas|finns inte|hittades inte)
    sivua ei (?:löytynyt|löydy|ole)
    strona nie (?:została znaleziona|istnieje)
    nie (?:znaleziono|znaleźliśmy|możemy znaleźć) (?:tej )?strony
    stránka (?:nebyla nalezena|neexistuje|nenalezena)
    (?:a )?(?:keresett )?oldal nem (?:található|létezik)
    pagina (?:pe care o căutați |căutată |solicitată )?nu (?:a fost găsită|există)
    η σελίδα (?:που ζητήσατε )?δεν (?:βρέθηκε|υπάρχει)
    stranica nije pronađena
    страницата не е намерена
    sayfa bulunamadı
    страница не (?:найдена|существует)
    (?:такой|этой|запрашиваемой) страницы (?:больше )?(?:нет|не существует)
    сторінк[аиу] не (?:знайдено|існує)
    ページが見つかりません
    (?:お探し|ご指定|指定|ご覧になろうとしている?)の?ページは
    (?:記事|ページ)は(?:削除|掲載期間(?:が|を)(?:終了|過ぎ)|公開(?:を|が)?終了)
    (?:页面|頁面|网页|網頁)(?:不存在|未找到|找不到|已(?:被)?(?:删除|移除))
    (?:找不到|未找到)(?:该|此|該)?(?:页面|頁面|网页|網頁)
    (?:该|此|該|本)?(?:文章|内容|內容|新闻|新聞)(?:不存在|已(?:经|經)?(?:被)?(?:删除|刪除|移除|下线|下線))
    페이지를 찾을 수 없습니다
    (?:기사|페이지)(?:가|는|이)? (?:삭제|존재하지)
    الصفحة غير موجودة
    לא נמצא(?:ה)? (?:הדף|דף|העמוד)
    (?:הדף|העמוד) (?:שחיפשת |המבוקש )?(?:לא נמצא|אינו קיים|הוסר)
    không tìm thấy trang
    trang (?:bạn (?:đang )?(?:tìm|tìm kiếm|yêu cầu) )?không (?:tồn tại|tìm thấy)
    ไม่พบหน้า
    halaman (?:yang (?:anda|kamu) (?:cari|tuju) )?tidak (?:ditemukan|tersedia)
    (?:पृष्ठ|पेज) नहीं मिला
    صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد
    """
)

# How publishing systems mark a page that is not there, in the classes of its largest elements.
MISSING_MARKS = re.compile(
    r"(?<![\w-])(?:error-?404|(?:page|template|status|is)-?404|404(?:-?(?:page|error|template))?"
    r"|(?:page-?)?not-?found(?:-?page)?)(?![\w-])",
    re.IGNORECASE,
)

# An address behind which there is no newspaper any more: parked, for sale, expired, suspended.
PARKED = one_of(
    r"""
    (?:this|the) (?:domain|web ?site|url)(?: name)?(?: \S+)? (?:is|may be) (?:now )?(?:for sale|parked|available for (?:sale|purchase))
    \S+\.[a-z]{2,} (?:is|may be) (?:now )?(?:for sale|parked)
    buy this domain
    domain parking\b
    (?:domain|account|site|website)(?: name)? (?:has )?(?:been )?(?:expired|suspended)
    (?:account|site) suspended
    diese domain (?:steht zum verkauf|ist (?:zu verkaufen|geparkt))
    ce (?:nom de )?domaine est (?:à vendre|expiré)
    este dominio está (?:en venta|à venda)
    questo dominio è in vendita
    домен (?:продается|продаётся|припаркован)
    """
)
PARKED_MARKS = re.compile(
    r"bodiscdn|bodis\.com|sedoparking|parkingcrew|parklogic|above\.com/marketplace|dan\.com/lander"
    r"|hugedomains|afternic|undeveloped\.com|/lander\b",
    re.IGNORECASE,
)

# A fault or a pause of the server, told with status 200.
FAULTS = one_of(
    r"""
    ^(?:error )?50[0234]\b(?: -)?(?: error)?
    \b(?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out)\b
    ^error establishing a database connection
    there has been a critical error on (?:this|your) website
    (?:the )?website encountered an unexpected error
    ^(?:connection timed out|web server is down|origin is unreachable|a timeout occurred|ssl handshake failed)(?: error code 5\d\d)?
    ^(?:php )?(?:fatal|parse) error(?::|$)
    ^(?:oops[!,.]? )?something went wrong
    ^(?:an )?unexpected error(?: has)?(?: occurred)?
    ^(?:application|server|database) error\b
    ^access (?:is )?denied$
    ^(?:error )?403\b(?: ?[:-]? ?(?:error|forbidden|access denied))?
    ^forbidden$
    ^(?:error )?(?:429:? ?-? ?)?too many requests$
    ^(?:your )?(?:request|access)(?: to this (?:page|site|website))? (?:has been |was |is )?(?:blocked|rejected|denied)$
    ^zugriff verweigert$
    ^accès (?:refusé|interdit)$
    ^acceso denegado$
    ^accesso negato$
    ^доступ (?:запрещ[её]н|ограничен)$
    ^index of /\S*
    ^welcome to nginx
    ^apache2? (?:\w+ )?(?:default|test) page
    ^it works!$
    ^(?:iis windows server|default web site page)
    ^(?:we(?:['’]ll| will) be (?:right )?back(?: soon)?|be right back|back soon)
    \b(?:down|closed|offline|unavailable) for (?:scheduled |planned )?maintenance\b
    ^(?:the |our )?(?:web ?site |page )?(?:is )?(?:currently )?(?:under|in|undergoing) (?:scheduled )?maintenance
    ^(?:scheduled |site )?maintenance(?: mode)?$
    ^(?:coming soon|under construction)$
    ^wartung(?:s(?:arbeiten|modus|fenster))?\b
    ^(?:unsere|die) (?:web)?seite wird (?:gerade|derzeit) gewartet
    ^(?:wir sind (?:gleich|bald|in kürze) (?:wieder|zurück))
    ^(?:site )?en (?:cours de )?maintenance
    ^(?:sitio )?en mantenimiento
    ^(?:sito )?in manutenzione
    ^(?:site )?em manutenção
    ^(?:сайт на )?(?:техническ(?:ие|их) работ|обслуживани)
    (?:ただいま)?メンテナンス中
    ^(?:网站|系统)(?:正在)?维护
    ^(?:45[01]:? )?unavailable (?:due to|for) legal reasons
    (?:unfortunately,? )?(?:our|this) (?:web ?)?site is (?:currently )?(?:un|not )available in (?:most|many|some|your) (?:european )?countr(?:y|ies)
    we recognize you are attempting to access this website from a country belonging to the european economic area
    (?:content|site|page|article) (?:is )?(?:not|un)(?: currently)? ?available (?:in|from|to) your (?:country|region|location)
    """
)

LOGIN_ADDRESS = re.compile(
    r"/(?:authwall|log-?in|sign-?in|signup|register|account/login|auth|sso|anmelden|connexion|iniciar-sesion)"
    r"(?:[/.?]|$)",
    re.IGNORECASE,
)
# An address at which a newspaper is sold.
OFFER_ADDRESS = re.compile(
    r"/(?:abo|abonn(?:e|ement|ieren|ez-vous)|abos?hop|angebote?|offers?|paywall|plans|pricing|premium-?abo"
    r"|subscribe|subscriptions?|suscri(?:bete|pcion(?:es)?))(?:[/.?]|$)",
    re.IGNORECASE,
)
LOGIN_HOST = re.compile(r"^(?:accounts?|auth|id|idp|login|signin|sso)\d*\.", re.IGNORECASE)
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
    subscribe (?:now )?to (?:continue|keep reading|unlock|access|read (?:on|more|it|this|the (?:full|rest|whole|story|article)|our (?:full|latest|stories)))
    (?:to )?(?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in|register)
    (?:this|the) (?:article|content|story|page) is (?:only |reserved |exclusively )?(?:available )?(?:for|to) (?:our |paying |paid )?(?:subscribers|members)
    (?:reserved|exclusive|only) (?:for|to) (?:our )?(?:subscribers|members)
    subscriber[- ]only
    (?:this|the) post is (?:only )?for (?:paid|paying) (?:subscribers|members)
    continue reading this (?:post|article|story) for free
    create an account to read (?:the (?:full|rest)|this)
    available to \w+ members only
    (?:create|register for|sign up for) (?:a|your) (?:free )?(?:account|profile) to (?:continue|keep|read)
    register (?:now |for free )?to (?:continue|keep|read)
    you have (?:read|reached|used) (?:all )?(?:of )?your .{0,30}(?:free )?(?:articles|limit)
    sie möchten weiterlesen
    jetzt (?:abonnieren|weiterlesen|kostenlos testen) und (?:weiterlesen|sofort)
    (?:weiterlesen|lesen) (?:mit|sie weiter mit|im) .{0,30}(?:abo|plus|premium)
    weiterlesen mit \w{1,20}\+
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
    (?:artikel|innehåll) för (?:prenumeranter|inloggade)
    (?:tylko )?dla (?:prenumeratorów|subskrybentów)
    только для подписчиков
    この記事は(?:会員|有料)
    (?:有料)?会員限定
    有料会員
    残り ?[\d,]+ ?文字
    (?:订阅|登录|注册|開通|开通|購買|购买)后(?:可|即可)?(?:继续)?阅读
    本文[为為]?(?:付费|付費|会员|會員|订阅|訂閱)(?:内容|內容|文章|专享|專享)
    (?:付费|付費|开通会员|加入會員|訂閱)(?:后|後)?(?:可|即可)?(?:阅读|閱讀|解锁|解鎖)全文
    구독자 전용
    (?:유료 ?)?(?:회원|구독자) ?전용
    """
)

# Words of an offer that many a free page has, too: they tell only where the page declares itself
# not free.
OFFER = one_of(
    r"""
    already a subscriber\?
    (?:start|begin) your (?:free )?(?:trial|subscription)
    会員登録
    """
)

# How a line begins that says, at the end of the readable part, that there is more. To be matched:
# searched for, each of these would be tried at each letter of a text.
CUT_LINE = one_of(
    r"""
    il vous reste .{0,12}% (?:de cet article|à (?:découvrir|lire))
    (?:la suite|cet article|l['’]intégralité|contenu) .{0,60}réservée?s? (?:à nos|aux) abonnés
    (?:subscribe|sign up|log in|sign in|register)(?: now)? to (?:continue|keep|read|unlock|access)
    to (?:continue|keep) reading
    (?:create|register for|sign up for) (?:a|your) (?:free )?(?:account|profile) to (?:continue|keep|read)
    register (?:now |for free )?to (?:continue|keep|read)
    (?:this|the) post is (?:only )?for (?:paid|paying) (?:subscribers|members)
    continue reading this (?:post|article|story) for free
    create an account to read (?:the (?:full|rest)|this)
    (?:this|the) (?:article|content|story|post) is (?:only |reserved |exclusively )?(?:available )?(?:for|to) (?:our |paying |paid )?(?:subscribers|members)
    (?:this content is )?(?:reserved|exclusive) (?:for|to) (?:our )?(?:subscribers|members)
    you have (?:read|reached|used) (?:all )?(?:of )?your .{0,30}(?:articles|limit)
    sie möchten weiterlesen
    jetzt (?:abonnieren|weiterlesen|testen)\b
    weiterlesen (?:mit|im) .{0,30}(?:abo|plus|premium)
    weiterlesen mit \w{1,20}\+
    jetzt .{0,40}\b(?:für|um|ab) .{0,12}(?:€|euro)\b.{0,20}(?:abonnieren|lesen|testen)
    (?:dieser|diesen) (?:artikel|inhalt|text) .{0,40}(?:abonnent|abo\b)
    para seguir leyendo
    (?:reg[íi]strate|suscr[íi]bete|inicia sesión|accede)(?: (?:ahora|gratis|aquí))? para (?:seguir|continuar) leyendo
    has (?:alcanzado|llegado al|agotado) (?:el |tu )?(?:límite|cupo) de (?:artículos|noticias)
    (?:contenido|artículo|noticia) (?:exclusivo|reservado|solo) para (?:suscriptores|abonados)
    (?:contenuto|articolo) riservato agli abbonati
    per continuare a leggere
    (?:dit artikel|deze inhoud) is (?:alleen|exclusief) voor abonnees
    (?:det här|detta) är en artikel för (?:prenumeranter|inloggade)
    (?:denne artikkelen|denne artikel|dette innholdet) er (?:kun )?for abonnenter
    (?:ten artykuł|ta treść) jest dostępn[ay] (?:tylko )?dla (?:prenumeratorów|subskrybentów)
    (?:este (?:conteúdo|artigo)|conteúdo) (?:é )?(?:exclusivo|reservado) (?:para|a) assinantes
    (?:questo (?:contenuto|articolo)) è (?:riservato|disponibile solo) (?:agli|per gli) abbonati
    이 (?:기사|콘텐츠)는 (?:유료 ?)?(?:회원|구독자) ?전용
    この記事は(?:会員|有料)
    会員登録すると(?:、)?続き
    残り ?[\d,]+ ?文字
    ここから先は
    本文[为為]?(?:付费|付費|会员|會員|订阅|訂閱)(?:内容|內容|文章|专享|專享)
    (?:订阅|登录|注册|开通会员|購買|购买)后(?:可|即可)?(?:继续)?阅读
    (?:付费|付費|开通会员|加入會員|訂閱)(?:后|後)?(?:可|即可)?(?:阅读|閱讀|解锁|解鎖)全文
    """
)

# What a wall says on below such a line: what it gives, and for what.
WALL_TALK = one_of(
    r"""
    \b(?:free|paid|your|two|three|all) (?:articles|access|account|trial)\b
    \bregister (?:now|today|for free)\b
    \b(?:log|sign) in\b
    \bsubscri(?:be|bers?|ption)\b
    \bcancel (?:at )?any ?time\b
    \balready (?:a|have an?) (?:account|member|subscriber)
    \b(?:jederzeit|monatlich) kündbar\b
    \b(?:abo|abonnement|abonnieren|probemonat|anmelden|registrieren)\b
    \balle artikel\b
    \b(?:encore|reste) \d+ ?%
    로그인
    ログイン
    \b(?:suscríbete|suscripción|regístrate|inicia sesión|gratis)\b
    \b(?:abonnez-vous|s['’]abonner|abonnement|sans engagement|se connecter)\b
    \b(?:abbonati|abbonamento|accedi|assine|assinatura)\b
    """
)

# The title of a page on which a site states what it does with data; it asks nothing.
POLICY = one_of(
    r"""
    (?:privacy|cookies?|data protection)(?: (?:and|&) cookies?)? (?:policy|notice|statement)
    datenschutz(?:erklärung|hinweise|bestimmungen)
    cookie-richtlinie
    (?:politique|charte) (?:de confidentialité|des? cookies|de protection des données)
    política de (?:privacidad|privacidade|cookies)
    (?:informativa sulla privacy|politica sui cookie)
    privacyverklaring
    polityka prywatności
    политика конфиденциальности
    プライバシーポリシー
    隐私(?:政策|声明)
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
