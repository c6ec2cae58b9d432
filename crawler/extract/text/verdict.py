"""What a fetched page is: an article, or which kind of wall, list or nothing; and why.

Looks at the answer (status, type, addresses), at what was read from the page, and at its visible
words where little was read. A page with its article's text in it is never called a wall: walls
are looked for only where the text is short, or ends where a paywall says that it does.
"""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from archive.records import Verdict, VerdictKind
from crawler.extract.fields.xpaths import elements, number, string
from crawler.extract.page import Page
from crawler.extract.text.boilerplate import words
from crawler.extract.text.sight import (
    LEAST_TEXT,
    OPENING,
    OWN_ELEMENTS,
    SENTENCE_END,
    WALL_SIGHT,
    Findings,
    Sight,
    see,
)
from crawler.extract.text.teasers import (
    FEWEST_ENTRIES,
    entries_of,
    headline_links,
    is_list_address,
    share_in_entries,
)
from crawler.extract.text.walls import (
    AGE_GATE,
    CHALLENGE_HEADERS,
    CHALLENGES,
    CONSENT,
    CONSENT_ADDRESS,
    CONSENT_BUTTON,
    CONSENT_MATTER,
    FAULTS,
    LOGIN,
    LOGIN_ADDRESS,
    LOGIN_HOST,
    MISSING,
    MISSING_MARKS,
    NEEDS_SCRIPT,
    OFFER,
    OFFER_ADDRESS,
    PARKED,
    PARKED_MARKS,
    PAYWALL,
    POLICY,
)

# Counted by libxml2, without a Python object for each.
PASSWORDS = number("count(//input[@type='password'])")
PLAYERS = number(
    "count(//video | //audio | //iframe[contains(@src, 'player') or contains(@src, 'embed')])"
)
POSTS = number("count(//*[@itemprop='blogPost' or @itemprop='blogPosts'])")
BUTTONS = elements("//body//*[self::a or self::button or self::input or @role='button']")
NAMES = string(
    "concat(/html/@class, ' ', //body/@class, ' ', //body/@id, ' ', //main/@class, ' ', //main/@id)"
)
PICTURES = number("count(//figure//img | //figcaption)")

# Text of this many bytes is an article's, whatever banners hang over it.
WALL_TEXT = 1800
# A list page, a player page or a script's empty frame holds less running text than this.
LITTLE_TEXT = 400
# So many teaser cards make a list page.
LIST_CARDS = 5
# Part of the text that stands in a list's entries: most of it, or where the page's address is a
# list's or the page declares itself one, a good part.
IN_ENTRIES = 0.6
IN_DECLARED_ENTRIES = 0.35
# So many links that read as headlines do, where the page declares itself no article.
LIST_LINKS = 8
# Bytes of text beside them that are a site's motto and imprint; the shortest news has more.
MOTTO_TEXT = 200
# Part of a wall's text that speaks of what it asks for.
ABOUT_CONSENT = 0.7
# A page of so few paragraphs and bytes may be a message.
UNSIGNED = 2
UNSIGNED_TEXT = 320
# Words of a title that is no site's name, where it names no site beside.
TITLE_WORDS = 3
# Pictures with captions that make a gallery of a page without text.
GALLERY_PICTURES = 5

# By what the text was found, in words.
FOUND = {
    "article": "in its <article>",
    "class": "in an element named as the body",
    "density": "where most of the page's prose stands",
    "itemprop": "in the element marked articleBody",
    "json-ld": "in its metadata",
    "pdf": "on the pages of a PDF",
    "plain": "without markup",
    "script": "in the data of its scripts",
    "site": "where its publisher's declaration says",
}

LIVE_TYPES = frozenset(["LiveBlogPosting"])
PAGE_TYPES = frozenset(["Organization", "WebPage", "WebSite"])
MEDIA_TYPES = words(
    """AudioObject Clip ImageGallery MediaGallery PodcastEpisode VideoGallery VideoObject"""
)
LIST_TYPES = frozenset(["CollectionPage", "ItemList", "ProfilePage", "SearchResultsPage"])


def judge(
    page: Page,
    findings: Findings,
    *,
    status: int = 200,
    asked_url: str | None = None,
    headers: Mapping[str, str] = {},
) -> Verdict:
    """Judge a page by its answer and by what was read from it."""
    small = findings.size < WALL_TEXT
    sight = see(page) if small or status >= HTTPStatus.BAD_REQUEST else Sight()
    return (
        judge_header(headers, status=status)
        or judge_answer(page, findings, sight, status=status, asked_url=asked_url)
        or (judge_consent(page, findings, sight) if small else judge_long_consent(page, findings))
        or judge_paywall(findings, sight)
        or (judge_message(page, findings, sight) if small else None)
        or (judge_login(page, findings, sight, asked_url) if small else None)
        or judge_reading(page, findings, asked_url)
    )


def judge_unread(refused: Verdict, *, status: int, headers: Mapping[str, str]) -> Verdict:
    """Judge an answer that is no page: by what the server says of it, where that is a refusal."""
    if challenge := judge_header(headers, status=status):
        return challenge
    if status < HTTPStatus.BAD_REQUEST:
        return refused
    if status == HTTPStatus.UNAUTHORIZED:
        return Verdict(kind=VerdictKind.LOGIN, reason="the server asks to log in (401)")
    reason = f"the server answered {named(status)}; {refused.reason}"
    return Verdict(kind=VerdictKind.ERROR, reason=reason)


def judge_header(headers: Mapping[str, str], *, status: int) -> Verdict | None:
    """Judge an answer whose header says that a guard gave it in the server's place."""
    given = {name.casefold(): value.casefold() for name, value in headers.items()}
    for header, value, guard, refusals in CHALLENGE_HEADERS:
        if value in given.get(header, ()) and (status in refusals or not refusals):
            return challenged(guard)
    return None


def challenged(guard: str) -> Verdict:
    """Give the verdict on a guard's page."""
    return Verdict(kind=VerdictKind.CHALLENGE, reason=f"{guard} asks whether a person is there")


def judge_answer(
    page: Page, findings: Findings, sight: Sight, *, status: int, asked_url: str | None
) -> Verdict | None:
    """Judge by challenge, status and a redirect to the home page."""
    if sight.headings and (guard := challenger(page, findings, sight, status=status)):
        return challenged(guard)
    if status == HTTPStatus.UNAUTHORIZED:
        return Verdict(kind=VerdictKind.LOGIN, reason="the server asks to log in (401)")
    if status >= HTTPStatus.BAD_REQUEST:
        return Verdict(kind=VerdictKind.ERROR, reason=f"the server answered {named(status)}")
    if CONSENT_ADDRESS.search(page.url) and findings.size < LITTLE_TEXT:
        return Verdict(kind=VerdictKind.CONSENT, reason=ASKS_CONSENT)
    return judge_redirect(page, findings, asked_url) if asked_url else None


def judge_redirect(page: Page, findings: Findings, asked_url: str) -> Verdict | None:
    """Judge by where the address that was asked for led."""
    if is_offer(page.url, asked_url) and not findings.is_vouched:
        reason = "the article's address led to an offer to subscribe"
        return Verdict(kind=VerdictKind.LOGIN, reason=reason)
    if not is_root(asked_url) and is_home(page.url, findings):
        return Verdict(kind=VerdictKind.HOME, reason="the article's address led to the home page")
    return None


def is_offer(url: str, asked_url: str) -> bool:
    """Tell whether an address that was not asked for is one at which a newspaper is sold."""
    return bool(OFFER_ADDRESS.search(url)) and not OFFER_ADDRESS.search(asked_url)


def named(status: int) -> str:
    """Give a status with its name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


ROOT_PATH = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w+)?/?)?", re.IGNORECASE
)


def is_root(url: str) -> bool:
    """Tell whether an address is a site's front page, or that of one of its languages."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.query and ROOT_PATH.fullmatch(parts.path) is not None


def is_home(url: str, findings: Findings) -> bool:
    """Tell whether an address that was redirected to is the home page, whatever its query.

    An article's address may be the root's with a number (`/?p=123`); it says that it is one.
    """
    return is_root(url) or (
        is_root(url.partition("?")[0]) and not findings.is_declared and "?p=" not in url
    )


# Guards put their scripts on good pages too; only a page with next to no text is a challenge.
CHALLENGE_TEXT = 900


def challenger(page: Page, findings: Findings, sight: Sight, *, status: int) -> str | None:
    """Name the guard that stands before the page, if one does.

    Its words alone are no proof on a good answer with a text: articles write about guards.
    """
    if findings.size > CHALLENGE_TEXT:
        return None
    bare = not findings.is_enough and len(sight.words) < CHALLENGE_TEXT
    marked = guards_marked(page) if bare else frozenset()
    for name, said, _ in CHALLENGES:
        if name in marked:
            return name
        if not said.search(sight.whole):
            continue
        if status >= HTTPStatus.BAD_REQUEST or not findings.is_enough:
            return name
        if not findings.is_vouched and any(is_message(said, text) for text in sight.headings):
            return name
    return None


def guards_marked(page: Page) -> frozenset[str]:
    """Name the guards whose scripts, frames and forms a page holds."""
    scripts = [
        script.get("src") or (script.text or "")[:WALL_SIGHT]
        for script in page.root.iter("script", "iframe")
    ]
    names = [
        f"{element.get('id', '')} {element.get('class', '')}"
        for element in page.root.iter("div", "form", "script")
    ]
    marks = "\n".join([*scripts, *names])
    return frozenset(name for name, _, shape in CHALLENGES if shape and shape.search(marks))


# Words of a heading beside those of a message: a name, a greeting. More make a headline of it.
MOST_WORDS_BESIDE = 2
# Letters of such words in scripts without blanks.
MOST_LETTERS_BESIDE = 16
SEPARATOR = re.compile(r"\s+[-–—|·•:»/]+\s+|\s*[|»]\s*")


def message_of(pattern: re.Pattern[str], findings: Findings, sight: Sight) -> str | None:
    """Give the words by which a page with little text says what it is, instead of an article.

    A heading that says nothing else; or, where there is next to no text or none that is declared
    to be an article, any heading, and a sentence that begins so.
    """
    if findings.is_vouched and findings.is_enough:
        return None
    for heading in (*sight.headings, sight.second):
        if (found := pattern.search(heading)) and is_message(pattern, heading):
            return found.group().strip()
    if findings.size >= LITTLE_TEXT or (findings.is_declared and findings.is_enough):
        return None
    if not findings.is_enough:
        places = [*sight.headings, sight.words[:OPENING]]
        return next((m.group().strip() for text in places if (m := pattern.search(text))), None)
    titled = findings.how in OWN_ELEMENTS and is_titled(sight, words=TITLE_WORDS)
    return None if titled else opening_message(pattern, findings)


def opening_message(pattern: re.Pattern[str], findings: Findings) -> str | None:
    """Give the words by which a short text's sentence begins that says what the page is."""
    for found in pattern.finditer(findings.text):
        before = findings.text[: found.start()]
        if not before.strip() or SENTENCE_END.search(before) or before.endswith("\n"):
            return found.group().strip()
    return None


def is_message(pattern: re.Pattern[str], heading: str) -> bool:
    """Tell whether a heading, or a part of it beside the site's name, is a message and no more."""
    return any(
        pattern.search(part) and is_little(pattern.sub(" ", part))
        for part in SEPARATOR.split(heading)
    )


def is_little(beside: str) -> bool:
    """Tell whether what a heading says beside a message is no statement of its own."""
    said = re.findall(r"\w+", beside)
    return len(said) <= MOST_WORDS_BESIDE and sum(map(len, said)) <= MOST_LETTERS_BESIDE


ASKS_CONSENT = "the page asks for consent to cookies or tracking"


def judge_consent(page: Page, findings: Findings, sight: Sight) -> Verdict | None:
    """Judge a page whose own text asks for consent, or for the visitor's age."""
    if is_policy(page, sight):
        return None
    asks = any(is_message(CONSENT, heading) for heading in sight.headings)
    if asks or asks_consent(page, findings, sight):
        return Verdict(kind=VerdictKind.CONSENT, reason=ASKS_CONSENT)
    if findings.size < LITTLE_TEXT and message_of(AGE_GATE, findings, sight):
        return Verdict(kind=VerdictKind.CONSENT, reason="the page asks how old the reader is")
    return None


def judge_long_consent(page: Page, findings: Findings) -> Verdict | None:
    """Judge a page that begins by asking for consent, and lists at length for what."""
    if not begins_with_consent(findings):
        return None
    sight = see(page)
    if is_titled(sight) or is_policy(page, sight) or not has_button(page, CONSENT_BUTTON):
        return None
    return Verdict(kind=VerdictKind.CONSENT, reason=ASKS_CONSENT)


def begins_with_consent(findings: Findings) -> bool:
    """Tell whether a text that no element of an article's holds begins by asking for consent."""
    return findings.how == "density" and CONSENT.search(findings.text[:OPENING]) is not None


def asks_consent(page: Page, findings: Findings, sight: Sight) -> bool:
    """Tell whether what was read of a page asks for consent, in words of its own or by a button.

    An article that quotes such words stands where articles do, and no button follows its text;
    one that speaks of privacy stands above a banner's button.
    """
    spoken = CONSENT.search(findings.text or sight.words[:OPENING]) is not None
    if findings.is_enough and (findings.how in OWN_ELEMENTS or findings.is_vouched):
        return spoken and is_about_consent(findings.text) and has_button(page, CONSENT_BUTTON)
    if spoken and (findings.size < LITTLE_TEXT or is_about_consent(findings.text)):
        return True
    if spoken:
        asks = begins_with_consent(findings) and not is_titled(sight)
        return asks and has_button(page, CONSENT_BUTTON)
    asked = findings.text if findings.is_enough else sight.words
    small = findings.size < LITTLE_TEXT and CONSENT_MATTER.search(asked) is not None
    # Above a headline of its own about something else, it is a banner's button.
    about = any(CONSENT_MATTER.search(text) for text in (*sight.headings, sight.second))
    other = findings.is_enough and is_titled(sight) and not about
    return small and not other and has_button(page, CONSENT_BUTTON)


def is_about_consent(text: str) -> bool:
    """Tell whether next to all of a text stands in paragraphs that speak of cookies and consent."""
    lines = text.split("\n")
    about = (line for line in lines if CONSENT.search(line) or CONSENT_MATTER.search(line))
    return sum(map(len, about)) >= ABOUT_CONSENT * sum(map(len, lines))


def is_policy(page: Page, sight: Sight) -> bool:
    """Tell a site's statement of what it does with data, which speaks of consent and asks none."""
    titled = any(is_message(POLICY, heading) for heading in sight.headings)
    return titled and not has_button(page, CONSENT_BUTTON)


def has_button(page: Page, label: re.Pattern[str]) -> bool:
    """Tell whether the page has a button or link so labelled."""
    texts = (element.get("value") or element.text_content() for element in BUTTONS(page.root))
    return any(label.search(" ".join(text.split())) for text in texts)


def judge_paywall(findings: Findings, sight: Sight) -> Verdict | None:
    """Judge by the page's words that the rest costs, and by where the text ends."""
    reason = paywall_reason(findings, sight)
    return Verdict(kind=VerdictKind.PAYWALL, reason=reason) if reason else None


def paywall_reason(findings: Findings, sight: Sight) -> str | None:
    """Say by what a page is known to give a part only; None where it is not."""
    size = findings.size
    paid = findings.free is False
    if findings.cut and (paid or size < 2 * WALL_TEXT):
        return f"the page says: {findings.cut}"
    if paid and findings.text.endswith(("...", "…")):
        return "declared as not free, and the text breaks off"
    if findings.free or size >= (WALL_TEXT / 2 if paid else LITTLE_TEXT):
        return None
    around = beside(findings.text, sight)
    if wall := PAYWALL.search(around) or (OFFER.search(around) if paid else None):
        return f"little text, and: {wall.group().strip()}"
    little = paid and findings.is_enough and size < LITTLE_TEXT
    return "declared as not free, and little text" if little else None


def beside(text: str, sight: Sight) -> str:
    """Give what is seen of a page besides its text and headings, in which articles quote walls."""
    seen = sight.words
    for part in (*sight.headings, *text.split("\n")):
        if folded := " ".join(part.split()):
            seen = seen.replace(folded, "\n")
    return seen


def judge_message(page: Page, findings: Findings, sight: Sight) -> Verdict | None:
    """Judge a page that says that there is nothing: no such page, no newspaper, no server."""
    if missing := message_of(MISSING, findings, sight):
        return Verdict(kind=VerdictKind.SOFT_404, reason=f"the page says: {missing}")
    if not findings.is_vouched and (mark := MISSING_MARKS.search(NAMES(page.root))):
        reason = f"the page is marked as missing: {mark.group()}"
        return Verdict(kind=VerdictKind.SOFT_404, reason=reason)
    if findings.size < LITTLE_TEXT:
        sources = " ".join(e.get("src", "") for e in page.root.iter("script", "iframe"))
        marked = not findings.is_enough and PARKED_MARKS.search(sources)
        if marked or (parked := message_of(PARKED, findings, sight)):
            said = "it is parked" if marked else parked
            return Verdict(
                kind=VerdictKind.SOFT_404, reason=f"no newspaper is at this address: {said}"
            )
    if fault := message_of(FAULTS, findings, sight):
        return Verdict(kind=VerdictKind.ERROR, reason=f"the page says: {fault}")
    return None


def judge_login(
    page: Page, findings: Findings, sight: Sight, asked_url: str | None
) -> Verdict | None:
    """Judge a page with little text that is there to log in."""
    if findings.size >= LITTLE_TEXT or is_declared_media(findings):
        return None
    if findings.is_declared and findings.is_enough:
        return None
    parts = urlsplit(page.url)
    at_door = LOGIN_ADDRESS.search(parts.path) or LOGIN_HOST.search(parts.hostname or "")
    led = bool(at_door) and (asked_url not in (None, page.url) or not findings.is_enough)
    password = PASSWORDS(page.root) > 0
    # Among what its own elements hold an article may be headed so.
    own = findings.is_enough and findings.how in OWN_ELEMENTS
    greeted = any(
        is_message(LOGIN, heading) if own else LOGIN.search(heading) for heading in sight.headings
    )
    if led or (password and (greeted or not findings.is_enough) and not is_crowded(page)):
        return Verdict(kind=VerdictKind.LOGIN, reason="the page asks to log in")
    return None


def is_crowded(page: Page) -> bool:
    """Tell a page of headlines, on which a form to log in stands among other things."""
    return len(headline_links(page)) >= LIST_LINKS


def judge_reading(page: Page, findings: Findings, asked_url: str | None) -> Verdict:
    """Judge by what was read: live blog, article, or what kind of page holds so little text."""
    if set(findings.types) & LIVE_TYPES and findings.size >= LEAST_TEXT:
        return Verdict(kind=VerdictKind.LIVE_BLOG, reason="declared as a live blog")
    if reason := list_reason(page, findings):
        if asked_url and leads_up(asked_url, page.url):
            reason = f"the article's address led to a section's page: {reason}"
            return Verdict(kind=VerdictKind.HOME, reason=reason)
        return Verdict(kind=VerdictKind.LIST, reason=reason)
    return judge_little(page, findings) or Verdict(
        kind=VerdictKind.ARTICLE, reason=f"running text, {FOUND[findings.how]}"
    )


def judge_little(page: Page, findings: Findings) -> Verdict | None:
    """Judge a page with little text: media, a list of links, or nothing; None for short news."""
    if findings.size >= LITTLE_TEXT or (findings.is_typed and findings.is_enough):
        return None
    if is_media(page, findings):
        return Verdict(kind=VerdictKind.MEDIA, reason="a video, recording or gallery without text")
    headlines = headline_links(page)
    few = not (findings.is_declared and findings.is_enough) and findings.size < MOTTO_TEXT
    if few and len(headlines) >= LIST_LINKS:
        reason = f"{len(headlines)} headlines that are links, and little text of its own"
        return Verdict(kind=VerdictKind.LIST, reason=reason)
    if not findings.is_enough:
        return judge_empty(page)
    if is_unsigned(findings, see(page)):
        reason = "a few words, and nothing says that they are an article"
        return Verdict(kind=VerdictKind.EMPTY, reason=reason)
    return None


def is_unsigned(findings: Findings, sight: Sight) -> bool:
    """Tell a paragraph or two of a page that names no article, no time, place and title for them.

    So stand the messages of servers, guards and portals whose words are in no table.
    """
    few = len(findings.text.split("\n\n")) <= UNSIGNED and findings.size < UNSIGNED_TEXT
    if not few or findings.how != "density" or findings.is_declared or findings.shown:
        return False
    titled = is_titled(sight) or any(is_message(POLICY, heading) for heading in sight.headings)
    return not titled and set(findings.types) <= PAGE_TYPES


def is_titled(sight: Sight, *, words: int = 1) -> bool:
    """Tell whether a heading is what the page's title begins with: an article's, not the site's.

    It has so many words at least.
    """
    title, *headings = (heading.casefold() for heading in (*sight.headings, sight.second))
    first, *site = SEPARATOR.split(title)
    long = len(title.split()) >= TITLE_WORDS
    return any(
        (title.startswith(heading) and (long or heading != title))
        or (site and first and heading.startswith(first))
        for heading in headings
        if heading and len(heading.split()) >= words
    )


def leads_up(asked_url: str, url: str) -> bool:
    """Tell whether an address is above the one that was asked for, on the same host or another."""
    asked, came = (urlsplit(u).path.strip("/").split("/") for u in (asked_url, url))
    return came != asked and len(came) < len(asked)


def list_reason(page: Page, findings: Findings) -> str | None:
    """Say why a page is a list of articles and not one; None if it is none."""
    addressed = is_list_address(page.url)
    if page.plain is not None or findings.is_typed or (findings.is_declared and not addressed):
        return dated_reason(findings) if not findings.is_declared else None
    if reason := dated_reason(findings):
        return reason
    if (posts := POSTS(page.root)) > 1:
        return f"{posts:.0f} posts of a blog"
    if is_root(page.url) and len(headlines := headline_links(page)) >= LIST_LINKS:
        return f"a front page of {len(headlines)} headlines"
    said = bool(set(findings.types) & LIST_TYPES) or is_root(page.url) or addressed
    if findings.cards >= LIST_CARDS and (findings.size < MOTTO_TEXT or (said and not addressed)):
        return f"{findings.cards} teasers and little text of its own"
    return entries_reason(findings, entries_of(page), said=said)


def entries_reason(findings: Findings, entries: Sequence[str], *, said: bool) -> str | None:
    """Say that a page is made of its entries; `said` where it calls itself a list."""
    if len(entries) < FEWEST_ENTRIES:
        return None
    share = share_in_entries(findings.text.split("\n"), entries)
    if share >= (IN_DECLARED_ENTRIES if said else IN_ENTRIES):
        return f"{len(entries)} teasers, in which most of the text stands"
    if said and len(entries) >= LIST_LINKS and sum(map(len, entries)) >= len(findings.text):
        return f"{len(entries)} teasers, which outweigh the text beside them"
    return None


def dated_reason(findings: Findings) -> str | None:
    """Say that the text is a list of dated lines."""
    return f"{findings.dated} lines that end with a date" if findings.dated else None


def is_media(page: Page, findings: Findings) -> bool:
    """Tell whether the page declares itself a video, a recording or a gallery, or is one."""
    if is_declared_media(findings):
        return True
    if findings.is_enough:
        return False
    return PLAYERS(page.root) > 0 or PICTURES(page.root) >= GALLERY_PICTURES


def is_declared_media(findings: Findings) -> bool:
    """Tell whether the page's own data calls it a video, a recording or a gallery."""
    declared = (findings.og_type or "").startswith(("video", "music"))
    return declared or bool(set(findings.types) & MEDIA_TYPES)


def judge_empty(page: Page) -> Verdict:
    """Judge a page without text: drawn by a script, or empty."""
    notices = " ".join(
        " ".join(element.text_content().split()) for element in page.root.iter("noscript")
    )
    scripts = sum(len(s.text or "") + 100 * bool(s.get("src")) for s in page.root.iter("script"))
    if NEEDS_SCRIPT.search(notices) or NEEDS_SCRIPT.search(see(page).whole):
        return Verdict(kind=VerdictKind.JAVASCRIPT, reason="the page says that it needs JavaScript")
    if scripts > LITTLE_TEXT:
        return Verdict(kind=VerdictKind.JAVASCRIPT, reason="no text; scripts draw the page")
    return Verdict(kind=VerdictKind.EMPTY, reason="no readable text")
