"""Who may go by robots.txt, and who waits until that is known."""

from crawler.config import Fetch
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.visiting.action import Done
from crawler.visiting.errand import RobotsErrand
from crawler.visiting.permissions import Permissions
from crawler.visiting.targets import Target
from crawler.visiting.visit import Policy

RULES = Response(200, Fields(), b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n")


def target(path: str, host: str = "a.example", written: str | None = "a.md") -> Target:
    url = f"https://{host}{path}"
    return Target(url, host, Link(url, Role.WEB, written))


def answered(answer: Response | Failure) -> Done:
    failure = answer if isinstance(answer, Failure) else None
    return Done(Observation("", failure=failure), None if failure else answer)  # type: ignore[arg-type]


class Asking:
    """Permissions, with what they told a host of its delay."""

    def __init__(self, **kept: Response) -> None:
        self.slowed: dict[str, float] = {}
        self.permissions = Permissions(
            "crawler", self.slowed.__setitem__, lambda origin: kept.get(origin.removeprefix("https://")[0])
        )


def test_all_wait_for_the_one_that_asks() -> None:
    asking = Asking()
    one, two = target("/1"), target("/private/2")
    errand = asking.permissions.missing(one)
    assert isinstance(errand, RobotsErrand)
    assert (errand.url, errand.waiting) == ("https://a.example/robots.txt", [one])
    assert asking.permissions.missing(two) is errand
    assert asking.permissions.learn(errand, answered(RULES)) == [one, two]
    assert asking.permissions.missing(one) is None
    refusal = asking.permissions.missing(two)
    assert isinstance(refusal, Failure)
    assert refusal.reason == "robots-disallowed"
    assert asking.slowed == {"a.example": 3.0}


def test_each_origin_is_asked_for_itself() -> None:
    asking = Asking()
    errands = [asking.permissions.missing(target("/", host)) for host in ("a.example", "a.example:8443", "b.example")]
    assert [isinstance(errand, RobotsErrand) and errand.origin for errand in errands] == [
        "https://a.example",
        "https://a.example:8443",
        "https://b.example",
    ]


def test_what_an_earlier_run_was_told_need_not_be_asked() -> None:
    asking = Asking(a=RULES)
    assert asking.permissions.missing(target("/1")) is None
    assert isinstance(asking.permissions.missing(target("/private/2")), Failure)
    assert asking.slowed == {"a.example": 3.0}


def test_where_the_visit_is_by_now_decides() -> None:
    asking = Asking(a=Response(404, Fields()), b=RULES)
    one = target("/1")
    visit = one.begin(Policy(Fetch(), 300.0, lambda url: None))
    assert asking.permissions.missing(one) is None
    visit.receive(Response(302, Fields([("location", "https://b.example/private")])), 0.0)
    assert isinstance(asking.permissions.missing(one), Failure)


def test_what_was_asked_for_by_name_and_robots_txt_itself_may_always_go() -> None:
    asking = Asking(a=RULES)
    assert asking.permissions.missing(target("/private", written=None)) is None
    assert asking.permissions.missing(RobotsErrand("https://a.example", "a.example")) is None
