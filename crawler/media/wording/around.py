"""What stands around the message that a page is gone, whatever its language, and what says it in a word or two."""

ERROR_WORDS = """
    error errors http https code status page response err oops fehler fehlercode fehlerseite seite erreur errore pagina
    erro codigo fout foutmelding fel felkod fejl feil virhe chyba blad strona loi trang hata hatasi kodu eroare eroarea
    hiba hibakod oldal es galat ralat kesalahan halaman kod greska gresku ошибка помилка грешка σφαλμα σελιδα שגיאה דף
    خطأ خطا خطای صفحة صفحه エラー エラーコード ページ 错误 錯誤 页面 页 错误页面 오류 에러 페이지
"""
"""Words around a bare status code: `404 error`, `Fehler 404`, `404エラー`."""

SIGHS = """
    oops | whoops | woops | ooops | oh | oh no | uh oh | ooh | hmm | ouch | yikes | but | that | attention
    sorry | we re sorry | we are sorry | were sorry | im sorry | sorry about that | apologies | our apologies
    unfortunately | it looks like | it seems | it seems that | looks like
    leider | entschuldigung | entschuldigen sie bitte | es tut uns leid | tut uns leid | huch | hoppla | ups | uups
    lo sentimos | lo siento | vaya | uy | perdon | disculpe | oups | desole | desolee | nous sommes desoles | mince
    zut | toutes nos excuses | ops | opa | desculpe | lamentamos | sentimos muito | spiacenti | siamo spiacenti
    ci dispiace | helaas | oei | oeps | przepraszamy | niestety | uzgunuz | maalesef | hay aksi | xin loi | rat tiec
    omlouvame se | bohuzel | je nam lito | jejda | maaf | mohon maaf | sajnaljuk | sajnos | hoppa | elnezest
    tyvarr | hoppsan | ursakta | ne pare rau | scuze | desvaerre | beklager | dessverre | hov | valitettavasti
    pahoittelut | hups | lutam | lutujeme | prepacte | zao nam je | zalujeme
    к сожалению | извините | простите | упс | ой | увы | на жаль | вибачте | перепрошуємо | съжаляваме
    за съжаление | λυπουμαστε | συγγνωμη | ουπς | δυστυχως | מצטערים | אופס | סליחה
    عذرا | عفوا | نأسف | نعتذر | متاسفانه | متاسفیم | क्षमा करें | ขออภัย
    抱歉 | 很抱歉 | 非常抱歉 | 对不起 | 對不起 | 申し訳ございません | 申し訳ありません | 죄송합니다 | 앗
"""
"""What people say before they say it: `oops`, `es tut uns leid`, `к сожалению`."""

SHORT = """
    not found | nothing found | nothing here | nicht gefunden | nichts gefunden | no encontrado | no encontrada
    nada encontrado | non trouve | introuvable | rien trouve | nao encontrado | nao encontrada | non trovato
    nulla trovato | niet gevonden | niets gevonden | nie znaleziono | nic nie znaleziono | bulunamadi
    не найдено | не найдена | ничего не найдено | не знайдено | нічого не знайдено | nenalezeno | nenajdene
    nem talalhato | nincs talalat | hittades inte | ikke fundet | ikke funnet | ei loytynyt | negasit
    tidak ditemukan | khong tim thay | δεν βρεθηκε | לא נמצא | غير موجود | یافت نشد | پیدا نشد | नहीं मिला
    未找到 | 找不到 | 見つかりません | 見つかりませんでした | 찾을 수 없음 | 찾을 수 없습니다 | ไม่พบ
"""
"""The message without a thing that is missing: all that a title says."""
