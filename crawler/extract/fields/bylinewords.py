"""The words that stand around the names of a byline, in the languages of the web.

Data and its patterns; taking a byline apart is `names.py`'s part.
"""

import re

from crawler.extract.fields.folding import fold

# The words that open a byline, longest first where one starts another.
OPENERS = """
a report by | an analysis by | analysis by | article by | compiled by | contributed by
guest post by | column by | commentary by | opinion by | posted by | published by | reported by
reporting by | review by | story by | submitted by
additional reporting by | as told to | text by | words by | written by | by
view all posts by | all posts by | more posts by | posts by | see all articles by
zeige alle beiträge von | alle beiträge von | alle artikel von | mehr von
voir tous les articles de | tous les articles de | ver todas las entradas de
ein bericht von | ein gastbeitrag von | ein kommentar von | eine analyse von | ein interview von
gastbeitrag von | kommentar von | analyse von | interview von | geschrieben von | text von
eine kolumne von | kolumne von | eine rezension von | aufgezeichnet von | protokolliert von
autor | autorin | autoren | autor/in | verfasst von | von
escrito por | publicado por | redacción | texto de | texto | por
écrit par | publié par | propos recueillis par | par
scritto da | a cura di | articolo di | testo di | di | da
geschreven door | door
skrevet av | skrevet af | tekst | av | af | text
przez | napisał | napisała | autor tekstu | opracowanie | oprac
napsal | napsala | piše | napisao | napisala
bởi | tác giả
автор | автор статьи | текст | авторы
yazan | haber
ditulis oleh | penulis | oleh | laporan
na | imeandikwa na
بقلم | كتب | كتبت | מאת | लेखक | โดย
文 | 作者 | 記者 | 记者 | 撰文 | 執筆 | 取材・文 | 글
"""
OPENER_WORDS = sorted(
    (w.strip() for line in OPENERS.strip().splitlines() for w in line.split("|")),
    key=len,
    reverse=True,
)
# Words that open one only in front of a colon: they are also parts of names and of jobs.
BEFORE_COLON = (
    "authors?|post author|guest (?:author|columnist|contributor|writer)|"
    "writers?|reporters?|contributors?|columnist|journalist|words|story|"
    "report|interview|reportage|protokoll|texte|testo|teksti|od|autoři|autorka|autorki|автори|συντάκτης|コラム"
)
OPENERS_ALONE = frozenset(map(fold, OPENER_WORDS))
OPENER = re.compile(
    r"^\W*(?:(?:"
    + "|".join(map(re.escape, OPENER_WORDS))
    + rf")(?:\s*[:：/／・]\s*|\s+(?=\S))|(?:{BEFORE_COLON})\s*[:：]\s*|"
    r"(?:by|von|por)(?-i:(?=[A-ZÄÖÜ]))|文(?=\w))",
    re.IGNORECASE,
)
# Openers that are names or their parts elsewhere ("Di Maio", "Da Silva", "Na Li") count only where
# they stand in lower case or are followed by a colon, or `Di` by a whole name.
DOUBTFUL_OPENER = re.compile(r"^(?:Di(?!\s+[A-ZÀ-Ý]\S+\s+[A-ZÀ-Ý])|Da|Na|Haber)\s+(?=\S)")

# What follows a name in the same line without being one.
TRAILER = re.compile(
    r"\s*\b(?:posted|published|updated|last modified|veröffentlicht|aktualisiert|stand|publicado|"
    r"actualizado|publié|mis à jour|pubblicato|aggiornato|opublikowano|publisert|publicerad|"
    r"follow|contact|share|min read)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
# The day behind a name: `on March 5, 2024`.
DAY_TRAILER = re.compile(
    r"\s+(?:on|am|vom|le|el|il|op|den)\s+(?:[^\W\d_]{2,10}[.,]?\s+){0,2}\d.*$",
    re.IGNORECASE | re.DOTALL,
)
# The same without a word: `Ann Lee 8 November 2024`, `Ann Lee Nov 8, 2024`.
DATE_TRAILER = re.compile(
    r"\s+(?:\d{1,2}\.?\s[^\W\d_]{3,10}\.?\s|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s|"
    r"\d{1,2}[./-]\d{1,2}[./-])(?:19|20)\d\d\b.*$",
    re.DOTALL,
)

# What a writer is said to be: `Ann Lee is a reporter`.
BIOGRAPHY = re.compile(
    r"\s+(?:(?:is|was)\s+(?:an?|the|our)|ist\s+(?:eine?|der|die|unsere?)|est\s+(?:une?|le|la)|"
    r"es\s+(?:una?|el|la)|covers|has\s+(?:been|covered)|writes)\b.*$",
    re.DOTALL,
)

# The work of others, credited in the same line: pictures, editing, translation.
CREDIT = re.compile(
    r"[\s,;|/.–-]*\b(?:photos?|photograph(?:s|y|er)?|fotos?|fotograf\w*|bild(?:er)?|images?|"
    r"pictures?|illustrat(?:ions?|ed)|videos?|graphics?|edit(?:ed|ing|or)|translat(?:ed|ion|or)|"
    r"reviewed|medically reviewed|fact[- ]checked|produced|redigiert|übersetzt|übersetzung|"
    r"traduit|traduction|traducción|traducido|tradotto|traduzione|vertaling|översättning)"
    r"(?:\s+(?:by|von|par|por|de|di|da|av|door)\b|\s*[:：]).*?"
    r"(?=[,;|/.]?\s*\b(?:text|texte|words|story|by|von|par|por)\b(?:\s*:|\s)|$)",
    re.IGNORECASE | re.DOTALL,
)

# Titles of reporters, which Chinese, Japanese and Korean set before or behind the name, with the
# place they report from (`記者王小明／台北報導`).
HONORIFIC_HEAD = re.compile(
    r"^[【\[「]?\s*(?:本報|本报|本社)?(?:見習|实习|實習|特約|特约)?(?:記者|记者|特派員|特派员|編集委員|論説委員|通訊員|通讯员)"
    r"\s*[:：／/]?\s*(?=[\u3400-\u9fff])"
)
HONORIFIC_TAIL = re.compile(
    r"\s*(?:記者|记者|編集委員|論説委員|기자|특파원|논설위원|선임기자|さん|氏|著|撰)$"
)
PLACE_TAIL = re.compile(r"(?:\s*[／/]\s*.*|\s*[\u3400-\u9fff]{2})(?:報導|报道|報道)[】\]」]?$")
# `저녁신문=김민수`: the paper, then the writer.
OF_PAPER = re.compile(r"^[가-힣\w ]{2,20}=(?=[가-힣]{2,4}(?:\s|$))")
KOREAN_NAME = re.compile(r".*\s(?=[가-힣]{2,4}$)")

# Words (or their beginnings) that are a job, not a person.
ROLE = re.compile(
    r"""\b(?:staff|senior|chief|former|freelance|associate|assistant|deputy|guest|contributing|
    political|business|sports?|foreign|national|reporter|writer|editor|correspondent|journalist|
    columnist|contributor|producer|photographer|author|analyst|professor|director|anchor|
    intern|chefredakteur\w*|\w*redakteur\w*|\w*korrespondent\w*|\w*reporter\w*|volontär\w*|
    journalist\w*|leiter\w*|ressortleit\w*|kolumnist\w*|autor\w*|freie[r]?|mitarbeiter\w*|
    periodista|redactor\w*|corresponsal|corrispondente|giornalista|inviat[oa]|redattor\w*|
    journaliste|envoyé\w*|correspondant\w*|rédact\w*|verslaggever|redacteur|
    reportér\w*|redaktor\w*|dziennikar\w*|muhabir\w*|корреспондент\w*|журналист\w*|обозреватель|
    wartawan|jornalista|repórter|nyhetsreporter|journalist)\b""",
    re.IGNORECASE | re.VERBOSE,
)

# What content systems print where nobody is named.
NOBODY = frozenset({
    "admin", "administrator", "adminuser", "anonymous", "anonym", "author", "autor", "by",
    "default", "developer", "editor", "editorial", "guest", "none", "null", "redacteur",
    "reporter", "root", "superuser", "system", "test", "undefined", "unknown", "user",
    "webmaster", "web", "share", "follow", "comment", "comments", "print", "updated",
    "publisher", "published", "home", "keine kommentare", "no comments", "leave a comment",
    "sin comentarios", "aucun commentaire", "nessun commento", "geen reacties", "0 comments",
    "facebook", "twitter", "linkedin",
})  # fmt: skip
# A firm: the site's maker mostly, where a page's head names it as the author.
COMPANY = re.compile(
    r"\b(?:GmbH|AG|Ltd|Inc|LLC|d\.?o\.?o|S\.?r\.?l|s\.?r\.?o)\b\.?|株式会社|有限公司"
)
SLUG = re.compile(r"^[a-z0-9]+(?:[-_.][a-z0-9]+)+$")

# What the second half of `twitter:label1` says where `twitter:data1` names the writer.
WRITER_LABEL = re.compile(
    r"written|author|autor|auteur|verfasst|geschrieben|écrit|escrito|scritto|geschreven|skrev|"
    r"skrive|napis|naps|написа|автор|yazan|ditulis|執筆|著者|作者|撰写|글쓴이",
    re.IGNORECASE,
)
