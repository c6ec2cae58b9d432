"""Whether the short texts beside titles are publishers' names: authors and sections are short too.

Where a list's links lead to other sites, their hosts tell: a publisher's name goes with one host,
and it resembles that host or comes again with it, while an author or a section wanders. Where
they do not (links within the site, or all through one redirecting host), names must be known, be
domains, or hold the words that newspapers, magazines and stations are called by.

Knows no publisher by name. Does not look for the texts.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from crawler.extract.fields.folding import squash
from crawler.extract.lists.hosts import registrable, same_site

DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)

# A longer one is a sentence or the second half of a title.
LONGEST_NAME, MOST_WORDS = 60, 8

# Words that newspapers, magazines and stations are called by, and sections are not: no "news",
# no "press", no "business".
PRESS_WORDS = re.compile(
    r"\b(?:times|post|journal|herald|tribune|gazette|guardian|chronicle|observer|telegraph|"
    r"independent|daily|weekly|monthly|magazine|courier|mirror|standard|examiner|inquirer|"
    r"sentinel|newswire|radio|tv|fm|"
    r"\w*(?:zeitung|blatt|anzeiger|nachrichtendienst|rundfunk|kurier|fernsehen)|"
    r"diario|periódico|gaceta|heraldo|correo|semanario|jornal|folha|giornale|corriere|gazzetta|"
    r"messaggero|quotidiano|le monde|journal|courrier|dépêche|\w*(?:dagblad|tidning(?:en)?)|"
    r"gazeta|dziennik|noviny|lap|gazetesi|газета|известия|вестник|ведомости|правда|телеканал)\b"
    r"|新聞|新闻|日報|日报|時報|时报|晚报|晚報|周刊|週刊|雑誌|杂志|电视|テレビ|財經|财经|"
    r"신문|일보|방송|صحيفة|جريدة|قناة|עיתון",
    re.IGNORECASE,
)

# Of a list's names, this share resembles its hosts or comes again with them.
LEAST_CONFIRMED = 0.3
# This share goes with one host, and its host with no other name: some publishers have two hosts.
LEAST_CONSISTENT = 0.7
# Links that lead to other sites, so that the hosts can tell.
LEAST_ABROAD = 0.6
# Of the names, this share is known already, or are domains.
LEAST_FAMILIAR = 0.5
# Of the different names without hosts to tell, this share (and this many) are like the press's.
LEAST_PRESSLIKE, FEWEST_PRESSLIKE = 0.2, 2

# Parts of names that are the host's only if they are at least so long.
SHORTEST_PART = 4
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa"})


def vouched(
    names: Sequence[str | None],
    hosts: Sequence[str | None],
    *,
    site: str | None,
    known: Mapping[str, str],
    by_hosts_only: bool = False,
) -> bool:
    """Tell whether texts (None where an entry has none) are the publishers of a list's entries.

    `hosts` are the hosts of the entries' links, `site` the list's own. `by_hosts_only` says that
    the texts stand where other things do more often.
    """
    abroad = {host: registrable(host) for host in {*hosts} if host and not same_site(host, site)}
    pairs = [
        (name, abroad[host])
        for name, host in zip(names, hosts, strict=True)
        if name and host in abroad
    ]
    given = [name for name in names if name]
    if len(pairs) >= LEAST_ABROAD * len(given) and len({host for _, host in pairs}) > 1:
        return told_by_hosts(pairs) or familiar(given, known.values())
    return familiar(given, known.values()) or (not by_hosts_only and presslike(given))


def told_by_hosts(pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether names go with hosts as publishers' do."""
    folded = [(squash(name), host) for name, host in pairs]
    hosts, names = defaultdict(set), defaultdict(set)
    for name, host in folded:
        hosts[name].add(host)
        names[host].add(name)
    counts = Counter(folded)
    consistent = sum(len(hosts[name]) == 1 == len(names[host]) for name, host in folded)
    confirmed = sum(counts[squash(name), host] > 1 or resembles(name, host) for name, host in pairs)
    return (
        consistent >= LEAST_CONSISTENT * len(pairs)
        and confirmed >= LEAST_CONFIRMED * len(pairs)
        and len(hosts) > 1
    )


def resembles(name: str, host: str) -> bool:
    """Tell whether a host is called as a name is: `nytimes.com`, `ft.com`, `sueddeutsche.de`."""
    main = registrable(host).partition(".")[0].replace("-", "")
    lowered = name.casefold()
    words = re.findall(r"\w+", lowered.removeprefix("the "))
    if main in {"".join(word[0] for word in words), squash(name), "".join(words)}:
        return True
    spelt = {unaccented(lowered), unaccented(lowered.translate(UMLAUTS))}
    parts = [word for form in spelt for word in re.findall(r"\w+", form)]
    return any(len(part) >= SHORTEST_PART and part in main for part in parts) or (
        len(main) >= SHORTEST_PART and any(main in squash(form) for form in spelt)
    )


def unaccented(text: str) -> str:
    """Give a text without its accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def familiar(names: Sequence[str], known: Collection[str]) -> bool:
    """Tell whether enough of the names are known publishers or domains."""
    hits = sum(is_familiar(name, known) for name in names)
    return bool(names) and hits >= LEAST_FAMILIAR * len(names)


def is_familiar(name: str, known: Collection[str]) -> bool:
    """Tell whether a name is known, or is a domain."""
    return name in known or bool(DOMAIN.fullmatch(name))


def presslike(names: Sequence[str]) -> bool:
    """Tell whether names that stand without other evidence are called as the press is."""
    different = set(names)
    hits = sum(is_presslike(name) for name in different)
    return hits >= max(FEWEST_PRESSLIKE, LEAST_PRESSLIKE * len(different))


def is_presslike(name: str) -> bool:
    """Tell whether a name is a domain, or has a word that the press is called by beside others."""
    if DOMAIN.fullmatch(name):
        return True
    return bool(PRESS_WORDS.search(name)) and not PRESS_WORDS.fullmatch(name)


def namelike(text: str) -> bool:
    """Tell whether a text can be a publisher's name: short, and begins as names do."""
    name = text.strip()
    if not 1 < len(name) <= LONGEST_NAME or len(name.split()) > MOST_WORDS:
        return False
    first = name[0]
    return (first.isupper() or first.isdigit() or not first.isascii() or "." in name) and any(
        map(str.isalpha, name)
    )
