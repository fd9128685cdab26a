"""`crawler check` from the outside: inputs, options, exit codes, and the report."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Crawl
from tests.web import Answer, Behaviour, Reset, Stall, Web, redirect


def record(folder: Path, text: str, name: str = "a.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_record_is_checked_at_file_line_column_and_field(check: Crawl, web: Web, elsewhere: Path) -> None:
    news = web.host("news.example")
    news.page("/alive")
    news.redirect("/old", "/alive")
    record(
        elsewhere,
        f'---\ntitle: A\noriginalUrl: "{news.https("/alive")}"\nwebUrl: "{news.https("/old")}"\n'
        f'related:\n  - title: B\n    webUrl: "{news.https("/gone")}"\n---\n',
    )
    ran = check("a.md")
    assert ran.code == 1
    assert ran.reasons() == {
        news.https("/alive"): "ok",
        news.https("/old"): "permanent-redirect",
        news.https("/gone"): "http-404",
    }
    moved, broken = ran.report["findings"]
    assert (moved["path"], moved["line"], moved["column"], moved["field"]) == ("a.md", 4, 10, "webUrl")
    assert moved["replacement"] == {"url": news.https("/alive"), "kind": "redirect", "safe": True}
    assert moved["end_column"] == 10 + len(news.https("/old"))
    assert (broken["code"], broken["level"], broken["field"]) == ("http-404", "error", "related[0].webUrl")
    assert ran.report["summary"]["records"] == 1
    assert ran.report["summary"]["links"] == 3
    assert ran.report["complete"] is True


def test_one_url_has_no_place(check: Crawl, web: Web) -> None:
    ran = check(web.host("news.example").https("/gone"))
    (finding,) = ran.report["findings"]
    assert [finding[key] for key in ("path", "field", "line", "column")] == [None] * 4


def test_each_url_is_fetched_once_however_many_records_name_it(check: Crawl, web: Web, elsewhere: Path) -> None:
    page = web.host("news.example").page("/a")
    for number in range(20):
        record(elsewhere, f'---\nwebUrl: "{page}"\noriginalUrl: "{page}#part{number}"\n---\n', f"records/{number}.md")
    ran = check("records")
    assert ran.code == 0
    assert ran.report["summary"]["links"] == 40
    assert len(ran.report["urls"]) == 1
    assert len(ran.report["urls"][0]["occurrences"]) == 40
    assert [seen.target for seen in web.host("news.example").seen] == ["/robots.txt", "/a"]


VERDICTS: dict[str, tuple[Behaviour, str, str]] = {
    "/ok": (Answer(), "alive", "ok"),
    "/empty": (Answer(204), "alive", "ok"),
    "/302": (redirect("/ok", 302), "alive", "temporary-redirect"),
    "/301": (redirect("/ok", 301), "moved", "permanent-redirect"),
    "/308": (redirect("/ok", 308), "moved", "permanent-redirect"),
    "/mixed": (redirect("/302", 301), "alive", "temporary-redirect"),
    "/404": (Answer(404), "broken", "http-404"),
    "/410": (Answer(410), "broken", "http-410"),
    "/400": (Answer(400), "broken", "http-4xx"),
    "/loop": (redirect("/loop", 302), "broken", "redirect-loop"),
    "/nowhere": (Answer(302), "broken", "redirect-invalid"),
    "/500": (Answer(500), "unreachable", "http-5xx"),
    "/503": (Answer(503), "unreachable", "http-5xx"),
    "/401": (Answer(401), "blocked", "http-401"),
    "/402": (Answer(402), "blocked", "http-402"),
    "/403": (Answer(403), "blocked", "http-403"),
    "/407": (Answer(407), "blocked", "http-407"),
    "/429": (Answer(429), "blocked", "http-429"),
    "/451": (Answer(451), "blocked", "http-451"),
    "/reset": ((Reset(),), "unreachable", "connection-reset"),
    "/stall": ((Stall(),), "unreachable", "timeout"),
}


def test_every_kind_of_answer_has_its_verdict(check: Crawl, web: Web, elsewhere: Path) -> None:
    host = web.host("news.example")
    urls = {host.on(path, behaviour): (verdict, reason) for path, (behaviour, verdict, reason) in VERDICTS.items()}
    urls |= {
        "https://user:pass@news.example/": ("invalid", "url-credentials"),
        "http://[::1]:x/": ("invalid", "url-malformed"),
        "gopher://news.example/": ("invalid", "scheme-unsupported"),
        "mailto:desk@news.example": ("skipped", "scheme-ignored"),
    }
    (elsewhere / "urls.txt").write_text("# all of them\n\n" + "\n".join(urls) + "\n")
    ran = check("urls.txt", "--timeout", "0.5", "--per-host", "30")
    found = {url["url"]: (url["verdict"], url["reason"]) for url in ran.report["urls"]}
    assert found == urls
    assert ran.code == 1


def test_two_runs_give_the_same_bytes_but_for_times(check: Crawl, web: Web, elsewhere: Path) -> None:
    host = web.host("news.example")
    calm = {path: behaviour for path, (behaviour, _, reason) in VERDICTS.items() if reason != "http-429"}
    lines = [host.on(f"{path}{n}", behaviour) for path, behaviour in calm.items() for n in range(3)]
    for number in range(5):
        record(elsewhere, "".join(f"[x]({line})\n" for line in lines[number::2]), f"records/{number}.md")

    def bare(report: dict[str, object]) -> str:
        def without_times(value: object) -> object:
            if isinstance(value, dict):
                times = ("started_at", "finished_at", "checked_at", "elapsed_ms")
                return {key: without_times(item) for key, item in value.items() if key not in times}
            return [without_times(item) for item in value] if isinstance(value, list) else value

        return json.dumps(without_times(report))

    options = ("--timeout", "0.5", "--per-host", "9", "--no-store")  # a second run knows more
    first, second = (check("records", *options).report for _ in range(2))
    assert bare(first) == bare(second)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "never"), 0),
        (("--level", "http-404=warning"), 0),
        (("--level", "http-404=warning", "--fail-on", "warning"), 1),
        (("--level", "http-404=off", "--fail-on", "info"), 0),
        (("--exclude", "/gone"), 0),
        (("--include", "nothing-like-it"), 0),
        (("--role", "image"), 0),
        (("--offline",), 0),
    ],
)
def test_exit_codes(check: Crawl, web: Web, arguments: tuple[str, ...], code: int) -> None:
    assert check(web.host("news.example").https("/gone"), *arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("missing.md",), "missing.md"),
        (("missing/*.md",), "missing/*.md"),
        (("empty",), "empty"),
        ((), "records/**/*.md"),
        (("https://a.example/", "--include", "("), "--include ("),
        (("https://a.example/", "--level", "nonsense=error"), "nonsense"),
        (("https://a.example/", "--level", "http-404"), "CODE=LEVEL"),
        (("https://a.example/", "--budget", "soon"), "soon"),
        (("https://a.example/", "--connect-to", "nonsense"), "nonsense"),
        (("https://a.example/", "--allow-address", "300.1.1.1/8"), "300.1.1.1/8"),
        (("https://a.example/", "--cacert", "missing.pem"), "missing.pem"),
        (("https://a.example/", "-c", "missing.yaml"), "missing.yaml"),
        (("https://a.example/", "-f", "pdf"), "pdf"),
        (("https://a.example/", "-f", "json"), "json"),
        (("https://a.example/", "--no-such-option"), "--no-such-option"),
    ],
)
def test_what_makes_no_sense_is_said_and_exits_with_2(
    crawl: Crawl, elsewhere: Path, arguments: tuple[str, ...], words: str
) -> None:
    (elsewhere / "empty").mkdir()
    ran = crawl("check", "-f", "json", *arguments)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_several_formats_at_once(check: Crawl, web: Web, elsewhere: Path) -> None:
    page = web.host("news.example").page("/a")
    ran = check(page, "-f", "jsonl=out.jsonl", "-f", "console=out.txt")
    assert ran.report["urls"][0]["url"] == page
    (line,) = (elsewhere / "out.jsonl").read_text().splitlines()
    assert json.loads(line) == ran.report["urls"][0]
    assert "1 URL" in (elsewhere / "out.txt").read_text()


def test_a_budget_is_kept_and_said(check: Crawl, web: Web) -> None:
    host = web.host("news.example")
    stuck = host.script("/stuck", Stall())
    before = time.monotonic()
    ran = check(stuck, host.page("/a"), "--budget", "0.5s")
    assert time.monotonic() - before < 5
    assert ran.reasons() == {stuck: "budget-exhausted", host.https("/a"): "ok"}
    assert ran.report["complete"] is False
    assert ran.code == 0


def test_nothing_private_is_asked_for(crawl: Crawl) -> None:
    ran = crawl(
        "check",
        "-f",
        "json",
        "http://127.0.0.1:9/",
        "http://2130706433/",
        "http://169.254.169.254/latest",
        "http://localhost/",
    )
    assert ran.code == 1
    assert set(ran.reasons().values()) == {"address-forbidden"}
    assert all(url["attempts"] == 0 and url["hops"] == [] for url in ran.report["urls"])


def test_a_redirect_to_a_private_address_is_not_followed(crawl: Crawl, web: Web) -> None:
    url = web.host("news.example").redirect("/ssrf", "http://127.0.0.1:9/", 302)
    there = ("--cacert", web.cacert, "--connect-to", f"news.example:443:127.0.0.1:{web.port}")
    ran = crawl("check", "-f", "json", url, *there)
    assert ran.reasons() == {url: "address-forbidden"}


def test_the_configuration_counts(check: Crawl, web: Web, elsewhere: Path) -> None:
    gone = web.host("news.example").https("/gone")
    record(elsewhere, f'---\nlinks: ["{gone}"]\n---\n', "content/a.md")
    (elsewhere / "config.yaml").write_text(
        'records: {include: ["content/*.md"], roles: {web: ["links[]"]}}\n'
        "rules: {exempt: [{url: /gone, codes: [http-404], reason: known, until: 2999-12-31}]}\n"
    )
    ran = check()
    assert ran.reasons() == {gone: "http-404"}
    assert ran.codes() == []
    assert ran.code == 0


def test_an_exemption_past_its_date_is_a_finding(check: Crawl, web: Web, elsewhere: Path) -> None:
    (elsewhere / "config.yaml").write_text("rules: {exempt: [{url: /gone, reason: known, until: 2020-01-31}]}\n")
    ran = check(web.host("news.example").https("/gone"))
    assert sorted(ran.codes()) == ["exemption-expired", "http-404"]


def test_a_broken_record_does_not_stop_the_others(check: Crawl, web: Web, elsewhere: Path) -> None:
    page = web.host("news.example").page("/a")
    record(elsewhere, "---\ntitle: [\n---\n", "records/bad.md")
    record(elsewhere, f'---\nwebUrl: "{page}"\n---\n', "records/good.md")
    ran = check("records")
    assert ran.codes() == ["record-unreadable"]
    assert ran.report["findings"][0]["line"] is not None
    assert ran.reasons() == {page: "ok"}
    assert ran.code == 1


def test_urls_on_standard_input(web: Web, elsewhere: Path) -> None:
    page = web.host("news.example").page("/a")
    there = [option for override in web.connect_to for option in ("--connect-to", override)]
    command = [sys.executable, "-m", "crawler", "check", "-", "-f", "json", "--cacert", web.cacert, *there]
    ran = subprocess.run(command, input=f"{page}\n", capture_output=True, text=True, check=False, cwd=elsewhere)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["urls"][0]["occurrences"][0]["line"] == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_in_a_report(web: Web, elsewhere: Path, number: signal.Signals) -> None:
    host = web.host("news.example")
    page, stuck = host.page("/a"), host.script("/stuck", Stall())
    there = [option for override in web.connect_to for option in ("--connect-to", override)]
    command = [sys.executable, "-m", "crawler", "check", page, stuck, "-f", "json", "--cacert", web.cacert, *there]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=elsewhere)
    deadline = time.monotonic() + 20
    while len(host.seen) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.1)
    os.kill(running.pid, number)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130, err
    report = json.loads(out)
    assert report["complete"] is False
    assert [url["url"] for url in report["urls"]] == [page]
