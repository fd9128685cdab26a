"""Titles of one article and of two: in the words of real sites, in scripts with and without words, and garbled."""

import re
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.media.titles import ALIKE, has_title, repaired, resemblance

TITLE = "EU’s top privacy watchdogs urge blanket ban on use of recognition tech in public spaces"

GARBLED = {
    "EUâ€™s top": "EU’s top",
    "EUÃ¢â‚¬â„¢s top": "EU’s top",
    "EUÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢s top": "EU’s top",
    "EU\xe2\x80\x99s top": "EU’s top",
    "â€œA miracleâ€\x9d": "“A miracle”",
    "Teamsâ€”now": "Teams—now",
    "cafÃ© mÃ¼nchen": "café münchen",
    "ÐŸÑ€Ð¸Ð²ÐµÑ‚": "Привет",
    "Ð\x9fÑ\x80Ð¸Ð²ÐµÑ‚": "Привет",
    "ä¸\xadå›½": "中国",
    "ðŸ˜€ news": "😀 news",
    "Microsoftâ€™s plan — TechCrunch": "Microsoft’s plan — TechCrunch",
    "The Registerâ€™s take – “really”": "The Register’s take – “really”",
    "CafÃ© · Москва": "Café · Москва",
}

RIGHT = [
    "EU’s top",
    "EU's top",
    "“A miracle”",
    "café münchen",
    "Das neue „MENÜ“ im Test",
    "„CAFÉ”",
    "São Paulo: Ações sobem",
    "Ça va? Où ça?",
    "Ð is a letter",
    "Â",
    "â€",
    "Привет",
    "中国",
    "😀 news",
    "",
]


@pytest.mark.parametrize(("text", "right"), GARBLED.items())
def test_garbled_text_is_repaired(text: str, right: str) -> None:
    assert repaired(text) == right


@pytest.mark.parametrize("text", RIGHT)
def test_right_text_is_left_alone(text: str) -> None:
    assert repaired(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.integers(1, 3))
def test_what_was_read_wrongly_is_read_right_again(text: str, times: int) -> None:
    """Unless it looks garbled to begin with, or was not garbled at all."""
    garbled = text
    for _ in range(times):
        garbled = garbled.encode().decode("latin-1")
    if repaired(text) == text and not text.isascii():
        assert repaired(garbled) == text


@given(st.text(st.characters()))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert isinstance(repaired(text), str)


SUFFIXES = (
    "{} | The Gazette",
    "{} – The Gazette",
    "{} — The Gazette",
    "{} - The Gazette Daily News",
    "{} » The Gazette",
    "{} · The Gazette",
    "{} :: The Gazette",
    "{} • News • The Gazette",
    "The Gazette | {}",
    "The Gazette - News - {}",
    "The Gazette: {}",
    "{}|The Gazette",
    "{} (The Gazette)",
)
"""What sites do to titles."""

SAME = {
    "itself": (TITLE, TITLE),
    "garbled": ("EUâ€™s top privacy watchdogs urge blanket ban on use of recognition tech in public spaces", TITLE),
    "straight quotes": (TITLE, TITLE.replace("’", "'")),
    "capitals": (TITLE, TITLE.upper()),
    "references that nobody resolved": ("Tom &amp; Jerry&#8217;s big day", "Tom & Jerry’s big day | Cartoons"),
    "cut short": (TITLE, "EU’s top privacy watchdogs urge blanket ban on…"),
    "a word changed": ("Microsoft fleshes out Power Apps", "Microsoft rounds out Power Apps"),
    "another order": ("Ban on face recognition urged by EU", "EU urges ban on face recognition"),
    "without accents": ("Élections législatives : les résultats", "Elections legislatives: les resultats"),
    "sections before": (
        "The Gazette | World | Europe | Economy | Bridge opens today",
        "Herald Online | Politics | Local | Bridge opens today",
    ),
    "two suffixes": ("A new bridge for the harbour | Gazette", "A new bridge for the harbour | Herald"),
    "the end of a sentence": (
        "High-Density Headers in model-driven apps.",
        "High-Density Headers in model-driven apps",
    ),
    "one word": ("Podcast", "Podcast | The Gazette"),
    "Chinese": ("中国经济增长放缓 专家呼吁加大刺激力度", "中国经济增长放缓，专家呼吁加大刺激力度_新华网"),
    "Chinese, rewritten": ("中国第三季度经济增长放缓", "第三季度中国经济增长有所放缓-人民网"),
    "Chinese, short": ("冬奥会开幕", "冬奥会今日开幕"),
    "Japanese": ("政府、来年度の予算案を閣議決定", "来年度予算案を閣議決定 政府 | 新聞"),
    "Japanese with Latin words": ("iPhone15の新機能を発表", "アップル、iPhone15の新機能を発表"),
    "Korean, with other particles": ("한국 경제가 성장한다", "한국 경제는 성장했다"),
    "Thai": ("เศรษฐกิจไทยโตช้ากว่าที่คาด", "เศรษฐกิจไทย โตช้ากว่าคาด | ข่าว"),
    "Arabic with vowel points": ("الاقتصاد ينمو ببطء هذا العام", "الاِقتِصاد يَنمو بِبطء هذا العام"),
    "Russian": ("Экономика растёт медленнее прогноза", "Экономика растет медленнее прогноза — Ведомости"),
    "nothing": ("", "Anything at all"),
    "only signs": ("—", "!!!"),
}

DIFFERENT = {
    "another article": (
        TITLE,
        "Jumio ID document checks and face biometrics integrated with cannabis vending machines",
    ),
    "a casino": (TITLE, "Best Slots — Play Now"),
    "the site alone": (TITLE, "RT World News"),
    "an error": (TITLE, "Page not found | RT World News"),
    "small words in common": ("The state of the union", "The end of the line"),
    "the site's name in common": (
        "Quarterly results beat all expectations | Example Daily News",
        "Local team wins the cup | Example Daily News",
    ),
    "one word": ("Podcast", "Weather"),
    "part of a word": ("Art", "Smart watches | Gadgets"),
    "Chinese": ("中国经济增长放缓 专家呼吁加大刺激力度", "北京冬奥会开幕式举行 各国运动员入场"),
    "Chinese, of one country": ("中国经济增长放缓 专家呼吁加大刺激力度", "中国经济三季度增长4.9% 消费回暖"),
    "Chinese, the site alone": ("中国经济增长放缓", "新华网_让新闻离你更近"),
    "Japanese": ("政府、来年度の予算案を閣議決定 過去最大の規模", "東京で大雪 交通機関に影響、転倒でけが人も"),
    "Korean": ("한국 경제 성장률 둔화", "서울에 폭설, 교통 대란 우려"),
    "Thai": ("เศรษฐกิจไทยโตช้ากว่าที่คาด", "น้ำท่วมกรุงเทพฯ ประชาชนเดือดร้อนหลายพันคน"),
    "German": (
        "Die Regierung beschließt den Haushalt für das nächste Jahr",
        "Der Zoo in der Stadt hat einen neuen Elefanten",
    ),
}


@pytest.mark.parametrize(("a", "b"), SAME.values(), ids=SAME)
def test_titles_of_one_article(a: str, b: str) -> None:
    assert resemblance(a, b) == resemblance(b, a) >= ALIKE


@pytest.mark.parametrize(("a", "b"), DIFFERENT.values(), ids=DIFFERENT)
def test_titles_of_two(a: str, b: str) -> None:
    assert resemblance(a, b) == resemblance(b, a) < ALIKE
    assert not has_title(a, b)
    assert not has_title(b, a)


RECORDS = Path(__file__).parents[3] / "shared/records"
TITLES = [
    title
    for path in sorted(RECORDS.glob("*.md"))
    for title in re.findall(r'^\s*(?:- )?title: "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.skipif(not TITLES, reason=f"there is no {RECORDS}")
def test_the_titles_of_real_records_are_known_again_at_any_site() -> None:
    for title in TITLES:
        for suffix in SUFFIXES:
            shown = suffix.format(repaired(title))
            assert resemblance(title, shown) == 1.0, shown
            if len(title.split()) >= 4:
                assert has_title(shown, title), shown


@pytest.mark.skipif(not TITLES, reason=f"there is no {RECORDS}")
def test_no_real_title_is_taken_for_another_and_few_look_like_one() -> None:
    """Nearly all of these articles are about one product, and name it."""
    pairs = list(permutations(TITLES, 2))
    assert not [pair for pair in pairs if has_title(*pair)]
    assert sum(resemblance(a, b) >= ALIKE for a, b in pairs) < 0.05 * len(pairs)


SURE = {
    "itself": (TITLE, TITLE, True),
    "with the site's name": (f"{TITLE} — RT World News", TITLE, True),
    "garbled in the record": (
        TITLE,
        "EUâ€™s top privacy watchdogs urge blanket ban on use of recognition tech in public spaces",
        True,
    ),
    "the old site's name in the record": (
        "Harbour bridge opens today | Herald",
        "Harbour bridge opens today | The Gazette",
        True,
    ),
    "a small word less": (TITLE.replace(" of ", " "), TITLE, True),
    "cut short": ("EU’s top privacy watchdogs urge blanket ban on…", TITLE, False),
    "a word changed": ("Microsoft rounds out Power Apps", "Microsoft fleshes out Power Apps", False),
    "one word": ("Home", "Home", False),
    "two words": ("Press release", "Press release", False),
    "references that nobody resolved": ("Tom & Jerry’s big day out", "Tom &amp; Jerry&#8217;s big day out", True),
    "three short ones": ("A to Z", "A to Z", False),
    "more words": ("Power Apps portals FAQs and tips", "Power Apps portals FAQs", True),
    "Chinese": ("中国经济增长放缓，专家呼吁加大刺激力度_新华网", "中国经济增长放缓，专家呼吁加大刺激力度", True),
    "Chinese, another": ("中国经济三季度增长4.9%", "中国经济增长放缓", False),
    "nothing": ("", "", False),
}


@pytest.mark.parametrize(("page", "title", "sure"), SURE.values(), ids=SURE)
def test_a_title_that_leaves_no_doubt(page: str, title: str, sure: bool) -> None:
    assert has_title(page, title) is sure


WORDY = st.lists(
    st.sampled_from(["Ban", "EU’s", "|", "—", "中国经济", "_", "한국", "â€™", "&amp;", "Apps"]), max_size=9
)

ANY = st.one_of(st.text(st.characters(), max_size=60), WORDY.map(" ".join))


@settings(deadline=None)
@given(ANY, ANY)
def test_any_two_titles_are_compared(a: str, b: str) -> None:
    share = resemblance(a, b)
    assert 0 <= share <= 1
    assert share == resemblance(b, a)
    assert resemblance(a, a) == 1
    assert has_title(a, b) in (True, False)


@pytest.mark.parametrize("text", ["Â€", "Ã", "&", "| ", "漢", "â€", "a_", "\u0301", "-  ", "ð"])
def test_long_titles_of_nothing_much_are_harmless(text: str) -> None:
    assert 0 <= resemblance(text * 500, (text * 500)[::-1] + "b") <= 1
