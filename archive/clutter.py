"""What changes on a page without the article changing: counters, clocks, labels. Pure.

`reads_the_same` compares two readings of one page without their clutter: `1,234 views`, `5 min
ago`, `Updated 3 hours ago`, `12 comments`, `4 min read`, `Advertisement`; and without what readers
do not see as a difference: case, white space, quotes, dashes, other punctuation.

The rule is narrow on purpose. A line, or a part of a short line between separators (`By Ann Lee •
5 min ago`), is clutter only when *every* word of it is of such a closed vocabulary. A number within
a sentence is the article's own: `killed 12` is not `killed 14`, and `$5` is not `€5`. How a text
was changed is not said here, but by `archive.versions`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# What pages count of themselves and their readers, folded, by language. `*` ends a stem.
COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "ar": "تعليق تعليقات مشاهدة مشاهدات مشاركة مشاركات قراءة",
        "cs": "komentář* sdílení zobrazení přečtení",
        "da": "kommentar* visning* delinger",
        "de": "aufruf* kommentar* geteilt leser*",
        "el": "σχόλι* προβολ* κοινοποιήσ*",
        "en": (
            "click clicks comment comments follower followers like likes reaction reactions "
            "read reader readers reading reads replies reply retweet retweets share shares "
            "tweet tweets view viewers viewing views watching"
        ),
        "es": "comentario* visita* visualizaciones compartido* lectores",
        "fi": "kommentti* kommentit jakoa katselukert* lukukert*",
        "fr": "commentaire* vue vues partages lecteur* réaction*",
        "hi": "टिप्पणी टिप्पणियां शेयर व्यूज",
        "hu": "hozzászólás* megtekintés* megosztás*",
        "id": "komentar dibaca dilihat dibagikan",
        "it": "comment* visualizzazion* condivision* lettori",
        "ja": "いいね シェア コメント コメント数 件のコメント 再生数 回視聴 閲覧数",
        "ko": "공유 댓글 조회 조회수 좋아요",
        "nl": "reactie* weergaven gedeeld",
        "pl": "komentarz* wyświetle* udostępnie* odsłon*",
        "pt": "comentário* visualizações compartilhamento* leitores partilhas",
        "ro": "comentari* vizualizări distribuiri",
        "ru": "комментари* лайк* поделились просмотр* репост*",
        "sv": "kommentar* visningar delningar",
        "th": "ความคิดเห็น ยอดวิว แชร์",
        "tr": "görüntülenme okunma paylaşım yorum",
        "uk": "коментар* перегляд* поширен*",
        "vi": "bình luận lượt xem chia sẻ",
        "zh": (
            "分享 转发 轉發 点赞 评论 評論 条评论 则留言 則留言 浏览 瀏覽 浏览量 浏览次数 "
            "次浏览 阅读 閱讀 阅读量 次阅读"
        ),
    }
)
# How many, and who, beside what is counted.
MULTITUDES = (
    "all and are b k keer kali m mil million mio mln mn now people persons right so far tausend "
    "this thousand total tsd tys млн тыс 万 萬 亿 億 千 만 천 件 回 次 条 개 명 ครั้ง"
)
# What makes a time one that is past, by language: phrases, apart by commas.
AGO: Mapping[str, str] = MappingProxyType(
    {
        "ar": "منذ, قبل",
        "bg": "преди",
        "cs": "před",
        "da": "siden",
        "de": "vor",
        "el": "πριν",
        "en": "ago",
        "es": "hace",
        "fa": "پیش",
        "fi": "sitten",
        "fr": "il y a",
        "he": "לפני",
        "hi": "पहले",
        "hu": "ezelőtt",
        "id": "yang lalu, lalu",
        "it": "fa",
        "ko": "전",
        "nl": "geleden",
        "pl": "temu",
        "pt": "há, atrás",
        "ro": "acum",
        "ru": "назад",
        "sr": "pre, prije",
        "sv": "sedan",
        "th": "ที่แล้ว, ก่อน",
        "tr": "önce",
        "uk": "тому",
        "vi": "trước",
    }
)
# What is counted then; without one of them nothing is a time.
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "ثانية ثواني ثوان دقيقة دقائق دقيقتين ساعة ساعات ساعتين يوم يومين أيام أسبوع",
        "cs": "sekund* minut* hodin* dny dnem týdn*",
        "da": "sekund* minut* time timer dag dage uge uger",
        "de": "sekunde* minute* stunde* std tag tagen woche wochen",
        "el": "δευτερόλεπτ* λεπτ* ώρα ώρες ημέρα ημέρες μέρες",
        "en": (
            "s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days "
            "w wk wks week weeks mo month months y yr yrs year years"
        ),
        "es": "segundo* minuto* hora horas día días semana*",
        "fa": "ثانیه دقیقه ساعت روز هفته",
        "fi": "sekunti* minuutti* tunti tuntia päivä* viikko*",
        "fr": "seconde* minute* heure heures jour jours semaine*",
        "he": "שניות דקה דקות שעה שעות שעתיים יום ימים",
        "hi": "सेकंड मिनट घंटा घंटे दिन सप्ताह",
        "hu": "másodperc* perc* óra órával nappal héttel",
        "id": "detik menit jam hari minggu",
        "it": "secondi minuto minuti ora ore giorno giorni settiman*",
        "ja": "分 分で読めます",
        "ko": "초 분 시간 일 주",
        "nl": "seconde* minuut minuten uur dag dagen week weken",
        "pl": "sekund* minut* godzin* dni dzień tydzień tygodni*",
        "pt": "segundo* minuto* hora horas dia dias semana*",
        "ro": "secund* minut* oră ore zi zile săptămân*",
        "ru": "секунд* минут* мин час часа часов день дня дней недел*",
        "sv": "sekund* minut* timme timmar dag dagar vecka veckor",
        "th": "วินาที นาที ชั่วโมง วัน",
        "tr": "saniye dakika dk saat gün hafta",
        "uk": "секунд* хвилин* хв годин* день дні днів тиж*",
        "vi": "giây phút giờ ngày tuần",
        "zh": "分钟 分鐘 分钟阅读 分鐘閱讀",
    }
)
# A past time in one run of letters, or of blanks that the language does not need.
WHOLE_TIMES = (
    "秒前 分前 時間前 日前 週間前 か月前 ヶ月前 秒钟前 分钟前 分鐘前 小时前 小時前 天前 周前 "
    "週前 个月前 個月前 초전 분전 시간전 일전 วินาทีที่แล้ว นาทีที่แล้ว ชั่วโมงที่แล้ว "
    "วันที่แล้ว นาทีก่อน ชั่วโมงก่อน วันก่อน"
)
NOW = (
    "just now, moments ago, gerade eben, à l instant, justo ahora, agora mesmo, proprio adesso, "
    "только что, щойно, az önce, zojuist, przed chwilą, lige nu, 刚刚, 剛剛, たった今, 방금, "
    "الآن"
)
# What a page calls its last change.
UPDATED = (
    "updated, update, modified, edited, revised, aktualisiert, actualizado, actualizada, "
    "actualisé, mis à jour, mise à jour, aggiornato, aggiornamento, atualizado, bijgewerkt, "
    "uppdaterad, opdateret, oppdatert, päivitetty, aktualizováno, aktualizacja, zaktualizowano, "
    "обновлено, оновлено, güncelleme, güncellendi, diperbarui, ενημερώθηκε, actualizat, "
    "frissítve, cập nhật, 更新, 最終更新, 更新日, 更新时间, 更新時間, 업데이트, 수정, تحديث, "
    "به‌روزرسانی, अपडेट, अपडेटेड"
)
# Days that are named from today.
RELATIVE = (
    "today yesterday ayer gestern heute hier hoje hoy idag igår ieri oggi ontem dnes včera dziś "
    "wczoraj bugün dün вчера сегодня сьогодні вчора σήμερα χθες اليوم أمس امروز دیروز आज कल "
    "今日 昨日 今天 昨天 오늘 어제"
)
# What stands beside a time.
BESIDE = (
    "a about am an at by cest cet date de del dernière di el est edt et gmt h il in ist jst kl "
    "la last le letzte einem einer o on one over pdt pm pst the time uhr ultima um un una une "
    "utc w zuletzt à última último в o один одну από آخر عند الساعة"
)
# Months, days of the week and the words that Asia counts them with.
DAYS = (
    "jan* feb* fév* mar* mär* mai may maj* apr* avr* abr* jun* jui* jul* lug* giu* gen* ene* "
    "ago* aug* aoû* out* sep* set* oct* okt* ott* nov* dec* dez* dic* déc* mag* sty* lut* kwi* "
    "maj* cze* lip* sie* wrz* paź* lis* gru* şub* nis* haz* tem* ağu* eyl* eki* kas* ara* янв* "
    "фев* мар* апр* мая май июн* июл* авг* сен* окт* ноя* дек* січ* лют* бер* кві* трав* чер* "
    "лип* сер* вер* жов* груд* ιαν* φεβ* μαρ* απρ* μαΐ* ιουν* ιουλ* αυγ* σεπ* οκτ* νοε* δεκ* "
    "mon* tue* wed* thu* fri* sat* sun* 年 月 日 時 时 分 년 월 일 시 분 tháng"
)
# How long it takes to read.
READING = (
    "read, reading, lesezeit, temps de lecture, tiempo de lectura, tempo di lettura, "
    "tempo de leitura, leestijd, lästid, læsetid, lesetid, lukuaika, czas czytania, "
    "время чтения, час читання, okuma, 読了時間, 読了, 分で読めます, 阅读时间, 閱讀時間, "
    "分钟阅读, 分鐘閱讀, 읽기, đọc"
)
READING_BESIDE = "time süresi 約 この記事は ca 시간"
# Labels of advertisements; the words around the second kind are none by themselves.
ADVERTISEMENT = (
    "ad ads advertisement advertisements advertising advertorial annonce anuncio anzeige iklan "
    "mainos promoted publicidad publicidade publicité pubblicità quảng cáo reklam reklama "
    "reklame sponsored werbung διαφήμιση реклама إعلان विज्ञापन โฆษณา 広告 广告 廣告 광고"
)
ADVERTISES = "after article below continue continues content reading scroll story this to"

# A longer line is a paragraph's, whatever it is made of.
LONGEST_LINE = 120
# A line that ends like a sentence is clutter as a whole, or not at all.
ENDS = (".", "!", "?", "。", "！", "？", "।", "۔", "…", ":")
SIGNS = frozenset("%‰°+−±×÷=<>")

_SEPARATOR = re.compile(r"[•·∙⋅‧|—–―;●▪►»\t]+|\s[-/]\s")
_MINUS = re.compile(r"(?<![\w.,])-(?=\d)")
_RUN = re.compile(r"\d+|[^\d\s]+")


class _Spacing(dict[int, str]):
    """Code point ▸ what it is for reading: letters, digits, signs and currencies; else a blank."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cf":
            read = ""
        elif category == "Sc" or char in SIGNS:
            read = f" {char} "
        else:
            read = char if category[0] in "LMN" else " "
        self[code] = read
        return read


_SPACING = _Spacing()


def reads_the_same(old: str, new: str) -> bool:
    """Tell whether two readings of a page say the same, their clutter apart."""
    return old == new or _said(old) == _said(new)


def is_clutter(line: str) -> bool:
    """Tell whether a line holds nothing but clutter; one without any word holds none."""
    if len(line) > LONGEST_LINE:
        return False
    parts = [words for part in _SEPARATOR.split(_folded(line)) if (words := _words(part))]
    return bool(parts) and all(map(_is_clutter_part, parts))


def _said(text: str) -> list[str]:
    return [word for line in text.splitlines() for word in _words(_without_clutter(line))]


def _without_clutter(line: str) -> str:
    """Give a line folded and without its parts that are clutter."""
    folded = _folded(line)
    if len(line) > LONGEST_LINE:
        return folded
    if is_clutter(line):
        return ""
    if folded.rstrip().endswith(ENDS):
        return folded
    parts = _SEPARATOR.split(folded)
    return " ".join(part for part in parts if not _is_clutter_part(_words(part)))


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", composed)


def _words(folded: str) -> list[str]:
    """Give the words and numbers of a folded text, and the signs that change what a number says."""
    return _MINUS.sub("−", folded).translate(_SPACING).split()


def _is_clutter_part(read: list[str]) -> bool:
    runs = [run for word in read for run in _RUN.findall(word)]
    words = frozenset(run for run in runs if not run[0].isdigit())
    if not words:
        return False
    has_number = any(run[0].isdigit() for run in runs)
    return (
        _is_counter(words)
        or _is_clock(words, has_number=has_number)
        or _is_reading_time(words, has_number=has_number)
        or _is_advertisement(words)
    )


def _is_counter(words: frozenset[str]) -> bool:
    return _COUNTED.any_of(words) and (_COUNTED | _MULTITUDES).all_of(words)


def _is_clock(words: frozenset[str], *, has_number: bool) -> bool:
    past = _AGO.any_of(words) and _UNITS.any_of(words)
    told = past or _WHOLE_TIMES.any_of(words) or _NOW.any_of(words)
    if _UPDATED.any_of(words):
        return (told or has_number) and (_TIMES | _UPDATED | _DAYS).all_of(words)
    if _RELATIVE.any_of(words) and has_number:
        return _TIMES.all_of(words)
    return told and _TIMES.all_of(words)


def _is_reading_time(words: frozenset[str], *, has_number: bool) -> bool:
    told = has_number and _READING.any_of(words) and _UNITS.any_of(words)
    return told and (_READING | _UNITS | _READING_BESIDE).all_of(words)


def _is_advertisement(words: frozenset[str]) -> bool:
    return _ADVERTISEMENT.any_of(words) and (_ADVERTISEMENT | _ADVERTISES).all_of(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vocabulary:
    """Phrases by their words, and beginnings of words."""

    phrases: tuple[frozenset[str], ...]
    words: frozenset[str]
    """Those of all phrases."""
    stems: tuple[str, ...]

    def __or__(self, other: "_Vocabulary") -> "_Vocabulary":
        return _Vocabulary(
            phrases=self.phrases + other.phrases,
            words=self.words | other.words,
            stems=self.stems + other.stems,
        )

    def any_of(self, words: frozenset[str]) -> bool:
        """Tell whether a whole phrase is there, or a word that begins so."""
        if any(word.startswith(self.stems) for word in words):
            return True
        return bool(words & self.words) and any(phrase <= words for phrase in self.phrases)

    def all_of(self, words: frozenset[str]) -> bool:
        """Tell whether every word is known."""
        return all(word in self.words or word.startswith(self.stems) for word in words)


def _phrases(*listed: str) -> _Vocabulary:
    """Read phrases that commas part."""
    whole = [phrase.split() for text in listed for phrase in text.split(",")]
    stems = [word[:-1] for phrase in whole for word in phrase if word.endswith("*")]
    plain = [[word for word in phrase if not word.endswith("*")] for phrase in whole]
    read = [frozenset(_words(_folded(" ".join(phrase)))) for phrase in plain if phrase]
    return _Vocabulary(
        phrases=tuple(read),
        words=frozenset().union(*read),
        stems=tuple(folded for stem in stems for folded in _words(_folded(stem))),
    )


def _single(*listed: str) -> _Vocabulary:
    """Read words that blanks part."""
    return _phrases(*(word for text in listed for word in text.split()))


_COUNTED = _single(*COUNTED.values())
_MULTITUDES = _single(MULTITUDES)
_AGO = _phrases(*AGO.values())
_UNITS = _single(*UNITS.values())
_WHOLE_TIMES = _single(WHOLE_TIMES)
_NOW = _phrases(NOW)
_UPDATED = _phrases(UPDATED)
_RELATIVE = _single(RELATIVE)
_DAYS = _single(DAYS)
_READING = _phrases(READING)
_READING_BESIDE = _single(READING_BESIDE, BESIDE)
_ADVERTISEMENT = _single(ADVERTISEMENT)
_ADVERTISES = _single(ADVERTISES)
_TIMES = _AGO | _UNITS | _WHOLE_TIMES | _NOW | _RELATIVE | _single(BESIDE)
