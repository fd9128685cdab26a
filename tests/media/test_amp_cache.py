"""AMP cache URLs against the published vectors, what Google's cache was seen to do, and pairs from real records."""

import pytest
from ada_url import URL
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.amp_cache import CACHES, SERVINGS, CacheUrl, cache_url, origin_of, parse, prefix, same

PREFIXES = [
    # amp.dev, "AMP Cache URL Format and Request Handling", basic algorithm
    ("example.com", "example-com"),
    ("foo.example.com", "foo-example-com"),
    ("foo-example.com", "foo--example-com"),
    ("xn--57hw060o.com", "xn---com-p33b41770a"),
    ("en-us.example.com", "0-en--us-example-com-0"),
    # ampproject/amp-toolbox, packages/cache-url/spec
    ("something.com", "something-com"),
    ("hello--world.com", "hello----world-com"),
    ("xn--bcher-kva.ch", "xn--bcher-ch-65a"),
    ("xn--c1yn36f.com", "xn---com-k47jg78q"),
    ("xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c", "xn-------i5fvcbaopc6fkc0de0d9jybegt6cd"),
    (
        "hello.xn--4gbrim.xn----rmckbbajlc6dj7bxne2c.xn--wgbh1c",
        "a6h5moukddengbsjm77rvbosevwuduec2blkjva4223o4bgafgla",
    ),
    ("toplevelnohyphens", "qsgpfjzulvuaxb66z77vlhb5gu2irvcnyp6t67cz6tqo5ae6fysa"),
    ("no-dot-domain", "4lxc7wqq7b25walg4rdiil62veijrmqui5z3ept2lyfqqwpowryq"),
    (
        "itwasadarkandstormynight.therainfellintorrents.exceptatoccasionalintervalswhenitwascheckedby"
        ".aviolentgustofwindwhichsweptupthestreets.com",
        "dgz4cnrxufaulnwku4ow5biptyqnenjievjht56hd7wqinbdbteq",
    ),
    # A published implementation in Go, checked there against the calculator on amp.dev; IDNA 2003 and 2008 differ at ß
    ("xn--fa-hia.de", "xn--fa-de-mqa"),
    ("0" * 60 + ".com", "stejanx4hsijaoj4secyecy4nvqodk56kw72whwcmvdbtucibf5a"),
    ("0" * 59 + "a.com", "jdcvbsorpnc3hcjrhst56nfm6ymdpovlawdbm2efyxpvlt4cpbya"),
    # The limit is the label's: 63 octets are a label, 64 are none
    ("a" * 59 + ".com", "a" * 59 + "-com"),
    ("en-" + "a" * 51 + ".com", "0-en--" + "a" * 51 + "-com-0"),
    ("127.0.0.1", "127-0-0-1"),
]


@pytest.mark.parametrize(("host", "label"), PREFIXES)
def test_prefix(host: str, label: str) -> None:
    assert prefix(host) == label
    assert len(label) <= 63


def test_a_label_made_too_long_by_its_guard_is_hashed() -> None:
    assert len(prefix("en-" + "a" * 53 + ".com")) == 52


RECORDS = [
    (
        "https://www.infoworld.com/article/3617869/microsoft-fleshes-out-power-apps.amp.html",
        "https://www-infoworld-com.cdn.ampproject.org/c/s/www.infoworld.com/article/3617869/microsoft-fleshes-out-power-apps.amp.html",
    ),
    (
        "https://www.rt.com/news/527183-eu-privacy-surveillance-ban/amp/",
        "https://www-rt-com.cdn.ampproject.org/c/s/www.rt.com/news/527183-eu-privacy-surveillance-ban/amp/",
    ),
    (
        "https://www.cpomagazine.com/data-privacy/eu-privacy-watchdogs-seek-ai-biometrics-and-facial-recognition-ban-in-public-spaces/amp/",
        "https://www-cpomagazine-com.cdn.ampproject.org/c/s/www.cpomagazine.com/data-privacy/eu-privacy-watchdogs-seek-ai-biometrics-and-facial-recognition-ban-in-public-spaces/amp/",
    ),
    (
        "https://www.dqindia.com/microsoft-introduces-power-apps-ai-powered-assistance-create-apps-using-natural-language/amp/",
        "https://www-dqindia-com.cdn.ampproject.org/c/s/www.dqindia.com/microsoft-introduces-power-apps-ai-powered-assistance-create-apps-using-natural-language/amp/",
    ),
]
"""`ampWebUrl` and `cdnAmpWebUrl` of real records."""

DOCUMENTS = [
    *RECORDS,
    ("http://www.example.com/index.html", "https://www-example-com.cdn.ampproject.org/c/www.example.com/index.html"),
    (
        "https://example.com/g?value=Hello%20World",
        "https://example-com.cdn.ampproject.org/c/s/example.com/g?value=Hello%20World",
    ),
    (
        "http://example.com/my%2Fpath?a=1#part",
        "https://example-com.cdn.ampproject.org/c/example.com/my%2Fpath?a=1#part",
    ),
    ("https://example.com", "https://example-com.cdn.ampproject.org/c/s/example.com/"),
    ("HTTPS://EXAMPLE.com:443/A", "https://example-com.cdn.ampproject.org/c/s/example.com/A"),
    ("https://點看.com/a", "https://xn---com-k47jg78q.cdn.ampproject.org/c/s/xn--c1yn36f.com/a"),
    # A port stays in the path and out of the label (ampproject/amphtml, issue 37058)
    ("https://api.energate.de:81/a", "https://api-energate-de.cdn.ampproject.org/c/s/api.energate.de:81/a"),
    ("http://s/c/s/", "https://{}.cdn.ampproject.org/c/s/c/s/".format(prefix("s"))),
]


@pytest.mark.parametrize(("url", "cached"), DOCUMENTS)
def test_cache_url(url: str, cached: str) -> None:
    assert cache_url(url) == cached


@pytest.mark.parametrize(("url", "cached"), DOCUMENTS[:-1])
def test_origin_of(url: str, cached: str) -> None:
    assert origin_of(cached) == URL(url).href


def test_other_servings_and_caches() -> None:
    assert cache_url("https://example.com/a", serving="v") == "https://example-com.cdn.ampproject.org/v/s/example.com/a"
    assert (
        cache_url("http://example.com/a.png", serving="i")
        == "https://example-com.cdn.ampproject.org/i/example.com/a.png"
    )
    assert (
        cache_url("https://example.com/a", cache="bing-amp.com") == "https://example-com.bing-amp.com/c/s/example.com/a"
    )


@pytest.mark.parametrize(
    "url", ["", "example.com/a", "ftp://example.com/", "mailto:a@b.c", "https://[::1]/", "https://u:p@example.com/"]
)
def test_what_no_cache_serves(url: str) -> None:
    assert cache_url(url) is None


G = "cdn.ampproject.org"
READ = [
    (f"https://www-rt-com.{G}/v/s/www.rt.com/news/amp/", CacheUrl(G, "document", "https://www.rt.com/news/amp/")),
    (f"https://www-rt-com.{G}/wp/s/www.rt.com/news/amp/", CacheUrl(G, "document", "https://www.rt.com/news/amp/")),
    (f"https://www-rt-com.{G}/i/s/www.rt.com/a.png", CacheUrl(G, "image", "https://www.rt.com/a.png")),
    (f"https://www-rt-com.{G}/ii/w800/s/www.rt.com/a.png", CacheUrl(G, "image", "https://www.rt.com/a.png")),
    (f"https://www-rt-com.{G}/r/www.rt.com/a.woff2", CacheUrl(G, "resource", "http://www.rt.com/a.woff2")),
    (f"HTTPS://WWW-RT-COM.{G.upper()}/c/s/WWW.RT.com", CacheUrl(G, "document", "https://www.rt.com/")),
    (
        "https://www-rt-com.www.bing-amp.com/c/s/www.rt.com/",
        CacheUrl("www.bing-amp.com", "document", "https://www.rt.com/"),
    ),
    # before 2017: no label for the publisher
    (f"https://{G}/c/s/www.rt.com/news/amp/", CacheUrl(G, "document", "https://www.rt.com/news/amp/")),
    # before 2020: hashes that Google's cache was seen to use (amphtml, issue 26205; amp-by-example, issue 1214)
    (
        f"https://covfmowbjemnekovz6xlilc56old3te5kbdukxjd6ypb7buewh5a.{G}/c/s/en-us.example.com/a",
        CacheUrl(G, "document", "https://en-us.example.com/a"),
    ),
    (
        f"https://2lxpkiez55rzu2pt2kc33spxb3wf4g5sfqtlv7bhkfxxilekt2gq.{G}/c/s/it-trend.jp/amp/a",
        CacheUrl(G, "document", "https://it-trend.jp/amp/a"),
    ),
    # parameters of the cache and its viewer never reach the origin
    (
        f"https://www-rt-com.{G}/v/s/www.rt.com/amp/?amp_js_v=0.1&a=1&usqp=mq331AQA&amp_gsa=1&b&amp_latest_update_time=5#aoh=1",
        CacheUrl(G, "document", "https://www.rt.com/amp/?a=1&b#aoh=1"),
    ),
    (f"https://www-rt-com.{G}/v/s/www.rt.com/amp/?amp_js_v=a6", CacheUrl(G, "document", "https://www.rt.com/amp/")),
    (
        f"https://www-rt-com.{G}/c/s/www.rt.com/?amp=1&amp_run=2",
        CacheUrl(G, "document", "https://www.rt.com/?amp=1&amp_run=2"),
    ),
]


@pytest.mark.parametrize(("url", "expected"), READ)
def test_parse(url: str, expected: CacheUrl) -> None:
    assert parse(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://www.rt.com/news/amp/",
        "https://www.google.com/amp/s/www.rt.com/news/amp/",
        f"https://{G}/",
        f"https://{G}/v0.js",
        f"https://www-rt-com.{G}/c/s/",
        f"https://www-rt-com.{G}/c//www.rt.com/",
        f"https://www-rt-com.{G}/x/s/www.rt.com/",
        f"https://www-rt-com.{G}/c/s/www.example.com/",
        f"https://rt-com.{G}/c/s/www.rt.com/",
        f"https://a.www-rt-com.{G}/c/s/www.rt.com/",
        f"https://www-rt-com.{G}:8443/c/s/www.rt.com/",
        f"https://u@www-rt-com.{G}/c/s/www.rt.com/",
        f"https://www-rt-com.{G}/c/s/u@www.rt.com/",
        f"https://www-rt-com.{G}.example.com/c/s/www.rt.com/",
        f"ftp://www-rt-com.{G}/c/s/www.rt.com/",
    ],
)
def test_what_is_no_cache_url(url: str) -> None:
    assert parse(url) is None
    assert origin_of(url) is None


RT = f"https://www-rt-com.{G}/c/s/www.rt.com/a/amp/?q=1"
SAME = [
    RT,
    f"https://WWW-RT-COM.{G}/c/s/WWW.rt.com/a/amp/?q=1",
    f"http://www-rt-com.{G}/c/s/www.rt.com/a/amp/?q=1",
    f"https://www-rt-com.{G}/v/s/www.rt.com/a/amp/?q=1&usqp=x#top",
    f"https://www-rt-com.{G}/c/s/www.rt.com:443/%61/./amp/?q=1",
    f"https://{G}/c/s/www.rt.com/a/amp/?q=1",
    "https://www-rt-com.bing-amp.com/c/s/www.rt.com/a/amp/?q=1",
]
DIFFERENT = [
    f"https://www-rt-com.{G}/c/www.rt.com/a/amp/?q=1",
    f"https://www-rt-com.{G}/c/s/www.rt.com/a/amp?q=1",
    f"https://www-rt-com.{G}/c/s/www.rt.com/A/amp/?q=1",
    f"https://www-rt-com.{G}/c/s/www.rt.com/a/amp/?q=2",
    f"https://www-rt-com.{G}/c/s/www.rt.com/a/amp/",
    f"https://www-rt-com.{G}/c/s/www.rt.com/a%2Famp/?q=1",
    f"https://www-rt-com.{G}/i/s/www.rt.com/a/amp/?q=1",
    f"https://rt-com.{G}/c/s/rt.com/a/amp/?q=1",
    "https://www.rt.com/a/amp/?q=1",
    "",
]


@pytest.mark.parametrize("other", SAME)
def test_same(other: str) -> None:
    assert same(RT, other)
    assert same(other, RT)


@pytest.mark.parametrize("other", DIFFERENT)
def test_different(other: str) -> None:
    assert not same(RT, other)
    assert not same(other, RT)


def test_what_is_no_cache_url_is_the_same_as_nothing() -> None:
    assert not same("https://www.rt.com/", "https://www.rt.com/")


LABEL = st.text("abcxyz0189-éßλ點⚡العربية", min_size=1, max_size=20)
HOST = st.lists(LABEL, min_size=1, max_size=5).map(".".join)
REST = st.from_regex(r"(/[a-z0-9%~é.-]{0,6}){1,4}(\?[a-z]=[a-z&=+]{1,5})?(#[a-z]{1,3})?", fullmatch=True)


@given(st.sampled_from(["http", "https"]), HOST, st.sampled_from(["", ":8080"]), REST)
def test_origin_of_undoes_cache_url(scheme: str, host: str, port: str, rest: str) -> None:
    url = f"{scheme}://{host}{port}{rest}"
    cached = cache_url(url)
    if cached is not None and URL(url).hostname != "s":
        label = URL(cached).hostname.removesuffix(f".{G}")
        assert "." not in label
        assert 0 < len(label) <= 63
        assert origin_of(cached) == URL(url).href
        assert same(cached, cached)


@given(
    st.one_of(
        st.text(),
        st.builds("{}{}{}".format, st.sampled_from(["https://a-b.", "https://"]), st.sampled_from(CACHES), st.text()),
    )
)
def test_any_text_has_an_answer(text: str) -> None:
    found = parse(text)
    assert found is None or (found.cache in CACHES and found.serves in SERVINGS.values())
    assert cache_url(text) is None or str(cache_url(text)).startswith("https://")
    assert same(text, text) == (found is not None)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=70).map("xn--{}.com".format))
def test_any_punycode_has_a_label(host: str) -> None:
    assert 0 < len(prefix(host)) <= 63
