"""`crawler inspect` from the outside: what a person and a program are shown of one URL."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Crawl
from tests.cli.seed import page, picture
from tests.cli.test_check import VERDICTS
from tests.web import Answer, Certificate, Door, Reset, Web, redirect

ESCAPE = "\x1b]0;owned\x07"


@pytest.fixture
def inspect(crawl: Crawl, web: Web) -> Crawl:
    """Run `crawler inspect` inside the little web."""

    def run(*arguments: str | Path) -> Any:
        there = [option for override in web.connect_to for option in ("--connect-to", override)]
        return crawl("inspect", "--cacert", web.cacert, *there, "--retries", "0", *arguments)

    return run


def test_a_person_sees_the_verdict_the_way_and_the_rules(inspect: Crawl, web: Web) -> None:
    news = web.host("news.example")
    old = news.on("/old", Answer(301, b"moved", (("Location", "/new"), ("Server", "nginx"), ("X-Cache", "HIT"))))
    new = news.on("/new", page("A story — News", news.https("/new"), news.https("/new/amp")))
    ran = inspect(old)
    assert ran.code == 0
    assert ran.err == ""
    verdict, way, read, rules = ran.out.split("\n\n")
    assert verdict.splitlines() == [
        f"{old}  as web",
        f"moved  permanent-redirect  warning: moved for good to {new}",
        "The link works, and every server on the way said that the page has moved for good (301, 308).",
        f"→ {new}  redirect, safe to write unasked",
    ]
    first, second = f"  1  301  {old}", f"  2  200  {new}"
    lines = way.splitlines()
    assert [line for line in lines if not line.startswith(" " * 9)] == ["Way", first, second]
    between = lines[lines.index(first) + 1 : lines.index(second)]
    assert f"HTTP/1.1 from 127.0.0.1:{web.port}, 5 bytes in " in between[0]
    assert [line.strip() for line in between[1:]] == [
        "location: /new",
        "content-type: text/html; charset=utf-8",
        "server: nginx",
        "… and 2 more, shown with -v",
    ]
    shown = [line.split(maxsplit=1) for line in read.splitlines()]
    assert ["title", "A story — News"] in shown
    assert ["canonical", news.https("/new")] in shown
    assert ["amphtml", news.https("/new/amp")] in shown
    assert "  requests          2 requests in 0." in read
    assert "domain-changed (news.example)" in rules
    assert rules.splitlines()[-1].startswith("  not asked         title-drift,")


def test_all_fields_are_shown_when_asked_for(inspect: Crawl, web: Web) -> None:
    url = web.host("news.example").on("/a", Answer(200, b"", (("X-Odd", "y" * 400), ("X-Even", "z"))))
    assert "x-odd" not in inspect(url).out
    out = inspect(url, "-v").out
    assert f"x-odd: {'y' * 400}\n" in out
    assert "content-length: 0\n" in out
    assert "more" not in out
    assert "image-size-unknown (needs the role image)" in out
    assert "title-drift (needs the article's title)" in out


def test_an_answer_of_a_thousand_fields_fits_on_a_screen_or_five(inspect: Crawl, web: Web) -> None:
    cookies = tuple(("Set-Cookie", f"c{n}={'x' * 20}; Path=/{n}") for n in range(1_000))
    url = web.host("news.example").on("/a", Answer(200, b"", cookies))
    assert len(inspect(url).out.splitlines()) < 40
    out = inspect(url, "-v").out
    assert len(out.splitlines()) < 260
    assert "… and 801 more\n" in out


def test_nothing_that_a_server_says_reaches_the_terminal_as_it_is(inspect: Crawl, web: Web) -> None:
    host = web.host("news.example")
    title = f"<title>Hello {ESCAPE}</title><link rel=canonical href='https://news.example/{ESCAPE}'>"
    host.on("/hostile", Answer(200, title.encode(), (("Server", f"a{ESCAPE}"), ("X-\u202e", ESCAPE))))
    for arguments in (("-v",), (), ("--json",), ("--role", "image"), ("--role", "amp")):
        out = inspect(host.https("/hostile"), *arguments).out
        assert "owned" in out
        assert out.replace("\n", "").isprintable()


def test_a_doubt_is_shown_with_the_sibling_that_settled_it(inspect: Crawl, web: Web) -> None:
    host = web.host("news.example")
    host.otherwise = page("Page not found")
    ran = inspect(host.https("/2021/05/a-long-story"), "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["verdict"], found["reason"]) == (1, "broken", "soft-404")
    assert [(one["hop"], one["status"]) for one in found["exchanges"]] == [(1, 200), (None, 200)]
    assert found["exchanges"][1]["url"].startswith("https://news.example/2021/05/")
    assert found["evidence"]["reason"] == "soft-404"
    out = inspect(host.https("/2021/05/a-long-story")).out
    assert "(asked besides: no such page should exist)" in out
    assert all(f"  soft-404          {words}\n" in out for words in found["evidence"]["words"])


def test_a_wall_is_shown_with_the_field_that_it_is_known_by(inspect: Crawl, web: Web) -> None:
    url = web.host("news.example").on("/a", Answer(403, b"", (("cf-mitigated", "challenge"), ("X-Other", "1"))))
    ran = inspect(url)
    assert ran.code == 0
    assert "blocked  bot-wall  info: " in ran.out
    assert "cf-mitigated: challenge" in ran.out
    assert "  bot-wall          Cloudflare challenges browsers (field cf-mitigated)" in ran.out


def test_every_try_is_shown(inspect: Crawl, web: Web) -> None:
    host = web.host("news.example")
    url = host.on("/a", [Answer(503, b"", (("Retry-After", "0"),)), redirect("/b", 302)])
    host.script("/b", Reset())
    found = json.loads(inspect(url, "--json", "--retries", "1", "--level", "connection-reset=error").out)
    tries = [(one["hop"], one["again"], one["status"]) for one in found["exchanges"]]
    assert tries == [(1, False, 503), (1, True, 302), (2, False, None)]
    assert found["exchanges"][2]["failure"]["reason"] == found["failure"]["reason"] == "connection-reset"
    assert found["attempts"] == 3


@pytest.mark.parametrize(
    ("role", "behaviour", "reason", "said"),
    [
        ("web", page("A page"), "ok", []),
        ("image", page("A page"), "image-not-image", []),
        ("image", picture(640, 480), "ok", []),
        ("image", picture(1, 1), "ok", ["image-placeholder"]),
        ("amp", page("A page", "https://news.example/", amp=True), "ok", []),
        ("amp", page("A page", amp=True), "ok", ["amp-canonical-missing"]),
        ("amp", page("A page"), "ok", ["amp-not-amp"]),
        ("amp-cache", page("A page", amp=True), "ok", []),
        ("web", redirect("https://other.example/a", 302), "temporary-redirect", ["domain-changed"]),
    ],
)
def test_the_role_decides(inspect: Crawl, web: Web, role: str, behaviour: Answer, reason: str, said: list[str]) -> None:
    web.host("other.example").page("/a")
    found = json.loads(inspect(web.host("news.example").on("/a", behaviour), "--role", role, "--json").out)
    assert (found["role"], found["reason"]) == (role, reason)
    assert [rule["code"] for rule in found["rules"] if rule["said"]] == said
    assert said == [one["code"] for one in found["findings"] if one["code"] != reason]


def test_what_a_rule_said_is_shown_with_what_it_saw(inspect: Crawl, web: Web) -> None:
    url = web.host("news.example").redirect("/a", web.host("other.example").page("/a"))
    out = inspect(url).out
    said = out[out.index("  domain-changed") :].splitlines()
    assert said[0].startswith("  domain-changed  warning: moved for good from news.example to another site")
    assert said[1].split() == ["it", "saw", "news.example", "→", "other.example"]
    out = inspect(url, "--level", "domain-changed=off").out
    assert "  domain-changed  off: moved for good" in out
    assert "  domain-changed  info: moved" in inspect(url, "--level", "domain-changed=info").out


def test_an_exempt_finding_is_said_to_be_kept_back(inspect: Crawl, web: Web, elsewhere: Path) -> None:
    url = web.host("news.example").redirect("/a", web.host("other.example").page("/a"))
    (elsewhere / "config.yaml").write_text("rules: {exempt: [{url: news.example, reason: known}]}\n")
    ran = inspect(url, "--fail-on", "warning")
    assert ran.code == 0
    assert "(kept back: exempt, or told by a rule that says more)" in ran.out


@pytest.mark.parametrize("path", VERDICTS)
def test_the_verdict_is_that_of_a_check(inspect: Crawl, web: Web, path: str) -> None:
    host = web.host("news.example")
    urls = {one: host.on(one, behaviour) for one, (behaviour, _, _) in VERDICTS.items()}
    _, verdict, reason = VERDICTS[path]
    ran = inspect(urls[path], "--json", "--timeout", "0.5")
    found = json.loads(ran.out)
    assert (found["verdict"], found["reason"]) == (verdict, reason)
    assert ran.code == (verdict in ("broken", "invalid"))
    assert [seen.target for seen in host.seen if seen.target == "/robots.txt"] == []


@pytest.mark.parametrize(
    ("url", "reason", "code"),
    [
        ("https//news.example/a", "url-malformed", 1),
        ("news/a.md", "url-malformed", 1),
        ("", "url-malformed", 1),
        ("ftp://news.example/a", "scheme-unsupported", 1),
        ("https://me:secret@news.example/", "url-credentials", 1),
        ("mailto:desk@news.example", "scheme-ignored", 0),
        ("http://[::1]/", "address-forbidden", 1),
        ("http://2130706433/", "address-forbidden", 1),
        ("http://localhost/", "address-forbidden", 1),
        ("https://news.example/\udcff", "url-malformed", 1),
    ],
)
def test_what_can_not_be_asked_for_is_shown_with_the_reason(
    crawl: Crawl, web: Web, url: str, reason: str, code: int
) -> None:
    there = ("--cacert", web.cacert, "--connect-to", f"news.example:443:127.0.0.1:{web.port}")
    ran = crawl("inspect", url, *there)
    assert ran.code == code
    assert f"  {reason}  " in ran.out
    assert "nothing was asked for" in ran.out
    found = json.loads(crawl("inspect", url, *there, "--json").out)
    assert (found["reason"], found["hops"], found["exchanges"]) == (reason, [], [])
    assert web.connections == 0


@pytest.mark.parametrize("to", ["http://127.0.0.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://a.localhost/"])
def test_no_private_address_is_reached_by_a_redirect(crawl: Crawl, web: Web, to: str) -> None:
    url = web.host("news.example").redirect("/a", to.format(port=web.port), 302)
    there = ("--cacert", web.cacert, "--connect-to", f"news.example:443:127.0.0.1:{web.port}")
    ran = crawl("inspect", url, *there)
    assert ran.code == 1
    assert "  address-forbidden  error: " in ran.out
    assert [seen.target for seen in web.seen] == ["/a"]


def test_a_private_address_is_reached_once_it_is_allowed(crawl: Crawl, web: Web) -> None:
    url = f"http://127.0.0.1:{web.port}/"
    web.host("127.0.0.1").page("/")
    assert "  address-forbidden  " in crawl("inspect", url).out
    assert web.connections == 0
    ran = crawl("inspect", url, "--allow-address", "127.0.0.1")
    assert ran.code == 0
    assert "alive  ok  200 OK" in ran.out


def test_robots_txt_is_not_asked_for(inspect: Crawl, web: Web) -> None:
    host = web.host("news.example")
    host.page("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert inspect(host.page("/a")).code == 0
    assert [seen.target for seen in web.seen] == ["/a"]


KEYS = [
    *("url", "role", "verdict", "reason", "status", "final_url", "hops", "replacement", "metadata", "checked_at"),
    *("elapsed_ms", "attempts", "from_store", "occurrences", "change"),  # up to here as a member of the report's `urls`
    *("level", "message", "explanation", "reference", "failure", "evidence", "certificate_ends", "retry_after"),
    *("copy_of", "exchanges", "rules", "findings"),
]
EXCHANGE = [
    *("hop", "again", "url", "method", "sent", "status", "fields", "bytes", "complete", "failure", "http_version"),
    *("address", "certificate_ends", "elapsed_ms"),
]


def test_the_object_has_the_same_keys_whatever_came_of_it(inspect: Crawl, web: Web) -> None:
    host = web.host("news.example")
    web.host("expired.example", Certificate.EXPIRED)
    web.host("dead.example", door=Door.REFUSED)
    host.otherwise = page("Page not found")
    urls = [
        host.page("/a"),
        host.redirect("/b", "/a"),
        host.https("/c"),
        "https://expired.example/",
        "https://dead.example/",
        "nothing at all",
        "https://news.example/\ud800",
    ]
    for url in urls:
        ran = inspect(url, "--json")
        found = json.loads(ran.out)
        assert list(found) == KEYS
        assert [list(one) for one in found["exchanges"]] == [EXCHANGE] * len(found["exchanges"])
        assert ran.out.isascii()
        json.dumps(found, ensure_ascii=False).encode()  # no lone surrogate, which strict readers refuse


def test_fields_stand_in_the_object_in_the_order_they_came(inspect: Crawl, web: Web) -> None:
    fields = (("Set-Cookie", "a=1"), ("Location", "/a"), ("Set-Cookie", "b=2"), ("X-Latin", "Café".encode("latin-1")))
    url = web.host("news.example").on("/a", Answer(302, b"", fields))
    found = json.loads(inspect(url, "--json").out)
    assert found["exchanges"][0]["fields"][:4] == [
        ["set-cookie", "a=1"],
        ["location", "/a"],
        ["set-cookie", "b=2"],
        ["x-latin", "Café"],
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--level", "http-404=warning"), 0),
        (("--level", "http-404=warning", "--fail-on", "warning"), 1),
        (("--level", "http-404=off", "--fail-on", "info"), 0),
    ],
)
def test_exit_codes_are_those_of_a_check(inspect: Crawl, web: Web, arguments: tuple[str, ...], code: int) -> None:
    assert inspect(web.host("news.example").https("/gone"), *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "URL"),
        (("https://a.example/", "https://b.example/"), "https://b.example/"),
        (("https://a.example/", "--role", "video"), "video"),
        (("https://a.example/", "--level", "nonsense=error"), "nonsense"),
        (("https://a.example/", "--connect-to", "nonsense"), "nonsense"),
        (("https://a.example/", "--allow-address", "300.1.1.1/8"), "300.1.1.1/8"),
        (("https://a.example/", "--cacert", "missing.pem"), "missing.pem"),
        (("https://a.example/", "-c", "missing.yaml"), "missing.yaml"),
    ],
)
def test_what_makes_no_sense_is_said_and_exits_with_2(crawl: Crawl, arguments: tuple[str, ...], words: str) -> None:
    ran = crawl("inspect", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err
