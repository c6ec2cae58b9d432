"""Makes news for tests and benches: texts of no template, copies of them, texts of one template.

Everything is invented, from a seed: the same seed gives the same news. A `Piece` has a story; two
pieces are one story where these are equal, whatever their words have in common.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

CONSONANTS, VOWELS = "bcdfghjklmnprstvwz", "aeiou"
WORDS = (
    "the of to and a in that is was for on with as by at from it has have had be were are this "
    "which said not its but an they would will their been more than one also who after over about "
    "new first two when other into some only could time years there last most made up out no so "
    "what all government people company year week million market work group public use part state"
)
COMMON = tuple(WORDS.split(" "))
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FIRST_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article as it is published somewhere."""

    story: str
    title: str
    text: str
    site: str
    day: date

    @property
    def url(self) -> str:
        """Give an address that no other piece of the story has at this site."""
        slug = re.sub(r"\W+", "-", f"{self.story} {self.title}".lower()).strip("-")
        return f"https://{self.site}/{slug}"


class Desk:
    """Writes news; `random` is its only state."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)

    @cached_property
    def vocabulary(self) -> tuple[list[str], list[float]]:
        """Give words and their cumulative weights: few are frequent, as Zipf found."""
        chooser = random.Random(7)
        rare = sorted({_word(chooser, chooser.randint(2, 4)) for _ in range(30_000)})
        chooser.shuffle(rare)
        words = [*COMMON, *rare]
        return words, list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def name(self, syllables: int = 3) -> str:
        """Give a name nobody has."""
        return _word(self.random, syllables).capitalize()

    def person(self) -> str:
        """Give a first and a last name."""
        return f"{self.name(2)} {self.name(3)}"

    def number(self, low: int = 10, high: int = 999_999) -> str:
        """Give an amount, as American papers write it."""
        return f"{self.random.randint(low, high):,}"

    def date_of(self, day: date) -> str:
        """Give a day as a release prints it."""
        return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"

    def day(self) -> date:
        """Give some day of two years."""
        return FIRST_DAY + timedelta(days=self.random.randrange(700))

    def site(self) -> str:
        """Give a publisher's site."""
        return f"{_word(self.random, 3)}.example"

    def sentence(self) -> str:
        """Give a sentence of 8 to 26 words, with a name or a number in most."""
        words, weights = self.vocabulary
        found = self.random.choices(words, cum_weights=weights, k=self.random.randint(8, 24))
        if self.random.random() < 0.6:
            found.insert(self.random.randrange(1, len(found)), self.person())
        if self.random.random() < 0.4:
            found.insert(self.random.randrange(1, len(found)), self.number())
        return f"{_begin(found)}."

    def paragraphs(self, count: int, sentences: int = 3) -> list[str]:
        """Give paragraphs of new sentences."""
        return [
            " ".join(self.sentence() for _ in range(self.random.randint(1, sentences)))
            for _ in range(count)
        ]

    def headline(self) -> str:
        """Give a head of its own."""
        return self.sentence()[:70].rsplit(" ", 1)[0]

    def article(self, count: int = 18, **given: object) -> Piece:
        """Give an article of some 3.5 KB (with 18 paragraphs) like no other."""
        piece = Piece(
            story=f"s{self.random.getrandbits(60):x}",
            title=self.headline(),
            text="\n\n".join(self.paragraphs(count)),
            site=self.site(),
            day=self.day(),
        )
        return replace(piece, **given)  # type: ignore[arg-type] # fields of Piece, by name

    # What becomes of a text elsewhere: each gives another piece of the same story.

    def framed(self, piece: Piece) -> Piece:
        """Give it as another publisher prints it: a head above, a foot below, a day on."""
        head = f"{self.name()} Wire — {self.date_of(piece.day)}"
        foot = f"{self.sentence()} Follow {self.name()} for more. Copyright {self.name()} Media."
        return self._elsewhere(piece, f"{head}\n\n{piece.text}\n\n{foot}")

    def noted(self, piece: Piece) -> Piece:
        """Give it with an editor's note."""
        note = f"Editor's note: {self.sentence()}"
        return self._elsewhere(piece, f"{note}\n\n{piece.text}", title=piece.title)

    def cut(self, piece: Piece, part: float = 0.6) -> Piece:
        """Give its first part, broken off in mid-sentence."""
        words = piece.text.split(" ")
        return self._elsewhere(piece, " ".join(words[: int(len(words) * part)]) + "…")

    def styled(self, piece: Piece) -> Piece:
        """Give it in another house's style: quotes, numbers, spelling."""
        text = piece.text.replace('"', "“").replace("'", "’").replace(",000", "000")
        words = [
            self._respelled(word) if self.random.random() < 0.03 else word
            for word in re.split(r"( |\n+)", text)
        ]
        return self._elsewhere(piece, "".join(words))

    def excerpt(self, piece: Piece) -> Piece:
        """Give two or three of its paragraphs in an aggregator's own words."""
        every = piece.text.split("\n\n")
        count = next((n for n in (2, 3, 4, 5) if _length(every[:n]) > 90), 5)
        first = self.random.randrange(0, max(1, len(every) - count + 1))
        own = self.sentence(), self.sentence()
        return self._elsewhere(
            piece,
            "\n\n".join((own[0], *every[first : first + count], own[1])),
            title=piece.title,
        )

    def updated(self, piece: Piece) -> Piece:
        """Give a later take: a few sentences more, one left out, one number another."""
        every = piece.text.split("\n\n")
        for _ in range(3):
            every.insert(self.random.randrange(1, len(every)), self.sentence())
        if len(every) > 10:
            del every[self.random.randrange(2, len(every))]
        text = "\n\n".join(every)
        return self._elsewhere(piece, re.sub(r"\d[\d,]*", self.number(), text, count=1))

    @property
    def ways(self) -> dict[str, Callable[[Piece], Piece]]:
        """Give every way in which a text is copied, by name."""
        return {
            "framed": self.framed,
            "noted": self.noted,
            "cut": self.cut,
            "styled": self.styled,
            "excerpt": self.excerpt,
            "updated": self.updated,
            "framed and styled": lambda piece: self.framed(self.styled(piece)),
            "cut and framed": lambda piece: self.framed(self.cut(piece)),
        }

    def round_up(self, pieces: list[Piece]) -> Piece:
        """Give a text that excerpts several: a story of its own."""
        parts = ["\n\n".join((self.sentence(), *piece.text.split("\n\n")[:2])) for piece in pieces]
        return self.article(text="\n\n".join(parts))

    def _respelled(self, word: str) -> str:
        if not word.isalpha() or len(word) < 4 or word[0].isupper():
            return word
        return word[:-2] + word[-1] + word[-2]

    def _elsewhere(self, piece: Piece, text: str, title: str | None = None) -> Piece:
        return replace(
            piece,
            text=text,
            title=title or self.headline(),
            site=self.site(),
            day=piece.day + timedelta(days=self.random.randrange(2)),
        )


def _begin(words: list[str]) -> str:
    return " ".join((words[0][:1].upper() + words[0][1:], *words[1:]))


def _word(chooser: random.Random, syllables: int) -> str:
    return "".join(chooser.choice(CONSONANTS) + chooser.choice(VOWELS) for _ in range(syllables))


def _length(paragraphs: list[str]) -> int:
    return len(" ".join(paragraphs).split())


# Characters that are frequent in Chinese texts come first.
HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对"
    "成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
HAN_RARE = "".join(map(chr, range(0x4E00, 0x5E00)))


class ChineseDesk(Desk):
    """Writes news in characters without blanks."""

    @cached_property
    def vocabulary(self) -> tuple[list[str], list[float]]:
        """Give words of one or two characters."""
        chooser = random.Random(8)
        rare = ["".join(chooser.choices(HAN_RARE, k=2)) for _ in range(20_000)]
        words = [*HAN, *rare]
        return words, list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def name(self, syllables: int = 3) -> str:
        return "".join(self.random.choices(HAN_RARE, k=syllables))

    def person(self) -> str:
        return self.name(3)

    def sentence(self) -> str:
        words, weights = self.vocabulary
        found = self.random.choices(words, cum_weights=weights, k=self.random.randint(10, 24))
        if self.random.random() < 0.6:
            found.insert(self.random.randrange(1, len(found)), self.person())
        if self.random.random() < 0.4:
            found.insert(self.random.randrange(1, len(found)), str(self.random.randint(3, 9999)))
        return "".join(found) + "。"

    def headline(self) -> str:
        return self.sentence()[:18]

    def cut(self, piece: Piece, part: float = 0.6) -> Piece:
        return self._elsewhere(piece, piece.text[: int(len(piece.text) * part)] + "…")

    def styled(self, piece: Piece) -> Piece:
        text = piece.text.replace("。", "．")
        every = [
            self.random.choice(HAN) if char in HAN and self.random.random() < 0.02 else char
            for char in text
        ]
        return self._elsewhere(piece, "".join(every))

    def excerpt(self, piece: Piece) -> Piece:
        every = piece.text.split("\n\n")
        count = next((n for n in (3, 4, 5, 6, 7) if sum(map(len, every[:n])) > 160), 7)
        first = self.random.randrange(0, max(1, len(every) - count + 1))
        own = self.sentence(), self.sentence()
        return self._elsewhere(
            piece, "\n\n".join((own[0], *every[first : first + count], own[1])), title=piece.title
        )


def siblings(desk: Desk, each: int = 12) -> Iterator[tuple[str, list[Piece]]]:
    """Give families of pieces by one template each, every piece a story of its own."""
    from tests.archive.newsroom_templates import TEMPLATES

    for kind, template in TEMPLATES.items():
        yield kind, [template(desk, number) for number in range(each)]
