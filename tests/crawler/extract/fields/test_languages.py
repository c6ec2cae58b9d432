import pytest

from crawler.extract.fields.languages import detect, read_language
from crawler.extract.fields.structured import read_structured
from crawler.extract.page import Page
from tests.crawler.extract.pages import json_ld, page

TEXTS = {
    "en": (
        "The bridge over the river was closed on Friday and it is not known when it will "
        "be open to traffic again, said the mayor of the city, who has asked for help "
        "from the state."
    ),
    "de": (
        "Die Brücke über den Fluss ist seit Freitag gesperrt, und es ist nicht bekannt, "
        "wann sie für den Verkehr wieder geöffnet wird, sagte die Bürgermeisterin der "
        "Stadt auf einer Sitzung."
    ),
    "fr": (
        "Le pont sur la rivière est fermé depuis vendredi et on ne sait pas quand il "
        "sera de nouveau ouvert à la circulation, a dit la maire de la ville dans un "
        "message pour les habitants."
    ),
    "es": (
        "El puente sobre el río está cerrado desde el viernes y no se sabe cuándo se "
        "abrirá de nuevo al tráfico, dijo la alcaldesa de la ciudad en un mensaje para "
        "los vecinos del barrio."
    ),
    "pl": (
        "Most na rzece jest zamknięty od piątku i nie wiadomo, kiedy będzie znów otwarty "
        "dla ruchu, powiedziała burmistrz miasta, która prosi o pomoc i dodaje, że to "
        "nie jest jej wina."
    ),
    "tr": (
        "Nehrin üzerindeki köprü cuma gününden beri kapalı ve ne zaman açılacağı "
        "bilinmiyor, dedi şehrin başkanı, bu sorun için bir çözüm ve daha çok yardım "
        "istiyor, ama olan oldu gibi de."
    ),
    "zu": (
        "Ibhuloho eliwela umfula livaliwe kusukela ngoLwesihlanu futhi akwaziwa ukuthi lizovulwa "
        "nini, kusho imeya yedolobha. Uthe kudingeka usizo kodwa abantu bakhalaza ngoba kunzima "
        "ukufika emsebenzini, futhi uma lina izimvula kuba nzima kakhulu emgwaqweni omncane."
    ),
    "ja": (
        "川にかかる橋は金曜日から閉鎖されており、いつ再開されるかは分かっていないと市長が述べた。"
    ),
    "zh": (
        "横跨河流的大桥自周五起关闭，市长表示目前尚不清楚何时重新开放通车，并请求上级提供帮助。"
    ),
    "ko": (
        "강을 가로지르는 다리가 금요일부터 폐쇄되었으며 언제 다시 열릴지 알 수 없다고 "
        "시장이 말했다."
    ),
    "ru": (
        "Мост через реку закрыт с пятницы, и неизвестно, когда его снова откроют, "
        "сказала мэр города, которая просит о помощи."
    ),
    "uk": (
        "Міст через річку закритий із п'ятниці, і невідомо, коли його знову відкриють, "
        "сказала міська голова, яка просить про допомогу її область."
    ),
    "ar": (
        "قالت رئيسة البلدية إن الجسر فوق النهر مغلق منذ يوم الجمعة ولا يعرف متى سيفتح من "
        "جديد أمام حركة المرور"
    ),
    "el": (
        "Η γέφυρα πάνω από το ποτάμι είναι κλειστή από την Παρασκευή και δεν είναι "
        "γνωστό πότε θα ανοίξει"
    ),
}


def read(parsed: Page, text: str | None = None) -> tuple[str | None, str | None]:
    return read_language(read_structured(parsed), parsed.root, text)


@pytest.mark.parametrize("code", TEXTS)
def test_a_texts_language_is_detected(code: str) -> None:
    assert detect(TEXTS[code]) == code


@pytest.mark.parametrize(
    "text", ["", "Bridge closes", "12345 67890 " * 30, "Berlin Paris Rom " * 20]
)
def test_too_little_decides_nothing(text: str) -> None:
    assert detect(text) is None


def test_what_is_declared_and_not_contradicted_stands() -> None:
    assert read(page(attributes="lang='de-AT'"), TEXTS["de"]) == ("de", "html lang")
    assert read(page(attributes="lang='nb-NO'")) == ("no", "html lang")
    assert read(page(head=json_ld('{"@type": "Article", "inLanguage": "fr"}'))) == (
        "fr",
        "json-ld inLanguage",
    )


def test_a_plain_contradiction_is_decided_by_the_text_and_recorded() -> None:
    assert read(page(attributes="lang='en'"), TEXTS["de"]) == ("de", "detected (html lang says en)")


def test_without_a_text_the_pages_paragraphs_are_looked_at() -> None:
    assert read(page(f"<p>{TEXTS['es']}</p>")) == ("es", "detected")


def test_nothing_is_known_of_an_empty_page() -> None:
    assert read(page()) == (None, None)
