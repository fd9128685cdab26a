"""One run with everything that a report may have to show: what the golden files of every format are made from."""

from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Hop, Metadata, Observation
from crawler.model.report import Outcome, Run, Summary
from crawler.model.role import Role
from crawler.model.verdict import Finding, Kind, Level, Replacement, Verdict

STARTED = 1769824800.0
"""2026-01-31T02:00:00Z."""

A = "records/news/2026-01-30-a.md"
B = "records/news/2026-01-30-ünïcode-記録.md"
C = "records/\x1b]0;owned\x07.md"

HOSTILE = "\x1b[31mred\x1b[0m \u202egpj.exe\u2066 [bold]no markup[/bold] :boom: a\u200bb\r\nGotcha\ud800\x00\x9b2J"


def _outcome(
    url: str, verdict: Verdict, links: tuple[Link, ...], observation: Observation | None = None, role: Role = Role.WEB
) -> Outcome:
    return Outcome(url, role, links, observation or Observation(url, observed_at=STARTED + 1), verdict)


def _seen(url: str, *hops: Hop, metadata: Metadata | None = None, failure: Failure | None = None) -> Observation:
    return Observation(
        url, hops, failure, metadata or Metadata(), observed_at=STARTED + 1.25, elapsed=0.0412, attempts=len(hops)
    )


MOVED_TO = Replacement("https://www.example.org/b", "redirect", True)
ARTICLE = Replacement("https://www.example.org/article", "article", True)
CANONICAL = Replacement("https://www.example.org/canonical", "canonical", False)
CACHE = Replacement("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/amp", "amp-cache", True)
ARCHIVE = Replacement("https://web.archive.example/web/2024/https://www.example.org/gone", "archive", False)

OUTCOMES = (
    _outcome(
        "https://www.example.org/a",
        Verdict(Kind.MOVED, "permanent-redirect", "Moved for good (301).", Level.WARNING, MOVED_TO),
        (
            Link("https://www.example.org/a#top", Role.WEB, B, "related[0].webUrl", 31, 14),
            Link("https://www.example.org/a", Role.WEB, A, "originalUrl", 4, 15),
        ),
        _seen(
            "https://www.example.org/a",
            Hop("https://www.example.org/a", 301),
            Hop("https://www.example.org/b", 200),
            metadata=Metadata(
                "text/html",
                'W/"0815"',
                "Fri, 30 Jan 2026 12:00:00 GMT",
                "Grüße — 日本語 🎉",
                "https://www.example.org/b",
                "https://www.example.org/amp",
                "https://www.example.org/never-reported.png",
                "noindex",
                None,
                None,
                32768,
            ),
        ),
    ),
    _outcome(
        "https://images.example.org/photo.jpg",
        Verdict(Kind.ALIVE, "ok", "Answers as an image.", Level.OFF),
        (Link("https://images.example.org/photo.jpg", Role.IMAGE, A, "images[0].url", 9, 11, width=640, height=480),),
        _seen(
            "https://images.example.org/photo.jpg",
            Hop("https://images.example.org/photo.jpg", 200),
            metadata=Metadata("image/jpeg", width=640, height=480, bytes=4096),
        )._replace(from_store=True),
        Role.IMAGE,
    ),
    _outcome(
        "https://www.example.org/gone",
        Verdict(Kind.BROKEN, "http-404", "The server answers 404 (Not Found).", Level.ERROR, ARCHIVE),
        (Link("https://www.example.org/gone", Role.WEB, A, "body", 40, 3),),
        _seen("https://www.example.org/gone", Hop("https://www.example.org/gone", 404)),
    ),
    _outcome(
        "https://slow.example.org/",
        Verdict(Kind.UNREACHABLE, "timeout", "No answer within 20 s.", Level.WARNING),
        (Link("https://slow.example.org/", Role.WEB, B, "webUrl", 5, 9),),
        _seen(
            "https://slow.example.org/",
            Hop("https://slow.example.org/", None),
            failure=Failure("timeout", "timed out", 20.0),
        ),
    ),
    _outcome(
        "https://walled.example.org/",
        Verdict(Kind.BLOCKED, "bot-wall", "A bot wall answers instead of the page.", Level.INFO),
        (Link("https://walled.example.org/", Role.AMP, B, "ampWebUrl", 6, 12),),
        _seen("https://walled.example.org/", Hop("https://walled.example.org/", 403)),
        Role.AMP,
    ),
    _outcome(
        "http://127.0.0.1/",
        Verdict(Kind.INVALID, "address-forbidden", HOSTILE, Level.ERROR),
        (Link("http://127.0.0.1/", Role.AMP_CACHE, C, "cdnAmpWebUrl", 2, 1),),
        role=Role.AMP_CACHE,
    ),
    _outcome(
        "mailto:somebody@example.org",
        Verdict(Kind.SKIPPED, "scheme-ignored", "No web address.", Level.OFF),
        (Link("mailto:somebody@example.org", Role.WEB),),
        Observation("mailto:somebody@example.org"),
    ),
)


def _finding(
    code: str, level: Level, message: str, link: Link | None, replacement: Replacement | None = None
) -> Finding:
    if link is None:
        return Finding(code, level, message)
    end_column = None if link.column is None else link.column + len(link.url)
    place = (link.url, link.path, link.field, link.role, link.line, link.column, end_column)
    return Finding(code, level, message, *place, replacement)


LONG = "https://www.example.org/" + "/".join(f"a-rather-long-segment-{number}" for number in range(6)) + "?q=ä"

FINDINGS = (
    _finding("permanent-redirect", Level.WARNING, "Moved for good (301).", OUTCOMES[0].links[0], MOVED_TO),
    _finding("permanent-redirect", Level.WARNING, "Moved for good (301).", OUTCOMES[0].links[1], MOVED_TO),
    _finding("http-404", Level.ERROR, "The server answers 404 (Not Found).", OUTCOMES[2].links[0], ARCHIVE),
    _finding("timeout", Level.WARNING, "No answer within 20 s.", OUTCOMES[3].links[0]),
    _finding("bot-wall", Level.INFO, "A bot wall answers instead of the page.", OUTCOMES[4].links[0]),
    _finding("amp-retired", Level.INFO, "The AMP page leads to its article.", OUTCOMES[4].links[0], ARTICLE),
    _finding("amp-cache-stale", Level.INFO, "The cache serves an old copy.", OUTCOMES[4].links[0], CACHE),
    _finding("address-forbidden", Level.ERROR, HOSTILE, OUTCOMES[5].links[0]),
    _finding(
        "title-drift",
        Level.INFO,
        "The page is called “日本語のとても長い題名でありまして折り返しが必要です” where the record says “Grüße”.",
        Link(LONG, Role.WEB, A, "related[2].webUrl", 120, 17),
        CANONICAL,
    ),
    _finding("url-malformed", Level.ERROR, "Not a URL.", Link("https://[/" + HOSTILE, Role.WEB)),
    _finding("record-unreadable", Level.ERROR, "The block has no closing ---.", None)._replace(path=B),
    _finding("exemption-expired", Level.WARNING, "The exemption “intranet” ended on 2026-01-01.", None),
)

RUN = Run(
    STARTED,
    STARTED + 4.1,
    True,
    Summary(
        49,
        len(OUTCOMES) + 1,
        len(OUTCOMES),
        {kind: sum(outcome.verdict.kind is kind for outcome in OUTCOMES) for kind in Kind},
        {
            level: sum(finding.level is level for finding in FINDINGS)
            for level in (Level.ERROR, Level.WARNING, Level.INFO)
        },
    ),
)
