"""What the full-text tables have: columns, words, and which signs stand for what. Pure.

Who searches needs these alone; how the tables are made is in `searchtables`.
"""

from types import MappingProxyType

# Words are runs of letters, marks and digits: without marks the words of Hindi and its relatives
# would be cut at every vowel sign. Case and accents are folded.
TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
# The text is first: FTS5 spends two bytes less on each
# word of its first column, and most words are the text's.
ARTICLE_COLUMNS = (
    "text",
    "title",
    "byline",
    "publisher",
    "title_characters",
    "text_characters",
    "listed_titles",
    "listed_publishers",
    "listed_characters",
    "marks",
)
HEADLINE_COLUMNS = ("title", "publisher", "title_characters", "marks")
COLUMNS = MappingProxyType({"articles": ARTICLE_COLUMNS, "headlines": HEADLINE_COLUMNS})
# Stands between two lists' words, so that no phrase runs from one into the other; it begins a mark,
# so that no word is taken for one. A private character: the tokenizer keeps it, texts have none.
SEPARATOR = "\ue000"
# Stand for a host's dots, hyphens and underscores, at which the tokenizer would part it.
HOST_SIGNS = ((".", "\ue001"), ("-", "\ue002"), ("_", "\ue003"))
