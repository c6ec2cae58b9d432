"""Stories for the newsstand, spelled from hand-written sentence parts.

`story(key)` gives the same story for the same key, for ever: no clock, no state, no I/O. The
parts are short, so that two stories share few runs of words and are no near-duplicates of each
other. It knows nothing of hosts, pages or dates.
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What an article says, before any publisher has dressed it."""

    title: str
    paragraphs: tuple[str, ...]
    byline: tuple[str, ...]
    section: str
    caption: str
    credit: str
    place: str


TOPICS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Cell Biology": {
        "thing": (
            "thawed islets", "cartilage discs", "naïve T cells", "gut organoids", "cornea sheets",
            "tooth-pulp cells", "liver buds", "β-arrestin mutants", "platelet factories",
            "muscle satellite cells", "skin equivalents", "heart patches",
        ),
        "setting": (
            "in crowded dishes", "under low oxygen", "after a year in the freezer",
            "inside stirred tanks", "on stiff gels", "without any serum", "next to aged tissue",
        ),
        "method": (
            "a droplet sorter", "a slow-thaw recipe", "a sugar-based freezing bath",
            "a light-sheet microscope", "a two-enzyme wash", "a barcode screen",
            "a hanging-drop printer",
        ),
        "measure": (
            "survival", "barrier strength", "insulin output", "colony size", "lineage purity",
            "contraction force",
        ),
        "use": (
            "knee clinics", "burn wards", "diabetes clinics", "drug safety labs",
            "eye hospitals", "blood banks",
        ),
    },
    "Energy": {
        "thing": (
            "sodium pouch cells", "tandem solar tiles", "iron-air stacks", "heat-pump coils",
            "recycled cathodes", "district heat stores", "tidal kites", "hydrogen seals",
            "zinc foam electrodes", "second-life packs",
        ),
        "setting": (
            "in northern winters", "at fast-charging stops", "after two thousand cycles",
            "on salty coasts", "behind factory meters", "during long heat waves",
        ),
        "method": (
            "a dry-coating line", "an ultrasonic probe", "a molten-salt rinse",
            "a neutron camera", "a cheap binder swap", "a weather-led control loop",
        ),
        "measure": (
            "round-trip efficiency", "calendar life", "cold-start power", "leak rate",
            "cost per stored hour", "peak output",
        ),
        "use": (
            "island grids", "delivery vans", "apartment blocks", "rail depots",
            "cold stores", "ferry terminals",
        ),
    },
    "Oceans": {
        "thing": (
            "kelp seedlings", "oyster reefs", "krill counts", "coral nurseries", "seagrass mats",
            "herring shoals", "plankton nets", "drifting sensors", "mussel ropes",
        ),
        "setting": (
            "in warming fjords", "below the mixed layer", "near river mouths",
            "along shipping lanes", "between storm seasons", "off the southern shelf",
        ),
        "method": (
            "a towed camera", "an eDNA filter kit", "a swarm of gliders", "a coin-sized tag",
            "a satellite map of chlorophyll", "an acoustic curtain",
        ),
        "measure": (
            "larval settlement", "shell thickness", "bycatch", "carbon burial", "spawning success",
            "shade tolerance",
        ),
        "use": (
            "harbour engineers", "small fishing fleets", "storm-defence agencies", "feed makers",
            "marine park wardens", "coastal insurers",
        ),
    },
    "Farming": {
        "thing": (
            "drought-bred lentils", "cover-crop mixes", "robotic weeders", "orchard bees",
            "rust-proof wheats", "soil fungi", "greenhouse peppers", "methane-cutting feeds",
            "perennial ryes",
        ),
        "setting": (
            "on thin chalk soils", "after three dry springs", "without spraying",
            "under glass", "across a patchwork of plots", "in late-sown fields",
        ),
        "method": (
            "a leaf-temperature drone", "a pollen trap", "a strip trial", "a seed dip",
            "a neighbour-to-neighbour survey", "night-time irrigation",
        ),
        "measure": (
            "grain protein", "root depth", "water demand", "fruit set", "nitrogen loss",
            "labour time",
        ),
        "use": (
            "family farmers", "school canteens", "brewers", "seed cooperatives",
            "dry-land growers", "supermarket buyers",
        ),
    },
    "Devices": {
        "thing": (
            "paper blood tests", "cochlear arrays", "pocket spectrometers", "soft exosuits",
            "smart bandages", "breath sensors", "printed antennas", "swallowable cameras",
            "low-dose scanners",
        ),
        "setting": (
            "in village clinics", "on crowded wards", "after repeated washing",
            "far from mains power", "during night shifts", "in sweaty summer trials",
        ),
        "method": (
            "a laser-cut mould", "a self-calibrating chip", "open firmware",
            "a borrowed textile loom", "a ring of tiny microphones", "a folded-paper valve",
        ),
        "measure": (
            "alarm accuracy", "battery drain", "time to result", "wearing comfort",
            "signal drift", "repair cost",
        ),
        "use": (
            "dialysis nurses", "newborn screening labs", "stroke units", "border inspectors",
            "district nurses", "mountain rescuers",
        ),
    },
}  # fmt: skip

PARTS: Mapping[str, tuple[str, ...]] = {
    "place": (
        "Aarhus", "Brno", "Cádiz", "Dunedin", "Eindhoven", "Galway", "Halifax", "Jyväskylä",
        "Kochi", "Liège", "Malmö", "Nagoya", "Porto", "Recife", "Tartu", "Uppsala", "Vigo",
        "Windhoek", "Zürich", "Łódź",
    ),
    "institute": (
        "University", "Polytechnic", "Institute of Applied Science", "Teaching Hospital",
        "Field Station", "Technical College",
    ),
    "first": (
        "Amara", "Bastien", "Carmen", "Dmitri", "Eilidh", "Farid", "Greta", "Hiro", "Inês",
        "Jonas", "Kavita", "Leif", "Maëlle", "Noor", "Oskar", "Priya", "Ruben", "Siobhán",
        "Tomás", "Wanjiru",
    ),
    "last": (
        "Abernethy", "Bergström", "Castellano", "Dlamini", "Eriksen", "Fontaine", "Gupta",
        "Hakimi", "Ivanova", "Jansen", "Kowalczyk", "Lindqvist", "Müller", "Nakagawa",
        "O’Rourke", "Pereira", "Quispe", "Rasmussen", "Sørensen", "Takahashi", "Vasquez",
    ),
    "company": (
        "Alderbrook", "Brightfen", "Cormorant Labs", "Dovetail Bio", "Eastlight", "Fernhill",
        "Graupel", "Hollin Works", "Inkwell Sensors", "Juniper Loop", "Kestrel Yard",
        "Lumen & Loam", "Mossgate", "Northmere", "Osier", "Pellucid", "Quarrel Bay", "Rushlight",
    ),
    "journal": (
        "Annals of Slow Science", "Open Bench", "Letters in Applied Craft",
        "Proceedings of the Tideway Society", "The Replication Quarterly",
    ),
    "month": ("January", "March", "May", "June", "September"),
    "gain": (
        "rose by {n:4-60} percent", "more than doubled", "barely moved",
        "fell to a {fraction} of the old figure", "climbed for {n:3-20} weeks and then held",
        "came within {n:2-9} percent of the target", "improved at {n:3-11} of {n:12-18} sites",
    ),
    "fraction": ("third", "quarter", "fifth", "tenth"),
    "said": ("said", "explained", "added", "noted", "insisted", "recalled"),
    "role": (
        "who led the work", "a co-author", "who was not involved", "the project’s statistician",
        "who runs a rival group", "the trial’s coordinator",
    ),
    "surprise": (
        "surprised nobody more than the authors", "contradicts an older estimate",
        "fits what technicians had long suspected", "rests on a small sample",
        "took {n:2-9} attempts to reproduce", "has held up in a second laboratory",
    ),
    "source": (
        "a paper in {journal}", "a preprint posted this week", "a talk given in {place}",
        "an internal report", "an archive of {n:200-900} released files", "a note to shareholders",
    ),
    "group": (
        "a team at {place} {institute}", "an engineering crew from {company}",
        "a volunteer group near {place}",
        "a pair of doctoral students in {place}", "the workshop of {company}",
        "a consortium of {n:3-14} laboratories",
    ),
    "worry": (
        "the price of raw materials", "a shortage of trained staff", "how regulators will react",
        "what happens after year {n:2-6}", "the gap between bench and practice",
        "patchy records from earlier trials", "a patent held by {company}",
    ),
    "step": (
        "repeat the test with {n:30-400} samples", "move to a larger site outside {place}",
        "publish every raw measurement", "ask {company} for a cheaper version",
        "wait for a full season of results", "license the design without fees",
        "train {n:5-60} local operators",
    ),
}  # fmt: skip

TITLES = (
    "{thing} hold up {setting}, {place} study finds",
    "Why {thing} still fail {setting}",
    "{company} and {company2} join forces on {thing} for {use}",
    "{company} raises ${n:4-95} million to bring {thing} to {use}",
    "How {method} changed the way {place} looks at {thing}",
    "What {n:3-30} years of {thing} taught one laboratory in {place}",
    "{measure} of {thing} improves with {method}",
    "Review: {thing}, {method} and the limits of {measure}",
    "{company} opens {place} site for {thing}, with {use} as first customers",
    "Regulator clears {company} trial of {thing} aimed at {use}",
    "Can {thing} help {use}? Early numbers from {place} say maybe",
    "{use} are waiting for {thing}, but {measure} remains a hurdle for makers such as {company}",
    "Third-quarter update: {company} reports progress with {thing} and plans for {use}",
    "Letter from {place}: the people who count {thing} {setting}",
    "Five questions about {thing}, answered by the people who build them",
    "{place} bets on {thing} as {use} run out of patience",
    "{thing}: small trial, large claims, and a fight over {measure}",
    "Patent dispute over {method} reaches a court in {place}",
    "{company} stops work on {thing} after weak {measure} figures",
    "When {use} met {thing}: notes from a cold hall in {place}",
    "{company} names {person} to lead its {section} unit",
    "New rules on {measure} could slow the arrival of {thing}",
    "Old samples, new answers: {method} takes a second look at {thing}",
    "{person}, who spent {n:12-40} years with {thing}, retires from {company}",
    "A cheaper way to make {thing} comes out of a garage in {place}",
    "For {use}, {n:2-9} lessons from the failure of {company2}",
)

LEADS = (
    "{group} has found that {thing} can cope {setting}, provided that {method} comes first.",
    "For {n:3-25} years {use} have asked for better {thing}; {source} suggests an answer.",
    "{company} said on Tuesday that it will supply {thing} to {use}, starting in {place}.",
    "Nobody expected {method} to matter much for {thing}, until {group} tried it {setting}.",
    "In a rented hall outside {place}, {n:6-48} trays of {thing} are being watched day and night.",
    "The {measure} of {thing} {gain} {setting}, according to {source}.",
)

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "method": (
        "The trick lies in {method}, which {group} first built for {use}.",
        "Over {n:5-30} months, {group} compared {n:20-900} {thing} {setting}.",
        "Half of the samples went through {method}; the others were left alone.",
        "To measure {measure}, technicians in {place} relied on {method} and plain patience.",
        "Each batch of {thing} was numbered, sealed and read blind by {n:2-7} people.",
        "The protocol asks for {n:3-40} minutes of handling, down from {n:50-180}.",
        "Instead of new hardware, {group} reused {method} from an earlier project.",
        "Samples came from {n:3-40} suppliers, the oldest of them in {place}.",
        "Every {n:2-9} hours a sensor wrote {measure} to a file that nobody could edit.",
        "{person} trained {n:4-30} helpers before the first tray was opened.",
    ),
    "result": (
        "{measure} {gain}, a change that {surprise}.",
        "{setting}, {thing} did best at {n:11-38} degrees.",
        "Of {n:40-400} {thing}, {n:3-39} had to be thrown away.",
        "The effect was strongest for {use}, where {measure} {gain}.",
        "A second run in {place} gave almost the same curve, {n:2-9} weeks later.",
        "That result {surprise}, and {source} reaches a similar view.",
        "Costs {gain}, mainly because {method} needs fewer hands.",
        "After {n:5-50} weeks the curve went flat, while controls went on falling.",
        "No more than {n:2-19} of {n:60-300} readings lay outside the expected band.",
        "When the lights were dimmed, {measure} {gain}.",
        "Older {thing} lagged behind by about a {fraction}.",
        "{group} had bet on a loss; instead {measure} {gain}.",
        "Between {month} and the end of the run, {n:4-28} units needed repair.",
        "The best tray came from {place}, the worst from a cupboard next to a boiler.",
    ),
    "quote": (
        "“We thought {thing} would be the easy part,” {said} {person}, {role}.",
        "“If {measure} holds {setting}, then {use} will call us,” {person} {said}.",
        "“Give it {n:2-8} more years,” {said} {person}, {role}. “{method2} is not magic.”",
        "{person}, {role}, called the figures “honest, if a little thin”.",
        "“I have seen {thing} come and go,” {person} {said} from {place}.",
        "Asked about {worry}, {person} laughed and said: “Next question.”",
        "“My students did the hard part,” {said} {person}, {role}.",
        "“You learn more from {n:2-9} broken samples than from a full rack,” {person} {said}.",
        "{person} {said} that {use} had been “remarkably patient”.",
    ),
    "caution": (
        "Critics point to {worry}.",
        "Nothing in {source} settles {worry}, and {person} does not claim that it does.",
        "Earlier hopes for {thing} faded in {place} when {measure} {gain}.",
        "There is also {worry}, which {group} has studied since {month}.",
        "Until {use} see numbers of their own, {thing} will stay a promise.",
        "Only {n:2-19} of the samples were followed {setting}.",
        "The authors list {n:4-17} limits of their own, from {worry} to the choice of site.",
        "A larger trial by {company2} ended early in {month}, for reasons never published.",
    ),
    "money": (
        "{company} paid ${n:2-80} million for the rights, a person close to the deal {said}.",
        "Public funds cover {n:10-70} percent; {company} carries the rest.",
        "Shares of {company} closed {n:2-14} percent higher in {place}.",
        "A pilot for {use} is budgeted at {n:120-950} thousand euros.",
        "Orders from {use} could keep {n:20-600} people busy near {place}.",
        "{company} expects revenue from {thing} no earlier than {month}.",
        "Analysts in {place} had counted on {n:5-60} million more.",
        "{company2}, the nearest rival, sells to {use} at {n:10-40} percent less.",
    ),
    "next": (
        "The next step is to {step}.",
        "By {month}, {group} wants to {step} and then {step}.",
        "Whether {use} will wait is another matter.",
        "{person} plans to {step}; {company} has offered to help.",
        "A follow-up on {measure} is due in {place} in {month}.",
        "For now, {thing} remain on the shelf, labelled and {n:2-30} degrees cold.",
    ),
}

MIDDLE = ("method", "result", "quote", "caution", "money", "result", "quote", "method")


def story(key: str) -> Story:
    """Spell the story that belongs to `key`."""
    rng = random.Random(f"{key}:body")
    section, fixed = _cast(key)
    stock = {kind: rng.sample(parts, len(parts)) for kind, parts in SENTENCES.items()}
    lead = (rng.choice(LEADS), *_draw(stock["result"], 2))
    middle = (_draw(stock[kind], rng.randint(3, 4)) for kind in _kinds(rng))
    authors = rng.sample(PARTS["first"], rng.choice((1, 1, 1, 2)))
    return Story(
        title=title(key),
        paragraphs=tuple(
            " ".join(_sentence(part, rng, fixed) for part in parts)
            for parts in (lead, *middle, _draw(stock["next"], 3))
        ),
        byline=tuple(f"{first} {rng.choice(PARTS['last'])}" for first in authors),
        section=section,
        caption=_sentence("{thing} are checked with {method} at a site near {place}.", rng, fixed),
        credit=f"{rng.choice(PARTS['first'])} {rng.choice(PARTS['last'])}",
        place=fixed["place"],
    )


def _kinds(rng: random.Random) -> list[str]:
    """Choose what the paragraphs between the first and the last are about."""
    return rng.sample(MIDDLE, rng.randint(2, len(MIDDLE)))


def _draw(stock: list[str], count: int) -> list[str]:
    """Take sentences from a stock, so that a story uses none of them twice."""
    drawn = stock[:count]
    del stock[:count]
    return drawn


def title(key: str) -> str:
    """Give the title of the story that belongs to `key`, without spelling the rest."""
    rng = random.Random(f"{key}:title")
    _, fixed = _cast(key)
    return _sentence(rng.choice(TITLES), rng, fixed)


def _cast(key: str) -> tuple[str, dict[str, str]]:
    """Choose the topic, and who and what stays the same through the story."""
    rng = random.Random(f"{key}:cast")
    section = rng.choice(tuple(TOPICS))
    fixed = {slot: rng.choice(words) for slot, words in TOPICS[section].items()}
    fixed["company"], fixed["company2"] = rng.sample(PARTS["company"], 2)
    fixed["place"] = rng.choice(PARTS["place"])
    method = rng.choice(TOPICS[section]["method"])
    fixed["section"] = section
    return section, fixed | {"method2": method[0].upper() + method[1:]}


def _sentence(pattern: str, rng: random.Random, fixed: Mapping[str, str]) -> str:
    person = f"{rng.choice(PARTS['first'])} {rng.choice(PARTS['last'])}"
    spelled = _spell(pattern, rng, {**fixed, "person": person})
    return spelled[0].upper() + spelled[1:]


def _spell(pattern: str, rng: random.Random, fixed: Mapping[str, str]) -> str:
    def fill(slot: re.Match[str]) -> str:
        name, low, high = slot.groups()
        if low:
            return str(rng.randint(int(low), int(high)))
        return fixed[name] if name in fixed else _spell(rng.choice(PARTS[name]), rng, fixed)

    return SLOT.sub(fill, pattern)
