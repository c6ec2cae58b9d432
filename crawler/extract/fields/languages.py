"""The language of an article: what the page declares beside what its text is written in.

Detection is by script, then by the commonest words of some thirty languages: enough to contradict
a wrong declaration, no more.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import lxml.html

from crawler.extract.fields.jsonld import text_of
from crawler.extract.fields.structured import Structured

SAMPLE = 2_500
# Fewer words than this decide nothing.
LEAST_WORDS = 30
LEAST_LETTERS = 20
LETTERS = 200
# The end of the Latin blocks.
LATIN_END = "\u0250"
# The share of a text's words that are among its language's commonest; other languages reach
# half of it by chance and by kinship.
LEAST_SHARE = 0.12
LEAD = 1.25
# Languages of long words (Zulu, Finnish) have few short ones; less will do with a greater lead.
LONG_WORDS_SHARE = 0.06
LONG_WORDS_LEAD = 2

CODE = re.compile(r"^\s*([a-z]{2,3})(?:[-_]|\s*$)", re.IGNORECASE)

COMMON_WORDS = {
    "af": "die en is van nie het dat om met wat sy hulle vir word ook maar deur aan haar sê",
    "ca": "el la de que i a els les amb per un una no és del al més són aquest també",
    "cs": "a se na že je v s z do o to pro byl jako ale podle by jsou po také",
    "da": "og i at er en til af på det for med den der de som ikke har et blev sig",
    "de": "der die und in den das von zu mit sich des auf für ist im dem nicht ein eine als auch",
    "en": "the of and to in a is that for on it was with as are be at by this have from",
    "es": "de la que el en y a los se del las un por con no una su para es al como",
    "et": "ja on ei et ka see oli mis kui aga ta oma seda pole nii ning kes siis",
    "eu": "eta da ez du bat dira ere izan zen egin dute baina den ditu hori",
    "fi": "ja on ei että se oli hän mutta ovat myös kun joka mukaan sen tai kuin",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur",
    "ha": "da a na ya ta ce wa cewa an da kuma domin sun ba shi daga",
    "hr": "i je u se na da su za od s koji što nije kao bi ali to će iz",
    "hu": "a az és hogy nem is egy van meg ezt volt csak már de mint azt még el",
    "id": "yang dan di dengan untuk ini dari dalam tidak itu pada akan juga ke karena oleh",
    "it": "di che e la il un a per in una è non con del da si le i dei della",
    "lt": "ir kad yra su tai į iš bet buvo ne kaip o apie jis po dėl",
    "lv": "un ir ka no par ar uz tas bet kas arī ne gan bija pēc",
    "ms": "yang dan di dengan untuk ini dari dalam tidak itu pada akan kepada beliau bagi oleh",
    "nl": "de het een van en in is dat op te zijn met voor niet die er aan om ook als",
    "no": "og i er det på som en til av for at med har de ikke den et om var seg",
    "pl": "w i na z się nie do że to jest o jak za od po przez ale dla który są",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as",
    "ro": "de și în a la cu că pe din pentru care nu un o mai este au fost prin",
    "sk": "a sa na že je v s z do o to pre bol ako ale podľa by sú po aj",
    "sl": "in je v se na da so za ki ne pri z tudi bi kot bo ali še po",
    "so": "oo iyo in ka ku waxa ay la uu waa waxaa ee ah soo",
    "sq": "e të në dhe i që për një me është nga se ka më u nuk do",
    "sv": "och i att det som en på är av för med den till inte har de ett om var sig",
    "sw": "ya na wa kwa ni katika za la kuwa hiyo huyo alisema hilo hizo watu baada",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi kadar sonra ne en",
    "vi": "và của là có được cho không các trong người với một đã những để khi này",
    "xh": "ukuba kwaye ngokuba uthi ukuze kodwa yena bonke loo ngoku kunye okanye abantu xa",
    "zu": "ukuthi futhi uthe kodwa ngoba uma kanye lokho yena kusho lapho abantu uthi kule",
}  # fmt: skip
LANGUAGES_OF_WORD: dict[str, list[str]] = {}
for _code, _words in COMMON_WORDS.items():
    for _word in _words.split():
        LANGUAGES_OF_WORD.setdefault(_word, []).append(_code)
WORD = re.compile(r"[^\W\d_]+")

# A script that one language alone uses (or nearly so) decides; for the rest, a letter does.
SCRIPTS = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"),
    ("GREEK", "el"), ("HEBREW", "he"), ("THAI", "th"), ("TAMIL", "ta"), ("TELUGU", "te"),
    ("BENGALI", "bn"), ("GUJARATI", "gu"), ("GURMUKHI", "pa"), ("KANNADA", "kn"),
    ("MALAYALAM", "ml"), ("SINHALA", "si"), ("GEORGIAN", "ka"), ("ARMENIAN", "hy"),
    ("ETHIOPIC", "am"), ("KHMER", "km"), ("MYANMAR", "my"), ("LAO", "lo"),
    ("DEVANAGARI", "hi"), ("CYRILLIC", "ru"), ("ARABIC", "ar"),
)  # fmt: skip
SCRIPT_NAMES = dict(SCRIPTS)

# Letters that tell the languages of one script apart, the rarer language first.
TELLING_LETTERS = {
    "ru": (("uk", "їєґ"), ("be", "ў"), ("sr", "ђћ"), ("mk", "ѓќ"), ("kk", "қғұәң")),
    "ar": (("ur", "ٹڈڑے"), ("fa", "پچژگ")),
    "hi": (("mr", "ळ"),),
}
BULGARIAN = re.compile(r"\b(?:на|се|от|за|да|ще|като|със)\b")


def read_language(
    structured: Structured, root: lxml.html.HtmlElement, text: str | None
) -> tuple[str | None, str | None]:
    """Give `(language code, where it was found)`; a contradiction is part of the second.

    The text's own language wins over what is declared where it is plain, because sites declare
    their template's.
    """
    said = next(declared(structured, root), None)
    seen = detect(text if text is not None else sample(root))
    if said is None:
        return (seen, "detected") if seen else (None, None)
    code, where = said
    if seen is None or related(seen, code):
        return code, where
    return seen, f"detected ({where} says {code})"


def declared(structured: Structured, root: lxml.html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Give `(code, where)` for each language that the page declares, the best first."""
    html_element = root if root.tag == "html" else root.getroottree().getroot()
    yield from coded(html_element.get("lang") or html_element.get("xml:lang"), "html lang")
    for node in structured.articles:
        yield from coded(text_of(node.get("inLanguage")), "json-ld inLanguage")
    for name, value in structured.meta_values(
        ("og:locale", "content-language", "language", "dc.language")
    ):
        yield from coded(value, name)


def coded(value: str | None, where: str) -> Iterator[tuple[str, str]]:
    """Give the value's primary language code in lower case, if it has the form of one."""
    if value and (found := CODE.match(value)):
        code = found[1].lower()
        yield {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(code, code), where


def related(one: str, other: str) -> bool:
    """Tell whether two codes may both be said of one text; detection does not split hairs."""
    families = (
        {"hr", "bs", "sr", "sh"},
        {"id", "ms"},
        {"no", "da"},
        {"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"},
        {"hi", "mr", "ne"},
        {"ar", "fa", "ur", "ps", "ckb", "ug"},
        {"zh", "ja", "yue"},
        {"cs", "sk"},
        {"zu", "xh", "nr", "ss"},
        {"af", "nl"},
        {"es", "ca", "gl"},
    )
    return one == other or any(one in family and other in family for family in families)


def sample(root: lxml.html.HtmlElement) -> str:
    """Give the start of the page's paragraphs, for want of the article's text."""
    pieces: list[str] = []
    size = 0
    for paragraph in root.iter("p"):
        piece = " ".join(paragraph.itertext())
        pieces.append(piece)
        size += len(piece)
        if size > SAMPLE:
            break
    return " ".join(pieces)


def detect(text: str) -> str | None:
    """Give the code of the language that `text` is plainly written in, else None."""
    text = text[:SAMPLE]
    script = main_script(text)
    if script == "LATIN":
        return detect_by_words(text)
    code = SCRIPT_NAMES.get(script) if script else None
    for other, letters in TELLING_LETTERS.get(code or "", ()):
        if sum(text.count(letter) for letter in letters) > len(text) // 400:
            return other
    if code == "ru" and not re.search("[ыэё]", text) and len(BULGARIAN.findall(text)) > 10:
        return "bg"
    return code


def main_script(text: str) -> str | None:
    """Give the script of most letters; kana decide for Japanese however many Han letters."""
    letters = [c for c in text[:: max(1, len(text) // LETTERS)] if c.isalpha()]
    if len(letters) < LEAST_LETTERS:
        return None
    if sum(c < LATIN_END for c in letters) > len(letters) // 2:
        return "LATIN"
    counts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in letters)
    if counts["HIRAGANA"] + counts["KATAKANA"] > len(letters) // 10:
        return "HIRAGANA"
    return counts.most_common(1)[0][0]


def detect_by_words(text: str) -> str | None:
    """Give the language whose commonest words make up most of the text, with a clear lead."""
    words = WORD.findall(text.lower())
    if len(words) < LEAST_WORDS:
        return None
    hits: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for code in LANGUAGES_OF_WORD.get(word, ()):
            hits[code] += count
    ranked = [*hits.most_common(2), ("", 0), ("", 0)]
    (code, best), (_, second) = ranked[0], ranked[1]
    share = best / len(words)
    plain = share >= LEAST_SHARE and best >= LEAD * second
    return (
        code if plain or (share >= LONG_WORDS_SHARE and best >= LONG_WORDS_LEAD * second) else None
    )
