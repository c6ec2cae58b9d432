import pytest

from crawler.extract.fields.scriptdates import script_dates, titled_dates
from tests.crawler.extract.pages import page


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('{"publishedAt":"2024-11-08T10:15:00Z"}', [("2024-11-08T10:15:00Z", "publishedAt")]),
        ("pubdate = '20241108'", [("20241108", "pubdate")]),
        ('"{\\"publish_date\\":\\"2024-11-08\\"}"', [("2024-11-08", "publish_date")]),
        ('{"updatedAt":"2024-11-08"}', []),
        ('{"published":"soon"}', []),
    ],
)
def test_a_date_is_a_publications_by_its_name(script: str, found: list[tuple[str, str]]) -> None:
    assert list(script_dates(page(f"<script>{script}</script>").root)) == found


def test_metadata_is_no_programs_data() -> None:
    spoken = '<script type="application/ld+json">{"published":"2024-11-08"}</script>'
    assert list(script_dates(page(spoken).root)) == []


def test_the_object_that_bears_the_title_is_the_articles() -> None:
    data = (
        '{"story": {"headline": "Bridge closes", "publishedAt": "2024-11-08", "id": true},'
        '"more": [{"title": "Ferry sails", "publishedAt": "2024-11-09"}]}'
    )
    root = page(f"<script>{data}</script>").root
    assert list(titled_dates(root, "Bridge closes")) == [("2024-11-08", "publishedAt")]
    assert list(titled_dates(root, "Lock opens")) == []
    assert list(titled_dates(root, None)) == []
