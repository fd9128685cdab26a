"""URLs as browsers read them, and the ones that can't be asked for."""

import pytest
from ada_url import join_url, normalize_url
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.http.url import IGNORED_SCHEMES, LONGEST, Url, parse, registrable_domain, split
from crawler.model.exchange import MESSAGE_LIMIT, Failure

READ_AS = {
    "https://example.org": "https://example.org/",
    "HTTPS://EXAMPLE.ORG/Path": "https://example.org/Path",
    "  https://example.org/ \n": "https://example.org/",
    "ht\ntps://exa\tmple.org/a\r\nb": "https://example.org/ab",
    "https:/example.org/a": "https://example.org/a",
    "https:example.org/a": "https://example.org/a",
    "https:////example.org/a": "https://example.org/a",
    "http:\\\\example.org\\a\\b": "http://example.org/a/b",
    "https://example.org/a b?c d": "https://example.org/a%20b?c%20d",
    "https://example.org/ü/€?ü": "https://example.org/%C3%BC/%E2%82%AC?%C3%BC",
    "https://example.org/%7Euser/%c3%bc": "https://example.org/%7Euser/%c3%bc",
    "https://ex%61mple.org/": "https://example.org/",
    "https://example.org/a/../b/./c/%2e%2E/d": "https://example.org/b/d",
    "https://example.org/../../etc": "https://example.org/etc",
    "https://example.org:443/": "https://example.org/",
    "http://example.org:0080/": "http://example.org/",
    "http://example.org:443/": "http://example.org:443/",
    "https://bücher.example/": "https://xn--bcher-kva.example/",
    "https://BÜCHER.example/": "https://xn--bcher-kva.example/",
    "https://faß.example/": "https://xn--fa-hia.example/",
    "https://ｅｘａｍｐｌｅ．ｏｒｇ/": "https://example.org/",
    "https://example。org/": "https://example.org/",
    "https://my_host.example.org/": "https://my_host.example.org/",
    "https://example.org./": "https://example.org./",
    "http://localhost:8000/x": "http://localhost:8000/x",
    "http://intranet": "http://intranet/",
    "https://example.org/?": "https://example.org/?",
    "https://example.org/a#b": "https://example.org/a",
    "https://@example.org/": "https://example.org/",
    "https://example.org/a@b": "https://example.org/a@b",
    "http://[2001:DB8::1]/": "http://[2001:db8::1]/",
}


@pytest.mark.parametrize(("text", "href"), READ_AS.items())
def test_reads_what_browsers_read(text: str, href: str) -> None:
    url = parse(text)
    assert isinstance(url, Url)
    assert url.href == href


@pytest.mark.parametrize(
    ("text", "host", "port", "origin", "fragment"),
    [
        ("https://example.org/a#b", "example.org", 443, "https://example.org", "b"),
        ("http://example.org/a#", "example.org", 80, "http://example.org", None),
        ("http://example.org:8080/#ü", "example.org", 8080, "http://example.org:8080", "%C3%BC"),
        ("https://[::1]/", "::1", 443, "https://[::1]", None),
        ("https://[::1]:8443/?q#f", "::1", 8443, "https://[::1]:8443", "f"),
        ("https://bücher.example/", "xn--bcher-kva.example", 443, "https://xn--bcher-kva.example", None),
    ],
)
def test_parts(text: str, host: str, port: int, origin: str, fragment: str | None) -> None:
    url = parse(text)
    assert isinstance(url, Url)
    assert (url.host, url.port, url.origin, url.fragment) == (host, port, origin, fragment)
    assert url.scheme == origin.partition(":")[0]


def test_path_and_query() -> None:
    url = parse("https://example.org:8443/a/b?c=d/?e#f")
    assert isinstance(url, Url)
    assert (url.path, url.query) == ("/a/b", "c=d/?e")


JOINED = {
    "b": "https://example.org/x/b",
    "/b": "https://example.org/b",
    "../b": "https://example.org/b",
    "?b": "https://example.org/x/y?b",
    "": "https://example.org/x/y?z",
    "#b": "https://example.org/x/y?z",
    "//example.net/b": "https://example.net/b",
    "\\\\example.net\\b": "https://example.net/b",
    "http://example.net": "http://example.net/",
    " /b\t": "https://example.org/b",
    "https:/b": "https://example.org/b",
}
"""RFC 3986, section 5.2, as browsers do it."""


@pytest.mark.parametrize(("reference", "href"), JOINED.items())
def test_joins_to_a_base(reference: str, href: str) -> None:
    url = parse(reference, "https://example.org/x/y?z")
    assert isinstance(url, Url)
    assert url.href == href


REFUSED = [
    ("", "url-malformed", "empty"),
    (" \t\n", "url-malformed", "empty"),
    ("example.org/a", "url-malformed", "no scheme"),
    ("www.example.org", "url-malformed", "no scheme"),
    ("//example.org/a", "url-malformed", "no scheme"),
    ("/a/b", "url-malformed", "no scheme"),
    ("example.org:8080/a", "url-malformed", "no scheme"),
    ("localhost:8080", "url-malformed", "no scheme"),
    ("https://", "url-malformed", "host is missing"),
    ("https:", "url-malformed", "host is missing"),
    ("https://:80/", "url-malformed", "host is missing"),
    ("https://exa mple.org/", "url-malformed", "a space in the host name `exa mple.org`"),
    ("https:\n//exa mple.org/", "url-malformed", "a space in the host name"),
    ("https://exa<mple.org/", "url-malformed", "`<` can't stand in a host name"),
    ("https://exa%00mple.org/", "url-malformed", "`%` can't stand in a host name"),
    ("https://\u202eexample.org/", "url-malformed", "`\\u202eexample.org` can't be understood"),
    ("https://example.org:99999/", "url-malformed", "the port `99999`"),
    ("https://example.org:http/", "url-malformed", "the port `http`"),
    ("https://example.org:0/", "url-malformed", "port 0"),
    ("https://256.1.1.1/", "url-malformed", "`256.1.1.1` is no IPv4 address"),
    ("https://1.2.3.4.5/", "url-malformed", "is no IPv4 address"),
    ("https://[::1/", "url-malformed", "no IPv6 address"),
    ("https://[fe80::1%25eth0]/", "url-malformed", "no IPv6 address"),
    ("https://example..org/", "url-malformed", "an empty part between its dots"),
    ("https://./", "url-malformed", "an empty part between its dots"),
    (f"https://{'a' * 64}.org/", "url-malformed", "longer than 63"),
    (f"https://{'a.' * 127}org/", "url-malformed", "longer than 253"),
    ("https://example.org/\ud800", "url-malformed", "surrogate"),
    (f"https://example.org/{'a' * LONGEST}", "url-malformed", "longer than 8,000"),
    (f"https://example.org/{'ü' * (LONGEST // 2)}", "url-malformed", "longer than 8,000 characters once encoded"),
    ("ftp://example.org/a", "scheme-unsupported", "`ftp:`"),
    ("file:///etc/passwd", "scheme-unsupported", "`file:`"),
    ("ws://example.org/", "scheme-unsupported", "`ws:`"),
    ("htps://example.org/", "scheme-unsupported", "`htps:`"),
    ("x" * 99 + "://example.org/", "scheme-unsupported", "…"),
    ("mailto:someone@example.org", "scheme-ignored", "`mailto:`"),
    ("TEL:+49-30-1", "scheme-ignored", "`tel:`"),
    ("tel:112", "scheme-ignored", "`tel:`"),
    ("javascript:void(0)", "scheme-ignored", "`javascript:`"),
    ("data:text/plain,hello", "scheme-ignored", "`data:`"),
    (f" Data:image/png;base64,{'A' * 100_000}", "scheme-ignored", "`data:`"),
    ("about:blank", "scheme-ignored", "`about:`"),
    ("https://user:secret@example.org/", "url-credentials", "before the @"),
    ("https://user@example.org/", "url-credentials", "before the @"),
    ("https://example.com:pw@example.org:8443/", "url-credentials", "before the @"),
]


@pytest.mark.parametrize(("text", "reason", "words"), REFUSED, ids=[f"{text:.40}" for text, _, _ in REFUSED])
def test_refuses_with_a_reason(text: str, reason: str, words: str) -> None:
    failure = parse(text)
    assert isinstance(failure, Failure)
    assert failure.reason == reason
    assert words in failure.message


def test_a_password_is_never_repeated() -> None:
    failure = parse("https://user:secret@example.org/")
    assert isinstance(failure, Failure)
    assert "secret" not in failure.message


def test_a_reference_may_fail_as_well() -> None:
    failure = parse("//exa mple.org/", "https://example.org/")
    assert isinstance(failure, Failure)
    assert failure == Failure("url-malformed", "a space in the host name `exa mple.org`")


@pytest.mark.parametrize("scheme", sorted(IGNORED_SCHEMES))
def test_every_ignored_scheme_is_ignored(scheme: str) -> None:
    failure = parse(f"{scheme}:something")
    assert isinstance(failure, Failure)
    assert failure.reason == "scheme-ignored"


PIECES = st.sampled_from(
    [*"hH:/\\@#?.[]%0 \tüß€\ud800\u202e。", "http", "https:", "//", "example.org", "xn--", "::1", "1.2", ":80", "../"]
)


HOSTS = st.text("ab0129x.-", min_size=1, max_size=9) | st.sampled_from(["xn--a.b", "a.xn--b", "xn--bcher-kva.b"])
TAILS = st.text("ab./%2eE?#:@&'|^[]0", max_size=9) | st.sampled_from([":80/", ":443/", ":8080/", ":0/", ":65536/"])


@settings(deadline=None)
@given(st.sampled_from(["http://", "https://"]), HOSTS, st.sampled_from(["/", ":8/", ":80/", ":443/", ""]), TAILS)
@example("http://", "1.2.3.4.", "/", "")
@example("http://", "a.b", "/", "a/%2E./b")
def test_what_is_taken_as_it_is_was_in_standard_form(scheme: str, host: str, port: str, tail: str) -> None:
    text = scheme + host + port + tail
    url = parse(text)
    try:
        href, _, fragment = normalize_url(text).partition("#")
    except ValueError:
        assert isinstance(url, Failure)
        return
    assert isinstance(url, Failure) or (url.href, url.fragment) == (href, fragment or None)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda p: "https://" + "".join(p))))
def test_any_text_is_a_url_or_a_failure(text: str) -> None:
    url = parse(text)
    if isinstance(url, Failure):
        assert url.reason in {"url-malformed", "scheme-unsupported", "scheme-ignored", "url-credentials"}
        assert 0 < len(url.message) <= MESSAGE_LIMIT
        assert url.message.isprintable()
        return
    again = parse(url.href)
    assert isinstance(again, Url)
    assert (again.href, again.scheme, again.host, again.port, again.origin, again.fragment) == (
        url.href,
        url.scheme,
        url.host,
        url.port,
        url.origin,
        None,
    ), "parsing again changes nothing"
    assert url.href.startswith(f"{url.origin}/")
    assert url.href.isascii()
    assert "#" not in url.href
    assert 0 < url.port < 65536


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.rt.com", "rt.com"),
        ("rt.com", "rt.com"),
        ("rt.com.", "rt.com"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("co.uk", None),
        ("someone.github.io", "someone.github.io"),
        ("github.io", None),
        ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("localhost", None),
        ("203.0.113.7", None),
        ("2001:db8::7", None),
    ],
)
def test_registrable_domain(host: str, domain: str | None) -> None:
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("text", "site"),
    [("https://www.rt.com/", "rt.com"), ("http://203.0.113.7:80/", "203.0.113.7"), ("http://localhost/", "localhost")],
)
def test_site(text: str, site: str) -> None:
    url = parse(text)
    assert isinstance(url, Url)
    assert url.site == site


NAMES = [
    "a.example",
    "a-.b--c.example",
    "192.0.2.1",
    "01.2.3.4",
    "1.2.3.256",
    "1.2.3",
    "a.0x7f",
    "xn--a.example",
    "A.example",
]
ODD = [
    ".",
    "..",
    "/",
    "%2e",
    "%2E",
    "%",
    "?",
    "&=",
    "\\",
    "'",
    "_a",
    "-",
    "a",
    "é",
    "|",
    "[",
    "^",
    "{",
    "~",
    "@",
    ":80",
    " ",
    "\t",
]


@given(
    st.sampled_from(["http://", "https://", "HTTP://", "http:/"]),
    st.sampled_from(NAMES),
    st.sampled_from(["", ":80", ":443", ":8080", ":080", ":99999", ":"]),
    st.lists(st.sampled_from(ODD), max_size=6).map("".join),
)
def test_what_looks_right_is_what_the_standard_makes_of_it(scheme: str, host: str, port: str, rest: str) -> None:
    text = f"{scheme}{host}{port}/{rest}"
    try:
        expected = split(normalize_url(text))
    except ValueError:
        expected = None
    found = parse(text)
    assert found == expected or (expected is None and isinstance(found, Failure))


@given(
    st.sampled_from(["http://", "https://", "HTTP://", "http:/", "http:", " https://", "//", "/"]),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(ODD), max_size=6).map("".join),
    st.sampled_from(["http://example.com/a/b?c", "https://example.com/a/b?c"]),
)
def test_what_is_relative_is_what_the_standard_makes_of_it(scheme: str, host: str, rest: str, base: str) -> None:
    text = f"{scheme}{host}/{rest}"
    try:
        expected = split(join_url(base, text))
    except ValueError:
        expected = None
    found = parse(text, base)
    assert found == expected or (expected is None and isinstance(found, Failure))
