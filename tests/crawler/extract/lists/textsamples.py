"""Text lists of many shapes, made here, each with its right answer.

A sample is a text and its entries: title, publisher, day (ISO) and address, None for what the
text does not print.
"""

import textwrap
from collections.abc import Callable
from datetime import date

Answer = tuple[str, str | None, str | None, str | None]
Sample = tuple[str, list[Answer]]

TITLES = (
    "Harbour board votes to deepen the northern channel",
    "Ferry strike ends - after eleven days of talks",
    "Museum opens a hall for the boats of the islands",
    "Lighthouse lamp is lit again for one night in spring",
    "Old pier to be rebuilt in oak, says the council",
)
LONG_TITLES = (
    (
        "Harbour board votes to deepen the northern channel so that the larger ships of the line "
        "may pass it"
    ),
    (
        "Ferry strike ends after eleven days of talks between the owners, the crews and the "
        "ministers of both"
    ),
    (
        "Museum opens a hall for the boats of the islands, with forty of them hung from the roof "
        "on chains"
    ),
    (
        "Lighthouse lamp is lit again for one night in spring, and ships from all the coast come "
        "to look at it"
    ),
    (
        "Old pier to be rebuilt in oak, says the council, which has found the money for it in an "
        "old chest"
    ),
)
PAPERS = ("Glossbury Post", "The Tide", "Glossbury Post", "Harbour Radio", "The Tide")
DISTINCT = ("Glossbury Post", "The Tide", "Isle Courier", "Harbour Radio", "Northern Star")
DAYS = tuple(
    map(date.fromisoformat, ["2024-11-18", "2024-11-15", "2024-11-13", "2024-11-07", "2024-10-30"])
)
PRINTED = tuple(f"{day:%B} {day.day}th, {day.year}" for day in DAYS)
URLS = tuple(f"https://news.example/{n}" for n in range(5))
ALL = range(5)


def answers(
    *,
    titles: tuple[str, ...] = TITLES,
    papers: tuple[str | None, ...] = PAPERS,
    days: tuple[str | None, ...] = tuple(map(str, DAYS)),
    urls: tuple[str | None, ...] = (None,) * 5,
    only: tuple[int, ...] = tuple(ALL),
) -> list[Answer]:
    return [(titles[n], papers[n], days[n], urls[n]) for n in only]


def listed(line: Callable[[int], str], between: str = "\n") -> str:
    return between.join(map(line, ALL))


def plain(n: int, bullet: str = "- ", sign: str = " - ") -> str:
    return f"{bullet}{TITLES[n]}{sign}{PAPERS[n]}{sign}{PRINTED[n]}"


def month(n: int, october: str, november: str) -> str:
    return october if DAYS[n].month == 10 else november


def wrapped(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False)


def under_months(line: Callable[[int], str], year: int = 2024) -> str:
    november = "\n".join(map(line, range(4)))
    return f"November {year}\n\n{november}\n\nOctober {year}\n\n{line(4)}"


NAMED = answers()
UNNAMED = answers(papers=(None,) * 5)
UNLIKE = answers(papers=DISTINCT)
LINKED = answers(urls=URLS)
LONG = answers(titles=LONG_TITLES)

SAMPLES: dict[str, Sample] = {}

for bullet in ("- ", "* ", "• ", "– ", "1. ", "1) ", "[1] ", "(1) ", "", "> ", "> - ", "▸ ", "+ "):
    SAMPLES[f"bullet {bullet!r}"] = listed(lambda n, b=bullet: plain(n, b)), NAMED  # type: ignore[misc]  # bound by default
for sign in (" - ", " – ", " — ", " | ", " • ", " · ", " / "):
    SAMPLES[f"sign {sign!r}"] = listed(lambda n, s=sign: plain(n, sign=s)), NAMED  # type: ignore[misc]  # bound by default
    SAMPLES[f"sign {sign!r}, names that do not come again"] = (
        listed(lambda n, s=sign: f"- {TITLES[n]}{s}{DISTINCT[n]}{s}{PRINTED[n]}"),  # type: ignore[misc]  # bound by default
        UNLIKE,
    )
    SAMPLES[f"sign {sign!r}, no names"] = (
        listed(lambda n, s=sign: f"- {TITLES[n]}{s}{PRINTED[n]}"),  # type: ignore[misc]  # bound by default
        UNNAMED,
    )
for width in (72, 80):
    for name, indent, between, start in (
        ("set in", "  ", "\n", "- "),
        ("flush", "", "\n", "- "),
        ("without bullets", "", "\n", ""),
        ("with blank lines", "", "\n\n", ""),
    ):
        SAMPLES[f"wrapped at {width}, {name}"] = (
            between.join(
                wrapped(f"{start}{LONG_TITLES[n]} - {PAPERS[n]} - {PRINTED[n]}", width, indent)
                for n in ALL
            ),
            LONG,
        )
    SAMPLES[f"wrapped at {width}, date first"] = (
        "\n".join(
            wrapped(f"{DAYS[n]} - {LONG_TITLES[n]} - {PAPERS[n]}", width, "    ") for n in ALL
        ),
        LONG,
    )

SAMPLES |= {
    "bullets mixed": (
        "\n".join(plain(n, b) for n, b in enumerate(("- ", "* ", "• ", "", "3. "))),
        NAMED,
    ),
    "commas": (listed(lambda n: f"- {TITLES[n]}, {PAPERS[n]}, {PRINTED[n]}"), NAMED),
    "name in brackets": (listed(lambda n: f"- {TITLES[n]} ({PAPERS[n]}) - {PRINTED[n]}"), NAMED),
    "name and date in brackets": (
        listed(lambda n: f"- {TITLES[n]} ({PAPERS[n]}, {PRINTED[n]})"),
        NAMED,
    ),
    "other names and date in brackets": (
        listed(lambda n: f"- {TITLES[n]} ({DISTINCT[n]}, {DAYS[n]:%d %B %Y})"),
        UNLIKE,
    ),
    "date in brackets": (listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]} ({PRINTED[n]})"), NAMED),
    "name first": (listed(lambda n: f"- {PAPERS[n]}: {TITLES[n]} - {PRINTED[n]}"), NAMED),
    "other names first": (listed(lambda n: f"- {DISTINCT[n]}: {TITLES[n]} ({PRINTED[n]})"), UNLIKE),
    "date first": (listed(lambda n: f"{DAYS[n]} - {TITLES[n]} - {PAPERS[n]}"), NAMED),
    "date, then name": (listed(lambda n: f"{DAYS[n]} | {PAPERS[n]} | {TITLES[n]}"), NAMED),
    "date and colon": (
        listed(lambda n: f"{DAYS[n].day} {DAYS[n]:%b}: {TITLES[n]} ({PAPERS[n]})"),
        NAMED,
    ),
    "date first in brackets": (
        listed(lambda n: f"[{DAYS[n]}] {TITLES[n]} - {DISTINCT[n]}"),
        UNLIKE,
    ),
    "date first and nothing": (listed(lambda n: f"{DAYS[n]} {TITLES[n]}"), UNNAMED),
    "date first that looks numbered": (
        listed(
            lambda n: (
                f"{DAYS[n].day}. {month(n, 'Oktober', 'November')} 2024: {TITLES[n]} ({PAPERS[n]})"
            )
        ),
        NAMED,
    ),
    "date first after bullets": (
        listed(lambda n: f"* {DAYS[n]:%d/%m/%Y} – {TITLES[n]} – {PAPERS[n]}"),
        NAMED,
    ),
    "date in the middle": (listed(lambda n: f"- {TITLES[n]} - {PRINTED[n]} - {PAPERS[n]}"), NAMED),
    "French": (
        listed(
            lambda n: (
                f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n].day} "
                f"{month(n, 'octobre', 'novembre')} 2024"
            )
        ),
        NAMED,
    ),
    "Spanish": (
        listed(
            lambda n: (
                f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n].day} de "
                f"{month(n, 'octubre', 'noviembre')} de 2024"
            )
        ),
        NAMED,
    ),
    "Russian": (
        listed(
            lambda n: (
                f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n].day} "
                f"{month(n, 'октября', 'ноября')} 2024 г."
            )
        ),
        NAMED,
    ),
    "Japanese": (
        listed(
            lambda n: (
                f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n].year}年{DAYS[n].month}月{DAYS[n].day}日"
            )
        ),
        NAMED,
    ),
    "dots": (listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n]:%d.%m.%Y}"), NAMED),
    "slashes, month first": (
        listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n]:%m/%d/%Y}"),
        NAMED,
    ),
    "slashes, no year": (listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n]:%m/%d}"), NAMED),
    "weekday": (listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n]:%a, %d %b %Y}"), NAMED),
    "clock": (listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n]} 10:30"), NAMED),
    "clock in words": (listed(lambda n: f"{plain(n)} at 10:30 a.m."), NAMED),
    "address at the end": (listed(lambda n: f"{plain(n)} - {URLS[n]}"), LINKED),
    "address after a blank": (listed(lambda n: f"{plain(n)} {URLS[n]}"), LINKED),
    "address in brackets": (listed(lambda n: f"{plain(n)} <{URLS[n]}>"), LINKED),
    "address below": (listed(lambda n: f"{plain(n)}\n  {URLS[n]}"), LINKED),
    "address below, blank lines": (listed(lambda n: f"{plain(n, '')}\n{URLS[n]}\n"), LINKED),
    "address in the middle": (
        listed(lambda n: f"- {TITLES[n]} - {URLS[n]} - {PAPERS[n]} - {PRINTED[n]}"),
        LINKED,
    ),
    "Markdown": (
        listed(lambda n: f"- [{TITLES[n]}]({URLS[n]}) - {PAPERS[n]} - {PRINTED[n]}"),
        LINKED,
    ),
    "Markdown, brackets": (
        listed(lambda n: f"* [{TITLES[n]}]({URLS[n]}) ({DISTINCT[n]}, {PRINTED[n]})"),
        answers(papers=DISTINCT, urls=URLS),
    ),
    "Markdown, date first": (
        listed(lambda n: f"- {DAYS[n]}: [{TITLES[n]}]({URLS[n]}), {PAPERS[n]}"),
        LINKED,
    ),
    "Markdown, bold": (
        listed(lambda n: f"- **[{TITLES[n]}]({URLS[n]})** - *{PAPERS[n]}* - {PRINTED[n]}"),
        LINKED,
    ),
    "Markdown without names": (
        listed(lambda n: f"1. [{TITLES[n]}]({URLS[n]}) - {PRINTED[n]}"),
        answers(papers=(None,) * 5, urls=URLS),
    ),
    "Markdown references": (
        listed(lambda n: f"- [{TITLES[n]}][{n}] - {PAPERS[n]} - {PRINTED[n]}")
        + "\n\n"
        + listed(lambda n: f"[{n}]: {URLS[n]}"),
        LINKED,
    ),
    "bold": (listed(lambda n: f"- **{TITLES[n]}** - {PAPERS[n]} - {PRINTED[n]}"), NAMED),
    "table": (
        "| Title | Publisher | Date |\n|---|---|---|\n"
        + listed(lambda n: f"| {TITLES[n]} | {PAPERS[n]} | {PRINTED[n]} |"),
        NAMED,
    ),
    "table, date first": (
        "| Date | Publisher | Title |\n|:--|:--|--:|\n"
        + listed(lambda n: f"| {DAYS[n]} | {PAPERS[n]} | {TITLES[n]} |"),
        NAMED,
    ),
    "table of links": (
        "| Title | Publisher | Date |\n|---|---|---|\n"
        + listed(lambda n: f"| [{TITLES[n]}]({URLS[n]}) | {PAPERS[n]} | {PRINTED[n]} |"),
        LINKED,
    ),
    "tabs": (listed(lambda n: f"{DAYS[n]}\t{TITLES[n]}\t{PAPERS[n]}"), NAMED),
    "tabs under headings": (
        "Title\tSource\tDate\n" + listed(lambda n: f"{TITLES[n]}\t{PAPERS[n]}\t{PRINTED[n]}"),
        NAMED,
    ),
    "tabs, date in the middle": (listed(lambda n: f"{PAPERS[n]}\t{DAYS[n]}\t{TITLES[n]}"), NAMED),
    "two lines each": (listed(lambda n: f"{TITLES[n]}\n{PAPERS[n]} - {PRINTED[n]}", "\n\n"), NAMED),
    "three lines each": (
        listed(lambda n: f"{TITLES[n]}\n{PAPERS[n]}\n{PRINTED[n]}", "\n\n"),
        NAMED,
    ),
    "three lines each, an address": (
        listed(lambda n: f"{TITLES[n]}\n{URLS[n]}\n{PAPERS[n]} | {PRINTED[n]}", "\n\n"),
        LINKED,
    ),
    "two lines each, bullets": (
        listed(lambda n: f"* {TITLES[n]}\n  {PAPERS[n]}, {PRINTED[n]}"),
        NAMED,
    ),
    "title, date, title, date": (listed(lambda n: f"{TITLES[n]}\n{PRINTED[n]}"), UNNAMED),
    "date, title, date, title": (listed(lambda n: f"{PRINTED[n]}\n{TITLES[n]}"), UNNAMED),
    "days above": (
        f"{PRINTED[0]}\n- {TITLES[0]} - {PAPERS[0]}\n- {TITLES[1]} - {PAPERS[1]}\n\n{PRINTED[2]}\n"
        + "\n".join(f"- {TITLES[n]} - {PAPERS[n]}" for n in (2, 3, 4)),
        answers(days=("2024-11-18",) * 2 + ("2024-11-13",) * 3),
    ),
    "days above as Markdown's headings": (
        f"## {PRINTED[0]}\n\n- {TITLES[0]} ({PAPERS[0]})\n- {TITLES[1]} ({PAPERS[1]})\n\n"
        f"## {PRINTED[2]}\n\n" + "\n".join(f"- {TITLES[n]} ({PAPERS[n]})" for n in (2, 3, 4)),
        answers(days=("2024-11-18",) * 2 + ("2024-11-13",) * 3),
    ),
    "one day above bullets": (
        f"{PRINTED[0]}\n\n" + listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]}"),
        answers(days=("2024-11-18",) * 5),
    ),
    "months above, days before": (
        under_months(lambda n: f"- {DAYS[n].day} {DAYS[n]:%b}: {TITLES[n]} - {PAPERS[n]}"),
        NAMED,
    ),
    "months of another year above": (
        under_months(lambda n: f"- {DAYS[n].day} {DAYS[n]:%b}: {TITLES[n]} - {PAPERS[n]}", 2021),
        answers(days=tuple(f"2021{str(day)[4:]}" for day in DAYS)),
    ),
    "months above, numbers of days before": (
        under_months(lambda n: f"{DAYS[n].day} - {TITLES[n]} - {PAPERS[n]}"),
        NAMED,
    ),
    "months above, no days": (
        under_months(lambda n: f"- {TITLES[n]} - {PAPERS[n]}"),
        answers(days=("2024-11-01",) * 4 + ("2024-10-01",)),
    ),
    "years above": (
        "2023\n"
        + "\n".join(f"- {DAYS[n]:%b} {DAYS[n].day}: {TITLES[n]} - {PAPERS[n]}" for n in (0, 1, 2))
        + "\n2022\n"
        + "\n".join(f"- {DAYS[n]:%b} {DAYS[n].day}: {TITLES[n]} - {PAPERS[n]}" for n in (3, 4)),
        answers(days=tuple(f"{2023 if n < 3 else 2022}{str(DAYS[n])[4:]}" for n in ALL)),
    ),
    "relative dates": (
        "\n".join(
            f"- {TITLES[n]} - {PAPERS[n]} - {ago}"
            for n, ago in enumerate(
                ("2 hours ago", "yesterday", "3 days ago", "1 week ago", PRINTED[4])
            )
        ),
        answers(days=("2024-11-20", "2024-11-19", "2024-11-17", "2024-11-13", "2024-10-30")),
    ),
    "an impossible date": (
        listed(plain).replace("November 15th", "February 30th"),
        answers(days=("2024-11-18", None, "2024-11-13", "2024-11-07", "2024-10-30")),
    ),
    "an impossible date in numbers": (
        listed(lambda n: f"- {TITLES[n]} - {PAPERS[n]} - {DAYS[n]:%d/%m/%Y}").replace(
            "30/10/", "31/11/"
        ),
        answers(days=("2024-11-18", "2024-11-15", "2024-11-13", "2024-11-07", None)),
    ),
    "a line without a date": (
        listed(plain).replace(f" - {PRINTED[2]}", ""),
        answers(days=("2024-11-18", "2024-11-15", None, "2024-11-07", "2024-10-30")),
    ),
    "a line with its date first": (
        listed(plain).replace(plain(2), f"- {PRINTED[2]} - {TITLES[2]} - {PAPERS[2]}"),
        NAMED,
    ),
    "one line": (plain(0), answers(only=(0,))),
    "two lines": (f"{plain(0)}\n{plain(2)}", answers(only=(0, 2))),
    "two lines, brackets": (
        "\n".join(f"{TITLES[n]} ({DISTINCT[n]}, {PRINTED[n]})" for n in (0, 2)),
        answers(papers=DISTINCT, only=(0, 2)),
    ),
    "blank lines between": (listed(plain, "\n\n"), NAMED),
    "words before and after": (
        "Here is what the papers said. It was gathered on 20 November 2024 by hand.\n\n"
        + listed(plain)
        + "\n\nSent to you by the harbour list. To leave, write to us.\nRecent Comments\n",
        NAMED,
    ),
    "quoted": (
        "On Monday someone wrote:\n" + listed(lambda n: f"> {plain(n, '')}"),
        NAMED,
    ),
    "below the head of a mail": (
        "From: someone\nDate: Mon, 18 Nov 2024 10:00:00 +0100\nSubject: a list\n\n" + listed(plain),
        NAMED,
    ),
    "sections, underlined": (
        "Harbour\n-------\n"
        f"{plain(0)}\n{plain(1)}\n\nTown\n----\n" + "\n".join(map(plain, (2, 3, 4))),
        NAMED,
    ),
    "sections": (
        f"Harbour:\n{plain(0, '')}\n{plain(1, '')}\nTown\n"
        + "\n".join(plain(n, "") for n in (2, 3, 4)),
        NAMED,
    ),
    "lines of another system": (listed(plain, "\r\n"), NAMED),
    "numbered": ("\n".join(plain(n, f"{n + 1}. ") for n in ALL), NAMED),
    "descriptions below": (
        listed(lambda n: f"{plain(n)}\n  What it says is said here, for those who read on."),
        NAMED,
    ),
    "dashes inside titles, no names": (
        (
            "Ferry strike - the end - 18 November 2024\n"
            "A plain one without signs - 17 November 2024\n"
            "Another plain one, with commas - 16 November 2024\n"
            "Pier - a new start - 15 November 2024\n"
            "The lamp is lit once more - 14 November 2024"
        ),
        [
            ("Ferry strike - the end", None, "2024-11-18", None),
            ("A plain one without signs", None, "2024-11-17", None),
            ("Another plain one, with commas", None, "2024-11-16", None),
            ("Pier - a new start", None, "2024-11-15", None),
            ("The lamp is lit once more", None, "2024-11-14", None),
        ],
    ),
    "HTML, items": (
        f"<html><body><ul>{listed(lambda n: f'<li>{plain(n, str())}</li>')}</ul></body></html>",
        NAMED,
    ),
    "HTML, breaks": (
        "<html><body><p>"
        + listed(lambda n: f"{DAYS[n]}: {TITLES[n]} ({PAPERS[n]})<br>")
        + "</p></body></html>",
        NAMED,
    ),
    "HTML, printed lines": (f"<html><body><pre>{listed(plain)}</pre></body></html>", NAMED),
    "HTML, months above": (
        "<html><body><h2>November 2024</h2>"
        + "".join(f"<p>{DAYS[n].day} Nov - {TITLES[n]} - {PAPERS[n]}</p>" for n in range(4))
        + f"<h2>October 2024</h2><p>30 Oct - {TITLES[4]} - {PAPERS[4]}</p></body></html>",
        NAMED,
    ),
    "an article": (
        (
            "A study of the harbour\n\nBy Anna Example\n5 May 2024\n\n"
            "A paragraph that goes on for a while, and has its date of 3 May 2019.\n\n"
            "And one that has its date of 4 May 2020.\n\n"
            "And the rest of it.\n\nMore words here.\n"
        ),
        [],
    ),
}
