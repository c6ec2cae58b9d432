"""What must be off is off, as Scrapy itself understands the settings."""

import pytest
from scrapy.settings import Settings

from crawler.run import Network, project_settings
from crawler.settings import user_agent


@pytest.fixture
def settings() -> Settings:
    return project_settings({})


@pytest.mark.parametrize("scheme", ["data", "file", "ftp", "s3"])
def test_only_http_and_https_have_a_handler(settings: Settings, scheme: str) -> None:
    assert settings.getwithbase("DOWNLOAD_HANDLERS")[scheme] is None


@pytest.mark.parametrize("name", ["TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED"])
def test_nothing_listens_for_commands(settings: Settings, name: str) -> None:
    assert settings.getbool(name) is False


def test_manners_and_certificates_are_on(settings: Settings) -> None:
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert not settings.getbool("BACKFILE_ALLOW_PRIVATE")
    assert settings.getfloat("DOWNLOAD_DELAY") >= 1
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") == 0
    assert 0 < settings.getint("DOWNLOAD_MAXSIZE") <= 64 * 1024 * 1024


def test_we_say_who_we_are_and_how_to_reach_our_user() -> None:
    assert user_agent(None).startswith("Backfile/")
    assert user_agent("mailto:me@cells.example").endswith("(+mailto:me@cells.example)")
    told = project_settings(Network(contact="mailto:me@cells.example").settings())
    assert "mailto:me@cells.example" in told["USER_AGENT"]
