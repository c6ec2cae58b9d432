"""Entries of three lines that begin with their date: which of the other two is the publisher.

Two lines under a day may also be two headlines of it; names are short, and come again or look like
names.

Does not part lines into groups, and reads no dates: `textlists` does.
"""

from collections.abc import Sequence

from crawler.extract.lists.vouching import namelike, presslike

# Groups of three lines that make a habit, and the share of all groups that they are.
FEWEST_STANZAS, LEAST_STANZAS = 3, 0.8

# A title has this many times as many letters as a publisher's name, taken together.
LONGER = 1.6

# Different names among publishers, at most, where no name is like the press's.
MOST_DIFFERENT = 0.8


def name_line(groups: Sequence[Sequence[str]]) -> int | None:
    """Give which line of each group, 1 or 2, names the publisher; None where neither does.

    `groups` are the lines of the groups that begin with a date, the date first.
    """
    of_three = [group for group in groups if len(group) == 3]
    if len(of_three) < max(FEWEST_STANZAS, LEAST_STANZAS * len(groups)):
        return None
    for at, other in ((2, 1), (1, 2)):
        names = [group[at] for group in of_three]
        titles = [group[other] for group in of_three]
        if are_names(names) and total(titles) >= LONGER * total(names):
            return at
    return None


def are_names(names: Sequence[str]) -> bool:
    """Tell whether lines are publishers' names: all can be, and they come again or are known."""
    if not all(map(namelike, names)):
        return False
    return len(set(names)) <= MOST_DIFFERENT * len(names) or presslike(names)


def total(texts: Sequence[str]) -> int:
    """Count the characters of texts."""
    return sum(map(len, texts))
