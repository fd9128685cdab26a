"""What is told is what was observed."""

import pickle

import pytest

from crawler.model.exchange import Failure
from crawler.model.observation import Evidence, Hop, Metadata, Observation
from crawler.shards.messages import News, told

OBSERVATIONS = (
    Observation("https://a.example/"),
    Observation("mailto:a@example.org", failure=Failure("scheme-ignored", "a mail address")),
    Observation(
        "https://a.example/",
        (Hop("https://a.example/", 301), Hop("https://b.example/", None)),
        Failure("timeout", "took too long", 20.0, "192.0.2.1", False),
        observed_at=1.5,
        elapsed=0.25,
        attempts=3,
    ),
    Observation(
        "https://a.example/",
        (Hop("https://a.example/", 200),),
        metadata=Metadata("text/html", title="\ud800 title", bytes=9, digest=2**63, fragments=("a", "b")),
        from_store=True,
        evidence=Evidence("bot-wall", ("title", "cookie")),
        cert_expires=2.5,
        retry_after=30.0,
        read_at=0.5,
        distrusted=("etag",),
    ),
)


@pytest.mark.parametrize("observation", OBSERVATIONS)
def test_an_observation_comes_out_as_it_went_in(observation: Observation) -> None:
    news = pickle.loads(pickle.dumps(News(0, [told(observation)], ())))
    (heard,) = news.observations
    assert heard == observation
    assert repr(heard) == repr(observation)  # the classes of all its parts
