"""Titles and headings that say the page is not there, and those that only sound like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.media.not_found import LONGEST, says_not_found
from crawler.media.wording.east import EAST
from crawler.media.wording.unparted import UNPARTED
from crawler.media.wording.west import WEST

HOST = "www.thepost.example"

WHOLE = (
    *("404", "Error 404", "404 Not Found", "Page not found | The Post", "ThePost: Page Not Found (404)", "HTTP 404"),
    *(
        "Oops! That page can’t be found. – The Post",
        "Sorry, the page you're looking for can't be found",
        "410 Gone page",
    ),
    *("Seite nicht gefunden", "Fehler 404", "Die Seite, die Sie suchen, wurde leider nicht gefunden", "Nicht gefunden"),
    *("Página no encontrada", "Lo sentimos, la página que buscas no existe", "Erreur 404 - Page introuvable"),
    *(
        "Désolé, cette page n'existe plus",
        "Pagina non trovata",
        "La pagina richiesta non esiste",
        "Página não encontrada",
    ),
    *(
        "Pagina niet gevonden",
        "Nie znaleziono strony",
        "Sayfa bulunamadı",
        "Страница не найдена",
        "Сторінку не знайдено",
    ),
    *(
        "Stránka nebyla nalezena",
        "Az oldal nem található",
        "Sivua ei löytynyt",
        "Sidan hittades inte",
        "Siden findes ikke",
    ),
    *("Pagina nu a fost găsită", "Η ΣΕΛΙΔΑ ΔΕΝ ΒΡΕΘΗΚΕ", "הדף לא נמצא", "الصفحة غير موجودة", "صفحه مورد نظر یافت نشد"),
    *(
        "خطای ۴۰۴",
        "Không tìm thấy trang",
        "Halaman tidak ditemukan",
        "ページが見つかりません",
        "404エラー",
        "页面不存在",
    ),
    *(
        "很抱歉，您访问的页面不存在",
        "找不到頁面",
        "페이지를 찾을 수 없습니다",
        "존재하지 않는 페이지입니다",
        "ไม่พบหน้าที่คุณต้องการ",
    ),
)

ALIVE = (
    *(
        "404 Not Found: the story of a web error",
        "Why every site needs a 404 page",
        "Peugeot 404",
        "Room 404",
        "Flight 404",
    ),
    *(
        "Missing sailor not found after three-day search",
        "Lost and not found",
        "Error 404: how democracy lost its page",
    ),
    *("Article removed: why we took it down last week", "This content is no longer available in Canada, viewers say"),
    *("Page one", "The page that changed history", "How to find a page", "We found the missing pages of the diary"),
    *(
        "Fehler 404: Warum so viele Links ins Leere führen",
        "Die Seite des Tages",
        "404の由来",
        "Что такое ошибка 404 и как её убрать",
    ),
    *(
        "「404エラー」とは何か　リンク切れの歴史をたどる",
        "页面设计的艺术",
        "Nothing",
        "",
        "The Post",
        "No comment",
        "Not for sale",
    ),
)


@pytest.mark.parametrize("line", WHOLE)
def test_lines_that_say_it(line: str) -> None:
    saying = says_not_found(line, HOST)
    assert saying is not None
    assert saying.whole


@pytest.mark.parametrize("line", ALIVE)
def test_lines_that_do_not(line: str) -> None:
    assert says_not_found(line, HOST) is None


@pytest.mark.parametrize(
    "line",
    [
        "Page not found - The Daily Planet",
        "Minato | 404エラー",
        "HTTP 404 - Lexicon",
        "404 | My Blog",
        "Not Found, a film",
    ],
)
def test_a_few_words_beside_it_may_be_a_name_so_they_only_raise_suspicion(line: str) -> None:
    saying = says_not_found(line, HOST)
    assert saying is not None
    assert not saying.whole


def test_long_lines_are_not_looked_at() -> None:
    assert says_not_found("Page not found " + "!" * LONGEST, HOST) is None


@pytest.mark.parametrize("languages", [WEST, EAST, UNPARTED])
def test_every_language_has_words_for_a_thing_and_for_what_became_of_it(languages: dict) -> None:  # type: ignore[type-arg]
    for form in languages.values():
        assert form.things
        assert form.gone or (form.nots and form.verbs)


def test_pieces_that_overlap_take_no_exponential_time() -> None:
    assert says_not_found("サーバー上" * 30 + "ありません!x", HOST) is None


@given(st.text(max_size=200), st.sampled_from([HOST, "localhost", "", "a.b", "xn--mgba3a4f16a.example"]))
def test_any_line_is_answered(line: str, host: str) -> None:
    saying = says_not_found(line, host)
    assert saying is None or saying.text == line
