from datetime import UTC, date, datetime, timedelta

import pytest

from archive.records import DateSource, Precision
from crawler.extract.dates.printed import read_date

# A Wednesday.
CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)


def read(text: str, language: str) -> tuple[object, Precision] | None:
    languages = [language] if language else []
    dated = read_date(text, captured_at=CAPTURED, source=DateSource.LIST, languages=languages)
    return (dated.value, dated.precision) if dated else None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2 hours ago", ""), ("two hours ago", ""), ("2h", ""), ("2 hrs", ""),
        ("about 2 hours ago", ""), ("Posted 2 hours ago", ""), ("vor 2 Stunden", "de"),
        ("vor 2 Std.", "de"), ("il y a 2 h", "fr"), ("hace 2 horas", "es"), ("2 ore fa", "it"),
        ("há 2 horas", "pt"), ("2 uur geleden", "nl"), ("för 2 timmar sedan", "sv"),
        ("for 2 timer siden", "no"), ("2 tuntia sitten", "fi"), ("2 godziny temu", "pl"),
        ("před 2 hodinami", "cs"), ("2 часа назад", "ru"), ("2 години тому", "uk"),
        ("prije 2 sata", "hr"), ("пре 2 сата", "sr"), ("преди 2 часа", "bg"), ("acum 2 ore", "ro"),
        ("2 órája", "hu"), ("2 saat önce", "tr"), ("πριν από 2 ώρες", "el"), ("2 giờ trước", "vi"),
        ("2 jam yang lalu", "id"), ("2小时前", "zh"), ("2時間前", "ja"), ("2시간 전", "ko"),
        ("منذ 2 ساعات", "ar"), ("منذ ساعتين", "ar"), ("۲ ساعت پیش", "fa"), ("לפני 2 שעות", "he"),
        ("לפני שעתיים", "he"), ("2 घंटे पहले", "hi"), ("2 ชั่วโมงที่แล้ว", "th"), ("fa 2 hores", "ca"),
        ("2 tundi tagasi", "et"), ("prieš 2 valandas", "lt"), ("pirms 2 stundām", "lv"),
        ("pred 2 urama", "sl"),
    ],
)  # fmt: skip
def test_two_hours_ago(text: str, language: str) -> None:
    assert read(text, language) == (CAPTURED - timedelta(hours=2), Precision.HOUR)


@pytest.mark.parametrize(
    ("text", "language", "days", "precision"),
    [
        ("2d", "", 2, Precision.DAY),
        ("5w", "", 35, Precision.WEEK),
        ("3 дня назад", "ru", 3, Precision.DAY),
        ("3 วันที่แล้ว", "th", 3, Precision.DAY),
        ("tydzień temu", "pl", 7, Precision.WEEK),
        ("gestern", "de", 1, Precision.DAY),
        ("вчера", "ru", 1, Precision.DAY),
        ("hôm qua", "vi", 1, Precision.DAY),
        ("Friday", "", 5, Precision.DAY),
        ("viernes", "es", 5, Precision.DAY),
    ],
)
def test_days_ago(text: str, language: str, days: int, precision: Precision) -> None:
    assert read(text, language) == (CAPTURED.date() - timedelta(days=days), precision)


@pytest.mark.parametrize(
    ("text", "language", "hour", "minute"),
    [
        ("Today, 9:05 AM", "", 9, 5),
        ("Hoy, 09:05", "es", 9, 5),
        ("heute um 09:05 Uhr", "de", 9, 5),
        ("aujourd'hui à 9h", "fr", 9, 0),
    ],
)
def test_a_clock_beside_a_day_word(text: str, language: str, hour: int, minute: int) -> None:
    found = read(text, language)
    assert found is not None
    assert found[0] == datetime.combine(date(2024, 11, 20), datetime.min.time()).replace(
        hour=hour, minute=minute
    )


@pytest.mark.parametrize(
    "text", ["vor Jahren", "5 min read", "Friday night lights", "hours later", "in 3 days"]
)
def test_what_counts_from_nothing(text: str) -> None:
    assert read(text, "de" if text.startswith("vor") else "") is None
