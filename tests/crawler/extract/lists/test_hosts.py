from crawler.extract.lists.hosts import host_of, registrable, same_site


def test_registrable_domains() -> None:
    assert registrable("www.a.b.co.uk") == "b.co.uk"
    assert registrable("blog.abc.de") == "abc.de"
    assert registrable("news.tide.example") == "tide.example"


def test_hosts_of_one_site() -> None:
    assert same_site("blog.tide.example", "www.tide.example")
    assert not same_site("tide.example", "gloss.example")
    assert same_site("tide.example", None)


def test_a_malformed_address_has_no_host() -> None:
    assert host_of("https://[tide/") is None
    assert host_of(None) is None
