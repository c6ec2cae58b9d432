"""What a crawl says of its sources at its end."""

from archive.health import Health, HealthState
from crawler.telling import health_lines, health_rows, is_any_broken
from tests.crawler.made import NOON


def health(state: HealthState) -> Health:
    return Health(state=state, since=NOON, reason="no \x1b[31mheadline any more")


def test_what_is_not_well_is_said_with_advice() -> None:
    judged = {
        1: health(HealthState.FEWER),
        2: health(HealthState.WELL),
        3: health(HealthState.FAILED),
        4: health(HealthState.QUIET),
    }
    lines = list(health_lines(judged, {1: "Cell news", 4: "Hill"}))
    assert lines[0] == "fewer       Cell news: no headline any more"
    assert "backfile headlines URL" in lines[1]
    assert lines[2].startswith("quiet       Hill: ")
    assert len(lines) == 4
    assert "\x1b" not in "".join(lines)


def test_broken_is_what_somebody_should_see_to() -> None:
    assert is_any_broken({1: health(HealthState.WELL), 2: health(HealthState.DEAD)})
    for state in (HealthState.QUIET, HealthState.FAILED, HealthState.NEW, HealthState.WELL):
        assert not is_any_broken({1: health(state)})


def test_json_has_every_source() -> None:
    rows = health_rows({1: health(HealthState.DEAD), 2: health(HealthState.WELL)})
    assert [(row["source_id"], row["state"], row["broken"]) for row in rows] == [
        (1, "dead", True),
        (2, "well", False),
    ]
    assert rows[0]["since"] == NOON.isoformat()
