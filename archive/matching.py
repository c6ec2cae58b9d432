"""Which of several pages a headline without a link means, if any. Pure: it answers, others act.

`weigh` scores one candidate: how the titles are one (`archive.titles`), how much a title of such
words can tell, how far the days are apart, and whether the publishers are the same. `choose` takes
the best one, if it reaches the bar and no other page comes near it; else the headline stays as it
is, with the best candidates as evidence.

The score is a product of the factors below, at most 1. They were set so that a title of one
distinguishing word (a company's name in a formula) needs the day or the publisher, and a title of
six needs neither; a formula that companies use again and again needs the day whatever else.

A cut may hide the one word that distinguishes. So a cut title is taken only where nothing else that
is known begins like it; a cut formula moreover only where its name is shown, what is hidden is
formula too, and day and publisher both agree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from archive import titles
from archive.records import Dated, Headline, Precision
from archive.titles import Agreement, Title
from archive.urls import host

BAR = 0.8
# A runner-up that is nearer than this makes the best one a guess.
MARGIN = 0.05
# What is kept of the candidates that were not taken.
MOST_RIVALS = 3

# A formula that was cut: two thirds of it, of six words at least, on the same day in any time zone.
NEARLY_WHOLE, FORMULA_WORDS, NEXT_DAY = 0.94, 6, timedelta(days=1)
# By the number of distinguishing words; the last stands for six and more.
SUBSTANCE = (0.6, 0.87, 0.9, 0.93, 0.96, 0.98, 1.0)
# Characters of a title by which it is looked for; what is cut to fewer tells too little.
LEAD = 10
# What is not the whole title, or not sure to be it, must tell more; a cut one must tell more still,
# or be nearly whole on its day, or have the publisher besides.
FEWEST_TELLING, MUCH_TELLING = 4, 6
# The score of what is alike and not sure, at most: it is shown, and not taken.
UNSURE = 0.7
# A list prints an article within days; aggregators lag by some weeks.
NEAR = timedelta(days=3)
TIMES = ((NEAR, 1.0), (timedelta(days=14), 0.95), (timedelta(days=45), 0.88))
FAR, NO_DATE, ANOTHER_OCCASION = 0.78, 0.9, 0.5
# An unknown name after a dash: a publisher most likely, a part of the title perhaps.
SUFFIXED = 0.93

# What separates a title from a publisher after it.
SEPARATORS = (" - ", " – ", " — ", " | ", " · ", " • ", " :: ", " » ")
# A longer tail is a second half of the title.
LONGEST_NAME, MOST_NAME_WORDS = 60, 6
# Shorter parts of names and hosts are in too many others.
SHORTEST_PART = 4
# Printed or left out as one likes: "The Scientist", "Bank of England".
NAME_FILLERS = frozenset({"and", "der", "die", "for", "la", "le", "of", "the"})


class Publishers(Enum):
    """What is known of two publishers, as a factor and in words."""

    SAME = (1.05, "publisher agrees")
    OWN = (1.0, "on the list's own site")
    UNKNOWN = (0.93, "publisher not compared")
    ELSEWHERE = (0.75, "publisher not confirmed by the address")
    DIFFERENT = (0.0, "another publisher")

    @property
    def factor(self) -> float:
        """Give the factor."""
        return self.value[0]

    @property
    def evidence(self) -> str:
        """Give the words."""
        return self.value[1]

    @property
    def agree(self) -> bool:
        """Tell whether it is the publisher, or the site of the list that printed the title."""
        return self in {Publishers.SAME, Publishers.OWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A title as it was printed somewhere, with what was printed beside it."""

    title: str
    publisher: str | None = None
    day: date | None = None
    """Exact to the day, or None."""
    url: str | None = None
    list_url: str | None = None
    """Address of the list that printed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A page that a headline may mean."""

    printed: Printed
    page: str
    """Tells pages apart; equal for what is one page or one story."""
    found_on: str | None = None
    """Address of the list that printed it."""
    article_id: int | None = None
    """The article, where it is held."""

    @property
    def url(self) -> str | None:
        """The page's address."""
        return self.printed.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A candidate with its score, from 0 to 1, and what speaks for it in words."""

    candidate: Candidate
    score: float
    evidence: str
    cut: bool = False
    """A part of the title is hidden."""
    confirmed: bool = False
    """Day and publisher both agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Which page a headline means, or why that cannot be said."""

    taken: Weighed | None
    reason: str
    rivals: tuple[Weighed, ...]
    """The best that were not taken, the best first; one for each page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A title with or without what may be a publisher behind it."""

    title: Title
    tail: str | None = None


class Shelf:
    """Headlines with links from outside the archive (a feed, a sitemap, a site's own search).

    They are found by how their titles begin, which a cut end and a suffix leave as it is.
    """

    def __init__(self, headlines: Iterable[Headline]) -> None:
        self._by_lead: dict[str, list[Headline]] = {}
        for headline in headlines:
            if headline.url:
                for start in _leads(headline.title):
                    self._by_lead.setdefault(start, []).append(headline)

    def like(self, title: str) -> tuple[Headline, ...]:
        """Give the headlines whose title may be this one."""
        found = (each for start in sorted(_leads(title)) for each in self._by_lead.get(start, ()))
        return tuple(dict.fromkeys(found))


def _leads(title: str) -> set[str]:
    """Give how a title begins: as it is, and where all that is not ASCII was lost."""
    read = titles.read(title)
    return {letters[:LEAD] for letters in (read.letters, read.left) if letters}


def printed(headline: Headline) -> Printed:
    """Give what a list printed."""
    return Printed(
        title=headline.title,
        publisher=headline.publisher,
        day=day_of(headline.published),
        url=headline.url,
        list_url=headline.list_url,
    )


def day_of(dated: Dated | None) -> date | None:
    """Give the day of a date that is known to the day."""
    if dated is None or dated.precision in {Precision.YEAR, Precision.MONTH, Precision.WEEK}:
        return None
    return date(dated.value.year, dated.value.month, dated.value.day)


def choose(headline: Printed, candidates: Iterable[Candidate]) -> Answer:
    """Take the one page that a headline means, or none."""
    best: dict[str, Weighed] = {}
    mine = tuple(readings(headline.title))
    offered = [(each, tuple(readings(each.printed.title))) for each in candidates]
    for candidate, theirs in offered:
        weighed = _best_reading(headline, mine, candidate, theirs)
        held = best.get(candidate.page)
        if weighed and (held is None or _order(weighed) < _order(held)):
            best[candidate.page] = weighed
    ranked = sorted(best.values(), key=_order)
    if not ranked:
        return Answer(taken=None, reason="no title like it", rivals=())
    reason = _objection(ranked) or _another_beginning(headline, mine, ranked[0], offered)
    if reason:
        return Answer(taken=None, reason=reason, rivals=tuple(ranked[:MOST_RIVALS]))
    return Answer(
        taken=ranked[0], reason=ranked[0].evidence, rivals=tuple(ranked[1 : 1 + MOST_RIVALS])
    )


def _order(weighed: Weighed) -> tuple[float, bool, int, str, str]:
    """Sort the best first; what is held before what is not, the first that was; then by address."""
    candidate = weighed.candidate
    held = candidate.article_id
    return (-weighed.score, held is None, held or 0, candidate.page, candidate.url or "")


def _objection(ranked: Sequence[Weighed]) -> str | None:
    best = ranked[0]
    if best.score < BAR:
        return f"too little evidence: {best.evidence}"
    near = sum(1 for weighed in ranked if weighed.score > best.score - MARGIN)
    return f"ambiguous: {near} pages have this title" if near > 1 else None


def _another_beginning(
    headline: Printed,
    mine: Sequence[_Reading],
    best: Weighed,
    offered: Iterable[tuple[Candidate, Sequence[_Reading]]],
) -> str | None:
    """Say why the shown part of a cut title does not single out the best candidate.

    Another title that begins so too and is of about that day makes it a guess; one of another time
    shows that it is a formula, which needs day and publisher.
    """
    if not best.cut:
        return None
    taken = tuple(readings(best.candidate.printed.title))
    others = [
        candidate
        for candidate, theirs in offered
        if candidate.page != best.candidate.page
        and _are_like(mine, theirs)
        and not _are_like(taken, theirs)
        and not _is_of_another(headline, candidate.printed)
    ]
    near = {each.page for each in others if not _is_far(headline.day, each.printed.day)}
    if near:
        return f"ambiguous: what is shown begins {len(near) + 1} titles"
    if others and not best.confirmed:
        return "too little evidence: other titles begin so too; day and publisher must agree"
    return None


def _are_like(mine: Sequence[_Reading], theirs: Sequence[_Reading]) -> bool:
    """Tell whether two printed titles may be one, with or without publishers behind them."""
    return any(titles.compare(one.title, other.title) for one in mine for other in theirs)


def _is_of_another(one: Printed, other: Printed) -> bool:
    return compare_publishers(_with(one, None), _with(other, None)) is Publishers.DIFFERENT


def _is_far(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) > NEAR


def weigh(headline: Printed, candidate: Candidate) -> Weighed | None:
    """Score a candidate; None where its title is another."""
    mine, theirs = (tuple(readings(title)) for title in (headline.title, candidate.printed.title))
    return _best_reading(headline, mine, candidate, theirs)


def _best_reading(
    headline: Printed, mine: Sequence[_Reading], candidate: Candidate, theirs: Sequence[_Reading]
) -> Weighed | None:
    pairs = ((one, other) for one in mine for other in theirs)
    found = [weighed for pair in pairs if (weighed := _weigh(headline, candidate, *pair))]
    return max(found, key=lambda weighed: weighed.score, default=None)


def readings(title: str) -> Iterator[_Reading]:
    """Read a title whole, and without the name that may be its publisher's."""
    yield _Reading(title=titles.read(title))
    parted = _part(title)
    if parted:
        yield _Reading(title=titles.read(parted[0]), tail=parted[1])


def without_tail(title: str) -> str:
    """Give a title without the name after its last separator that may be its publisher's."""
    parted = _part(title)
    return parted[0] if parted else title


def _part(title: str) -> tuple[str, str] | None:
    """Part a title from the name after its last separator, if that can be one."""
    at, separator = max((title.rfind(sign), sign) for sign in SEPARATORS)
    if at <= 0:
        return None
    tail = title[at + len(separator) :].strip()
    short = 1 < len(tail) <= LONGEST_NAME and len(tail.split()) <= MOST_NAME_WORDS
    return (title[:at], tail) if short else None


def _weigh(
    headline: Printed, candidate: Candidate, mine: _Reading, theirs: _Reading
) -> Weighed | None:
    agreement = titles.compare(mine.title, theirs.title)
    if agreement is None:
        return None
    known = _known_tails(headline, candidate.printed, mine, theirs)
    if known is None:
        return None
    telling = _telling(agreement)
    publishers = _publishers(headline, candidate.printed, mine, theirs)
    same_day = _is_same_day(headline.day, candidate.printed.day)
    confirmed = publishers.agree and same_day
    near_whole = same_day and agreement.form >= NEARLY_WHOLE
    if telling < FEWEST_TELLING and not (
        known and (agreement.exact or (near_whole and _is_long(agreement, confirmed=confirmed)))
    ):
        return None
    time, apart = _time(headline.day, candidate.printed.day, agreement)
    form = agreement.form if known else agreement.form * SUFFIXED
    score = form * SUBSTANCE[min(telling, len(SUBSTANCE) - 1)] * time * publishers.factor
    placed = publishers.agree or (headline.day is not None and candidate.printed.day is not None)
    shown = near_whole or (telling >= MUCH_TELLING and placed)
    doubt = _doubt(agreement, known=known, confirmed=confirmed, shown=shown)
    evidence = (agreement.evidence, _of_suffix(mine, theirs), apart, publishers.evidence, doubt)
    return Weighed(
        candidate=candidate,
        score=round(min(UNSURE if doubt else 1.0, score), 3),
        evidence="; ".join(part for part in evidence if part),
        cut=agreement.cut,
        confirmed=confirmed,
    )


def _doubt(agreement: Agreement, *, known: bool, confirmed: bool, shown: bool) -> str | None:
    """Say why what is hidden of a title may be what distinguishes it; None where it may not."""
    hidden = agreement.hidden
    if titles.is_formula((*agreement.words, *(hidden or ()))):
        if not known:
            return "a formula, and what stands behind it may be its name"
        if hidden != () and (hidden is None or not confirmed or titles.may_name(hidden)):
            return "a formula, and what is cut off may be its name"
    elif agreement.cut and not (shown or confirmed):
        return "cut, and too little is shown"
    return None


def _publishers(
    headline: Printed, candidate: Printed, mine: _Reading, theirs: _Reading
) -> Publishers:
    """Compare publishers, names behind the titles included; a list's own posts name others."""
    found = compare_publishers(_with(headline, mine.tail), _with(candidate, theirs.tail))
    if found is not Publishers.ELSEWHERE or not (headline.list_url and candidate.url):
        return found
    site = host(headline.list_url)
    return Publishers.OWN if site is not None and site == host(candidate.url) else found


def _telling(agreement: Agreement) -> int:
    """Count the words that distinguish; beside a name, a period and its year do so too."""
    telling = titles.telling(agreement.words)
    return telling + 2 if telling and titles.names_period(agreement.words) else telling


def _is_long(agreement: Agreement, *, confirmed: bool) -> bool:
    """Tell whether a cut title of few distinguishing words shows enough others.

    Then it is a formula with its company's name, of which one appears on one day.
    """
    return confirmed or len(agreement.words) >= FORMULA_WORDS


def _is_same_day(one: date | None, other: date | None) -> bool:
    """Tell whether two days may be one, in different time zones."""
    return one is not None and other is not None and abs(one - other) <= NEXT_DAY


def _known_tails(
    headline: Printed, candidate: Printed, mine: _Reading, theirs: _Reading
) -> bool | None:
    """Tell whether what was taken off is a publisher that is known otherwise; None forbids it.

    Two different tails may be the only words that distinguish: they are never both taken off.
    """
    if mine.tail is None and theirs.tail is None:
        return True
    if mine.tail is not None and theirs.tail is not None:
        return True if same_name(mine.tail, theirs.tail) else None
    tail = mine.tail or theirs.tail or ""
    names = filter(None, (headline.publisher, candidate.publisher))
    addresses = filter(None, (headline.url, candidate.url))
    return any(same_name(tail, name) for name in names) or any(
        is_host_of(url, tail) for url in addresses
    )


def _with(printed: Printed, tail: str | None) -> tuple[tuple[str, ...], str | None]:
    """Give the names that a publisher has here, and the page's address."""
    return tuple(name for name in (printed.publisher, tail) if name), printed.url


def _of_suffix(mine: _Reading, theirs: _Reading) -> str:
    tail = mine.tail or theirs.tail
    return f"without “{tail}”" if tail else ""


def _time(one: date | None, other: date | None, agreement: Agreement) -> tuple[float, str]:
    if one is None or other is None:
        recurring = titles.recurs(agreement.words)
        return (ANOTHER_OCCASION if recurring else NO_DATE), "no dates to compare"
    gap = abs(one - other)
    days = f"{gap.days} day{'s' if gap.days != 1 else ''} apart" if gap else "same day"
    comes_again = titles.recurs(agreement.words) or (
        gap > TIMES[-1][0] and titles.is_formula(agreement.words)
    )
    if gap > NEAR and comes_again:
        return ANOTHER_OCCASION, f"{days}, of a title that comes again"
    return next((factor for most, factor in TIMES if gap <= most), FAR), days


def compare_publishers(
    one: tuple[tuple[str, ...], str | None], other: tuple[tuple[str, ...], str | None]
) -> Publishers:
    """Compare the names and the address that each of two has."""
    (mine, my_url), (theirs, their_url) = one, other
    if any(same_name(a, b) for a in mine for b in theirs):
        return Publishers.SAME
    if any(
        is_host_of(url, a)
        for names, url in ((mine, their_url), (theirs, my_url))
        for a in names
        if url
    ):
        return Publishers.SAME
    if mine and theirs:
        return Publishers.DIFFERENT
    if (mine and their_url) or (theirs and my_url):
        return Publishers.ELSEWHERE
    return Publishers.UNKNOWN


def same_name(one: str, other: str) -> bool:
    """Tell whether two printed names are one publisher's: equal, cut, shortened or abbreviated."""
    mine, theirs = _name(one), _name(other)
    if not mine or not theirs:
        return False
    shorter, longer = sorted((mine, theirs), key=len)
    if longer[: len(shorter)] == shorter or "".join(mine) == "".join(theirs):
        return True
    return abbreviates("".join(shorter), longer) or abbreviates("".join(longer), shorter)


def is_host_of(url: str, name: str) -> bool:
    """Tell whether an address's host is named as a publisher is: `nypost.com`, New York Post."""
    labels = (host(url) or "").split(".")[:-1]
    words = _name(name)
    squashed = "".join(words)
    return any(_names(label.replace("-", ""), words, squashed) for label in labels)


def _names(label: str, words: Sequence[str], squashed: str) -> bool:
    if not squashed or not label:
        return False
    if label == squashed or abbreviates(label, words):
        return True
    shorter, longer = sorted((label, squashed), key=len)
    return len(shorter) >= SHORTEST_PART and shorter in longer


def _name(text: str) -> tuple[str, ...]:
    """Give a name's words, without articles, a domain's ending, and a cut end."""
    title = titles.read(text.removesuffix("/"))
    words = list(title.words[:-1] if title.broken and len(title.words) > 1 else title.words)
    if "." in text.strip(".… ") and len(words) > 1 and " " not in text.strip():
        words = words[:-1]
    kept = tuple(word for word in words if word not in NAME_FILLERS)
    return kept or tuple(words)


def abbreviates(short: str, words: Sequence[str]) -> bool:
    """Tell whether a text is made of the beginnings of all these words in order: `nypost`."""
    if len(words) < 2:
        return False
    reached = {0}
    for word in words:
        reached = {
            start + length
            for start in reached
            for length in range(1, len(word) + 1)
            if short.startswith(word[:length], start)
        }
    return len(short) in reached
