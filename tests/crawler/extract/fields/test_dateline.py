import pytest

from crawler.extract.fields.dateline import read_dateline


@pytest.mark.parametrize(
    ("text", "dateline", "agencies"),
    [
        ("WASHINGTON, Nov. 8 (Reuters) - The bridge", "WASHINGTON, Nov. 8 (Reuters)", ("Reuters",)),
        ("KYIV, Ukraine (AP) — The bridge", "KYIV, Ukraine (AP)", ("AP",)),
        ("Berlin (dpa) - Die Brücke", "Berlin (dpa)", ("dpa",)),
        ("Berlin/Paris (AFP/dpa) – Die Brücke", "Berlin/Paris (AFP/dpa)", ("AFP", "dpa")),
        ("LONDON — The bridge", "LONDON", ()),
        ("【北京共同】橋が閉鎖された", "【北京共同】", ("共同",)),
        ("新华社北京11月8日电 大桥关闭", "新华社北京11月8日电", ("新华社",)),
        ("(서울=연합뉴스) 다리가 닫힌다", "(서울=연합뉴스)", ("연합뉴스",)),
        ("［東京　8日　ロイター］ - 橋が", "［東京　8日　ロイター］", ("ロイター",)),
        ("（中央社記者王小明台北8日電）大橋", "（中央社記者王小明台北8日電）", ("中央社",)),
        ("(ANSA) - ROMA, 08 NOV - Il ponte", "(ANSA) - ROMA, 08 NOV", ("ANSA",)),
        ("London, 8 November 2024 – The bridge", "London, 8 November 2024", ()),
        ("Standfirst here.\n\nPARIS (Reuters) - The bridge", "PARIS (Reuters)", ("Reuters",)),
    ],
)
def test_a_dateline_is_read(text: str, dateline: str, agencies: tuple[str, ...]) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found.text, found.agencies) == (dateline, agencies)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "The bridge (built 1901) - a monument - closes",
        "The mayor (Labour) said so.",
        "Bridge closes - and nobody knows why",
        "BREAKING - the bridge closes",
        "Bridge, 8 metres - a record",
        "(We think) - BRIDGES - are fine",
        "I - for one - believe it",
    ],
)
def test_other_openings_are_none(text: str | None) -> None:
    assert read_dateline(text) is None
