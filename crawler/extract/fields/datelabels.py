"""The words that pages print before a date, and what they say of it.

Data and its patterns; whether the date is the publication's is decided in `showndates`.
"""

import re

# Before a date of publication. `(?:…)` endings are inflections.
PUBLISHED = """
published | first published | posted | publication date | release date | created | written
submitted
veröffentlicht | veröffentlichung | erschienen | erscheinungsdatum | erstellt | publiziert
online seit | eingestellt | gepostet | verfasst
publié | publiée | paru | parue | mis en ligne | mise en ligne
publicado | publicada | publicat | pubblicato | pubblicata
publicatie | publicatiedatum | gepubliceerd | geplaatst
publisert | publicerad | udgivet | julkaistu
opublikowano | vydáno | publikováno | közzétéve
опубликовано | опубликован | опубликована
yayınlanma | yayınlanma tarihi | diterbitkan
입력 | 등록 | 掲載 | 公開 | 発表 | 投稿 | 发布 | 发布时间 | 发表
"""

# Before a date that may be the publication's.
PERHAPS_PUBLISHED = """
date | datum | vom | le | fecha | data | дата | tarih | released | 日期 | 時間 | 时间 | 日時
"""

# Before a date of change.
UPDATED = """
update | updated | modified | last change | last changed | last edited | last review
last reviewed | revised | edited
aktualisiert | geändert | änderung | aktualisierung | bearbeitet | bearbeitung | überarbeitet
stand
mis à jour | mise à jour | modifié | modifiée | actualizado | actualizada | aggiornato | aggiornata
bijgewerkt | oppdatert | uppdaterad | opdateret | päivitetty
aktualizacja | aktualizováno | frissítve | обновлено | güncelleme | güncellendi | diperbarui
수정 | 更新 | 更新日 | 更新时间
"""

# Before a date that is of something else: rights, lives, terms, quotations, months of an event.
OTHER = """
© | (c) | copyright | born | geb. | geboren | since | seit | until | bis | from | ab
expires | deadline | joined | registriert | mitglied seit | member since | registered | version
beginn | termin | event | starts | ends | gültig | valid | abgerufen | retrieved | accessed
archived | next | nächste | nächster | vorherige | zum | zur | in | im | of | the
"""

# Before a date that is never the article's, however near to its headline: the page's own day, a
# correction's, an event's, an offer's end.
NEVER = """
today is | today's date | heute ist | hoy es | nous sommes le
correction | corrected | clarification | erratum | korrektur | berichtigung
event date | date of event | date of the event | veranstaltungsdatum | when | wann | quand | cuándo
date and time | date & time | event starts | start date | datum und uhrzeit
expires | expires on | expiry date | expiration date | valid until | gültig bis
"""
# Before the day of a picture, in one bracket with its credit: `(Photo: Ann Lee, 8 November 2024)`.
CREDIT_LABEL = re.compile(
    r"\b(?:foto|photo|bild|picture|photograph|image)(?:s|graf(?:ie|in)?|quelle)?\s?[:©/][^|]{0,50}$",
    re.IGNORECASE,
)
# Behind a date that somebody spoke on: a comment's.
NEVER_BEHIND = re.compile(
    r"[\s,]*(?:(?:at|um|à|a las|,)?\s*\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*uhr)?)?\s*"
    r"(?:said|says|wrote|schrieb|sagte|sagt|meint|a écrit|dit|dice|dijo|escribió)\s*[:：]",
    re.IGNORECASE,
)

# Behind a date, in languages that set the verb last (`wurde am 3. Mai um 12 Uhr veröffentlicht`).
PUBLISHED_BEHIND = """
veröffentlicht | erstellt | eingestellt | gepostet | publiziert | verfasst | geschrieben
geplaatst | gepubliceerd | geschreven
掲載 | 公開 | 投稿 | 发布 | 发表 | 發布 | 發表 | 게시 | 입력 | 등록
"""
UPDATED_BEHIND = """
aktualisiert | geändert | bearbeitet | überarbeitet | bijgewerkt | gewijzigd | bewerkt
更新 | 수정
"""

# How far behind the date the verb may stand; a clause's end comes between only of something else.
TO_VERB = r"[^.;|()\n]{0,25}?"

# What may stand between the word and the date.
BETWEEN = r"\s*(?:\b(?:am|on|at|le|el|il|op|den|der|um|dnia|dne)\b|[:：|(\s–-])*$"


def label_pattern(table: str, between: str = BETWEEN) -> re.Pattern[str]:
    """Compile the words of a table into a pattern for the end of a text, longest first."""
    return re.compile(
        rf"(?:(?<!\w)|(?<=[\u3000-\uffff]))(?:{alternatives(table)}){between}", re.IGNORECASE
    )


def verb_pattern(table: str) -> re.Pattern[str]:
    """Compile the words of a table into a pattern for the start of what follows a date."""
    return re.compile(
        rf"{TO_VERB}(?:(?<!\w)|(?<=[\u3000-\uffff])|(?=[\u3000-\uffff]))"
        rf"(?:{alternatives(table)})",
        re.IGNORECASE,
    )


def alternatives(table: str) -> str:
    """Give the words of a table as alternatives of a pattern, longest first."""
    words = [word.strip() for line in table.strip().splitlines() for word in line.split("|")]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


PUBLISHED_LABEL = label_pattern(PUBLISHED)
PERHAPS_LABEL = label_pattern(PERHAPS_PUBLISHED)
UPDATED_LABEL = label_pattern(UPDATED)
OTHER_LABEL = label_pattern(OTHER)
NEVER_LABEL = label_pattern(NEVER, r"[,.]?" + BETWEEN)
PUBLISHED_VERB = verb_pattern(PUBLISHED_BEHIND)
UPDATED_VERB = verb_pattern(UPDATED_BEHIND)
