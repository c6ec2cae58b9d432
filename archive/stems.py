"""The other forms of an English word: `approval` for `approve`, `therapies` for `therapy`.

Two words are forms of one another if Porter's stemmer (M. F. Porter, "An algorithm for suffix
stripping", 1980) gives them one stem. SQLite's FTS5 has it built in, so it is asked of a table in
memory; nothing of the archive is read or written. An index of stems beside that of words would
double the archive, so words are given their forms when they are searched for.
"""

import sqlite3
from types import TracebackType
from typing import Self

# What English joins to a stem, inflections first. Whether a form is one, the stemmer decides.
ENDINGS = (
    *("", "s", "es", "ed", "ing", "e", "y", "ies", "ied", "er", "ers", "or", "ors", "ly", "ings"),
    *("ion", "ions", "al", "als", "ally", "ment", "ments", "able", "ably", "ness", "ful", "fully"),
    *("ate", "ates", "ated", "ating", "ator", "ators", "ation", "ations", "ational", "ative"),
    *("ive", "ively", "iveness", "ity", "ities", "ous", "ously", "ic", "ical", "ically", "ics"),
    *(
        "ance",
        "ances",
        "ant",
        "ants",
        "ence",
        "ences",
        "ent",
        "ents",
        "ently",
        "ism",
        "ist",
        "ists",
    ),
    *("ize", "izes", "ized", "izing", "izer", "izers", "ization", "izations"),
    *("ise", "ises", "ised", "ising", "isation", "isations", "alism", "ality", "ible", "ibly"),
)
SHORTEST, LONGEST = 3, 40


class Stems:
    """Gives words their forms; a context manager, since it holds a table in memory."""

    def __init__(self) -> None:
        self._raw = sqlite3.connect(":memory:", isolation_level=None)
        self._raw.execute(
            "CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter', content='')"
        )
        self._raw.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, instance)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._raw.close()

    def forms(self, word: str) -> tuple[str, ...]:
        """Give what may be other forms of a word, lower case; () for what is no English word.

        Most of them are no words at all: which are held is to be asked.
        """
        word = word.lower()
        if not (SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()):
            return ()
        stem = self._stemmed([word])[0]
        roots = dict.fromkeys((stem, stem.removesuffix("i"), f"{stem}{stem[-1]}", word))
        candidates = list(dict.fromkeys(root + ending for root in roots for ending in ENDINGS))
        stems = self._stemmed(candidates)
        found = zip(candidates, stems, strict=True)
        return tuple(each for each, its in found if its == stem and each != word)

    def _stemmed(self, words: list[str]) -> list[str]:
        self._raw.execute("INSERT INTO words (words) VALUES ('delete-all')")
        self._raw.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(words))
        stems = dict(self._raw.execute("SELECT doc, term FROM stems").fetchall())
        return [stems[number] for number in range(len(words))]
