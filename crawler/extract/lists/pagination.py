"""Where a list goes on into the past: the address of its next older page.

In turn: what says that it is older ("Older posts"), `rel=next`, the page number after this one,
"next" in a row of page links, what a "load more" button carries, the day or month before in an
archive by days or months. An address that is this page's own, that has a smaller number, or that
leaves the site, is none.

Does not fetch, so it cannot know whether the page is there.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urldefrag, urlsplit

from lxml.html import HtmlElement

from crawler.extract.lists.addresses import absolute
from crawler.extract.lists.columns import href_of
from crawler.extract.lists.hosts import host_of, same_site
from crawler.extract.lists.outline import Node, Outline, join, lineage

OLDER = re.compile(
    r"\W*(?:older(?: (?:posts?|entries|articles?|news|stories|items?|messages?))?"
    r"|(?:view |see |load |show )?(?:previous|earlier|older) (?:posts?|entries|articles|news)"
    r"|ältere (?:beiträge|artikel|einträge|meldungen|nachrichten)|(?:zu )?älteren? beiträgen?"
    r"|articles? (?:plus anciens?|précédents?)|(?:billets|messages) (?:plus anciens|précédents)"
    r"|entradas (?:más )?(?:antiguas|anteriores)|(?:noticias|artículos) anteriores"
    r"|(?:postagens|publicações|artigos|posts) (?:mais )?(?:antig[ao]s|anteriores)"
    r"|(?:articoli|post|notizie) (?:più vecchi|meno recenti|precedenti)|meno recenti"
    r"|oudere (?:berichten|artikelen)|äldre inlägg|eldre (?:innlegg|artikler)|ældre indlæg"
    r"|vanhemmat (?:artikkelit|kirjoitukset|uutiset)|starsze (?:wpisy|posty|artykuły)"
    r"|starší (?:příspěvky|články|články)|régebbi bejegyzések|articole mai vechi"
    r"|(?:предыдущие|более старые|старые) (?:записи|новости|статьи)|старіші записи|старији чланци"
    r"|παλαιότερ(?:α|ες) (?:άρθρα|αναρτήσεις)|eski (?:yazılar|gönderiler|kayıtlar)|daha eski"
    r"|posting(?:an)? lama|bài (?:cũ hơn|viết cũ)|以前の(?:記事|投稿)|過去の(?:記事|投稿)|古い記事"
    r"|(?:previous|prior) (?:day|week|month|year|issue|edition)"
    r"|(?:voriger|vorheriger) (?:tag|monat)|vortag|vormonat|(?:jour|mois) précédent"
    r"|(?:día|mes|mês|dia) anterior|(?:giorno|mese) precedente|предыдущий (?:день|месяц)"
    r"|前の(?:記事|日|月)(?:へ)?|前日|前月|先月|前一天|上一?个?月|이전 달"
    r"|較舊的文章|较旧的?文章|更早的?文章|이전 (?:글|기사)|older posts|المقالات الأقدم|مقالات أقدم"
    r"|פוסטים ישנים|הודעות ישנות)\W*",
    re.IGNORECASE,
)
NEXT = re.compile(
    r"\W*(?:next(?: page| \d+)?|go to next page|weiter|nächste(?: seite)?|vor|suivante?s?"
    r"|page suivante|siguientes?(?: página)?|página siguiente|sig\.?|próxim[ao]|seguinte"
    r"|próxima página|página seguinte|successiv[aoi]|pagina successiva|avanti|prossim[ao]|volgende"
    r"(?: pagina)?|nästa(?: sida)?|neste(?: side)?|næste(?: side)?|seuraava(?: sivu)?|następna"
    r"(?: strona)?|dalej|další(?: strana| stránka)?|ďalšia|následující|következő(?: oldal)?|tovább"
    r"|următoarea|pagina următoare|înainte|следующая(?: страница)?|след\.?|вперед|вперёд|далее"
    r"|наступна|далі|напред|следваща|επόμενη|επόμενο|sonraki(?: sayfa)?|ileri|següent|sljedeća"
    r"|naslednja|следећа|selanjutnya|berikutnya|trang (?:sau|tiếp)|tiếp|sau|下一页|下一頁|下页|下頁"
    r"|次へ|次の(?:ページ|\d+件)|次ページ|다음(?: 페이지)?|التالي|الصفحة التالية|הבא|अगला|ถัดไป"
    r"|>{1,2}|›|»|→|▶|►|❯|load more|show more|more"
    r"|(?:mehr|weitere) (?:laden|anzeigen)"
    r"|voir plus|afficher plus|charger plus|cargar más|ver más|mostrar más|carregar mais|ver mais"
    r"|carica altr[io]|mostra altr[io]|meer laden|toon meer|visa fler|vis flere|pokaż więcej"
    r"|показать ещ[её]|загрузить ещ[её]|ещ[её]|daha fazla|もっと見る|加载更多|查看更多|더보기)\W*",
    re.IGNORECASE,
)
NEWER = re.compile(
    r"newer|neuere|plus récents|más recientes|mais recentes|più recenti|nieuwere|nyare|nyere|"
    r"nowsze|novější|újabb|новее|новые|新しい|较新|較新",
    re.IGNORECASE,
)

# What a row of page links calls itself.
PAGER = re.compile(r"pag(?:er|inat|ing|es|e-?nav|elist|ebar)|nav-?links|page-?numbers|posts-nav")
OLDER_CLASS = re.compile(r"nav-previous|older|blog-pager-older|prev-posts|previous-posts")
NEXT_CLASS = re.compile(r"(?:^|[\s_-])next(?:$|[\s_-])|pager-next|page-next|nextpage|next-page")
BACK_CLASS = re.compile(r"(?:^|[\s_-])(?:prev|previous|newer|first|last)(?:$|[\s_-])")

# Where an address keeps its page's number.
PAGE_IN_PATH = re.compile(
    r"(?:/(?:page|seite|pagina|página|strona|sida|side|pg|p|index|list)|-page|_page|index|list)"
    r"[/_-]?(\d{1,5})(?=/|\.[a-z]{2,5}$|$)",
    re.IGNORECASE,
)
PAGE_KEYS = re.compile(
    r"^(?:.*page.*|paged|pg|p|pagina|pag|seite|sida|side|pn|strona|.*cp|.*\[page\])$",
    re.IGNORECASE,
)
OFFSET_KEYS = re.compile(
    r"^(?:.*offset|.*start|skip|from|limitstart|first|begin|o|s)$", re.IGNORECASE
)
DAY_PATH = re.compile(
    r"/((?:19|20)\d\d)([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?:/(?:index\.\w{2,5})?)?$"
)
MONTH_PATH = re.compile(r"/((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])(?:/(?:index\.\w{2,5})?)?$")
YEAR_PATH = re.compile(r"/((?:19|20)\d\d)(?:/|\.\w{2,5})?$")
YEAR_QUERY = re.compile(r"[?&](?:year|yr|y|jahr|ann[eé]e|anno|ano|año|rok)=((?:19|20)\d\d)$")


# A link to a page by its number; a link to a month or a year.
NUMBER = re.compile(
    r"[\[(\s]*(?:(?:go to )?page|seite|página|pagina|strona|страница|第)?\s?(\d{1,6})"
    r"\s?(?:页|頁|ページ|페이지)?[\])\s]*",
    re.IGNORECASE,
)
RANGE = re.compile(r"\W*\d{1,6}\s?[-–—]\s?\d{1,6}\W*")
PERIOD = re.compile(r"[/=](?:19|20)\d\d(?:[/_-]\d\d?){0,2}(?:/|/index\.\w{2,5}|\.\w{2,5})?$")

DIGITS = re.compile(r"\d+")

# "Next page" needs no row of page links around it; "next" alone may lead anywhere.
PAGE_WORD = re.compile(
    r"page|seite|página|pagina|sida|\bside|sivu|strona|strana|stránka|oldal|страница|sayfa|trang|"
    r"[页頁]|ページ|페이지|الصفحة",
    re.IGNORECASE,
)

# Attributes in which "load more" buttons carry the address that they load.
CARRIERS = (
    "data-next-url", "data-next-page-url", "data-next-href", "data-next", "data-load-more-url",
    "data-more-url", "data-ajax-url", "data-url", "data-href", "hx-get",
)  # fmt: skip
# Asking every element for every attribute costs as much as the rest of this module.
CARRYING = (
    "//button[" + " or ".join(f"@{name}" for name in CARRIERS) + "]"
    " | //*[@hx-get or @data-next-url]"
)

# A series (host, path and query without the page's number), and the number or offset.
Series = tuple[str, str, tuple[tuple[str, str], ...]]
Place = tuple[Series, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link of the page that stays on its site and leads to another page of it."""

    url: str
    text: str
    label: str
    rel: str
    in_pager: bool
    row: int
    """What its element is: links of one row of page numbers share it."""
    says: bool
    """It says where it leads; else only its address does, being that of a month or year."""


def older_page(
    flat: Outline,
    root: HtmlElement,
    *,
    url: str,
    base: str | None = None,
    oldest: date | None = None,
) -> str | None:
    """Give the absolute address of the list's next older page, None where no link leads there.

    `root` is the page's tree, `base` what its addresses are relative to where that is not `url`,
    `oldest` the list's oldest day, which tells an archive's months apart.
    """
    here = place_in_series(url)
    base = base or url
    ways = list(ways_of(flat, url, base))
    forward = [way for way in ways if way.says and not leads_back(way.url, here)]
    return (
        first(forward, is_older)
        or first(forward, lambda way: "next" in way.rel.split())
        or declared_next(root, url, base)
        or next_number(forward, here)
        or next_in_row(forward)
        or first(forward, is_next)
        or carried_next(root, url, base)
        or earlier_archive(ways, url, oldest)
    )


def first(ways: Sequence[Way], fits: Callable[[Way], bool]) -> str | None:
    """Give the address of the first way that fits."""
    return next((way.url for way in ways if fits(way)), None)


def ways_of(flat: Outline, url: str, base: str) -> Iterator[Way]:
    """Give the links that stay on the list's site and may lead to another page of it.

    Links with long texts are headlines, and are passed over before anything is asked of them.
    """
    site = host_of(url)
    # Lists have the same short link in every entry: "Comments", the name of a section.
    told: dict[tuple[str, str], bool] = {}
    for node in flat.nodes:
        href = href_of(node) if node.tag == "a" else None
        if not href:
            continue
        text = join(flat.texts_in(node.start, node.end)) or said_of(node)
        rel = (node.element.get("rel") or "").lower()
        if len(text) > LONGEST_LABEL and "next" not in rel:
            continue
        above = list(lineage(node, 4))
        label = " ".join(one.label for one in above[:2])
        if (text, label) not in told:
            told[text, label] = says_where(text, label)
        says = "next" in rel or told[text, label]
        if not says and not PERIOD.search(href):
            continue
        target = page_at(base, href)
        if target is None or not same_site(host_of(target) or "", site):
            continue
        in_pager = any(PAGER.search(one.label) for one in above)
        yield Way(
            url=target, text=text, label=label, rel=rel, in_pager=in_pager, row=node.path, says=says
        )


def says_where(text: str, label: str) -> bool:
    """Tell whether a link's text, or what its element is called, says what page it leads to."""
    return bool(
        NUMBER.fullmatch(text)
        or RANGE.fullmatch(text)
        or NEXT.fullmatch(text)
        or OLDER.fullmatch(text)
        or OLDER_CLASS.search(label)
        or NEXT_CLASS.search(label)
    )


def said_of(node: Node) -> str:
    """Give what a link without text is called for those who cannot see its arrow."""
    images = node.element.iterfind(".//img[@alt]")
    named = (
        node.element.get("title"),
        node.element.get("aria-label"),
        *(i.get("alt") for i in images),
    )
    return " ".join(next(filter(None, named), "").split())


def page_at(base: str, href: str) -> str | None:
    """Join an address to its page's, without the place in it; None for one not to be fetched."""
    target = absolute(base, href)
    return urldefrag(target).url if target else None


def is_older(way: Way) -> bool:
    """Tell whether a link says that it leads to older entries."""
    if NEWER.search(way.text):
        return False
    return bool(OLDER.fullmatch(way.text) or OLDER_CLASS.search(way.label))


def is_next(way: Way) -> bool:
    """Tell whether a link in a row of page links says "next"."""
    if BACK_CLASS.search(way.label) and not NEXT_CLASS.search(way.label):
        return False
    says = NEXT.fullmatch(way.text) or NEXT_CLASS.search(way.label)
    if not says:
        return False
    numbered = place_in_series(way.url)[1] is not None
    return way.in_pager or numbered or bool(PAGE_WORD.search(way.text))


def declared_next(root: HtmlElement, url: str, base: str) -> str | None:
    """Give the address of `<link rel="next">`, where it does not lead back."""
    for link in root.iterfind("head/link[@rel][@href]"):
        if "next" in (link.get("rel") or "").lower().split():
            target = page_at(base, link.get("href") or "")
            if target and not leads_back(target, place_in_series(url)):
                return target
    return None


def next_number(ways: Sequence[Way], here: Place) -> str | None:
    """Give the page of this series with the least number above this one's."""
    series, number = here
    found = [
        (place[1], way.url)
        for way in ways
        if is_part_of((place := place_in_series(way.url))[0], series)
        and place[1] is not None
        and place[1] > (number or 0)
        and any(form.fullmatch(way.text) for form in (NUMBER, RANGE, NEXT))
        and not (number is None and number_of(way) == 1)
    ]
    return min(found)[1] if found else None


def is_part_of(one: Series, series: Series) -> bool:
    """Tell whether an address is of a series, or of it with more said: how many entries a page."""
    return one[:2] == series[:2] and set(one[2]) >= set(series[2])


def number_of(way: Way) -> int | None:
    """Give the page number that a link shows, if that is all it says."""
    match = NUMBER.fullmatch(way.text)
    return int(match[1]) if match else None


def next_in_row(ways: Sequence[Way]) -> str | None:
    """Give the page after the current one in a row of page numbers: the one number without link.

    For addresses that keep the page's number where no series is known to.
    """
    numbered = [
        (number, way)
        for way in ways
        if (number := number_of(way)) and number < MOST_PAGES and not PERIOD.search(way.url)
    ]
    rows: dict[int, set[int]] = defaultdict(set)
    for number, way in numbered:
        rows[way.row].add(number)
    alike = Counter((way.row, without_digits(way.url)) for _, way in numbered)
    found = [
        (number, way.url)
        for number, way in numbered
        if is_after_current(number, rows[way.row])
        and (way.in_pager or alike[way.row, without_digits(way.url)] >= FEWEST_NUMBERS)
    ]
    return min(found)[1] if found else None


def without_digits(url: str) -> str:
    """Give an address with its numbers left out, as the pages of one series share it."""
    return DIGITS.sub("", url)


def is_after_current(number: int, row: Collection[int]) -> bool:
    """Tell whether the number before this one is the only one missing between its neighbours."""
    current = number - 1
    return current > 0 and current not in row and (current == 1 or current - 1 in row)


def carried_next(root: HtmlElement, url: str, base: str) -> str | None:
    """Give the address that a "load more" button carries, if it is a later page of this series."""
    series, here = place_in_series(url)
    found = []
    for element in root.xpath(CARRYING):
        for value in filter(None, map(element.get, CARRIERS)):
            target = page_at(base, value)
            place = place_in_series(target) if target else None
            if target and place and place[0] == series and (place[1] or 0) > (here or 0):
                found.append((place[1] or 0, target))
    return min(found)[1] if found else None


def place_in_series(url: str) -> Place:
    """Part an address into its series and the number or offset of its page, None for none."""
    parts = urlsplit(url)
    number: int | None = None
    rest = []
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        if value.isdecimal() and len(value) < MOST_DIGITS and paged_key(key):
            number = int(value)
        else:
            rest.append((key, value))
    path = parts.path
    match = PAGE_IN_PATH.search(path)
    if match and number is None:
        number = int(match[1])
        path = path[: match.start()] + path[match.end() :]
    path = SUFFIX.sub("", INDEX_FILE.sub("", path)).rstrip("/")
    host = (parts.hostname or "").removeprefix("www.")
    return (host, path, tuple(sorted(rest))), number


def paged_key(key: str) -> bool:
    """Tell whether a query key names a page or an offset."""
    return bool(PAGE_KEYS.match(key) or OFFSET_KEYS.match(key))


def leads_back(target: str, here: Place) -> bool:
    """Tell whether an address is this page's own, or of an earlier page of its series."""
    there = place_in_series(target)
    return there[0] == here[0] and (there[1] or 0) <= (here[1] or 0)


def earlier_archive(ways: Sequence[Way], url: str, oldest: date | None) -> str | None:
    """Give the archive of the month (or year) before this page's, or of the oldest entry's."""
    patterns = (MONTH_PATH, YEAR_PATH, YEAR_QUERY)
    for pattern in (DAY_PATH, *patterns) if period_of(url, DAY_PATH) else patterns:
        archives = {way.url: period for way in ways if (period := period_of(way.url, pattern))}
        here = period_of(url, pattern)
        if len(archives) < FEWEST_ARCHIVES:
            continue
        if here:
            earlier = [(period, link) for link, period in archives.items() if period < here]
            return max(earlier)[1] if earlier else None
        if oldest:
            limit = (oldest.year, oldest.month)[: len(next(iter(archives.values())))]
            earlier = [(period, link) for link, period in archives.items() if period <= limit]
            return max(earlier)[1] if earlier else None
    return None


def period_of(url: str, pattern: re.Pattern[str]) -> tuple[int, ...] | None:
    """Give the year, month and day (or the first of them) that an address ends in."""
    parts = urlsplit(url)
    match = pattern.search(f"?{parts.query}" if pattern is YEAR_QUERY else parts.path)
    return tuple(int(one) for one in match.groups() if one.isdecimal()) if match else None


# "Next" and its kind are short; a longer text is a headline.
LONGEST_LABEL = 60

# One link to a month is an entry's date; several are an archive.
FEWEST_ARCHIVES = 2

# One number alone may be anything; a number from here on is a year.
FEWEST_NUMBERS, MOST_PAGES = 2, 1900

# A longer number is an identifier.
MOST_DIGITS = 7

SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|cfm|jsp)$", re.IGNORECASE)
INDEX_FILE = re.compile(r"/(?:index|default)\.\w{2,5}$", re.IGNORECASE)
