"""Words for missing pages in the other languages that part words with spaces: Slavic, Finnic, Turkic, Semitic, Iranian,
Greek, Hungarian, Vietnamese, Malay, Hindi."""

from crawler.media.wording.form import Words

EAST: dict[str, Words] = {
    "ru": Words(
        things="""страница страницы страницу страниц статья статью статьи документ документа файл файла материал
            материала запись контент объект новость новости публикация ссылка адрес товар раздел страничка
            объявление ресурс""",
        nots="не нет ничего невозможно",
        verbs="""найдена найден найдено найдены найти нашли существует существовать нашлось нашлась доступна
            доступен доступно обнаружена обнаружен нашел смог находится""",
        gone="""нет отсутствует недоступна недоступен удалена удален удалено потерялась пропала исчезла
            несуществующая утеряна""",
        around="""эта этой эту этот данная данной такая такой такого такую запрашиваемая запрашиваемую запрашиваемой
            запрошенная запрошенную запрашиваемый запрошенный искомая которую вы вами мы ищете искали запросили
            запрашиваете была был было быть или и но а больше уже возможно сервер сайте на по этому адресу к
            сожалению указанная указанному удалось смогли можем может сейчас временно перемещена перенесена либо
            устарела она в с запрошенной запрошенное запрашиваемого искомой искомую нужная нужную нужной которой
            найдете найдено которая указанной просили хотели нужно ей её его""",
    ),
    "uk": Words(
        things="""сторінка сторінку сторінки стаття статтю статті документ файл матеріал запис новину новина вміст
            обєкт посилання адреса товар""",
        nots="не немає нічого неможливо",
        verbs="знайдено знайдена знайдений знайти знайшли існує доступна доступний знайшов міг зміг змогли",
        gone="немає відсутня недоступна видалена видалено вилучена зникла неіснуюча",
        around="""ця цю цієї такої таку запитана запитану запитувана запитувану потрібна яку яка ви ми шукаєте
            шукали запросили була було бути або і та але більше вже можливо сервер сайті на за цією адресою вдалося
            вказана тимчасово переміщена запитаної запитуваної потрібну потрібної вказаної вказану якої хотіли
            просили її""",
    ),
    "bg": Words(
        things="страница страницата статия статията документ документът файл файлът съдържание съдържанието адрес",
        nots="не няма нищо",
        verbs="намерена намерен намерено съществува открита достъпна намерим",
        gone="липсва изтрита премахната недостъпна",
        around="""търсената тази която търсите търсиш вие е беше бе може да бъде или и вече за съжаление исканата на
            сървъра търсехте търсеха поисканата заявената""",
    ),
    "pl": Words(
        things="""strona strony strone artykul artykulu tresc tresci dokument dokumentu plik pliku wpis wpisu
            material adres produkt ogloszenie podstrona witryna url zasob""",
        nots="nie brak nic zaden",
        verbs="""znaleziono znaleziona znaleziony znalezc istnieje odnaleziono odnaleziona odnalezc dostepna
            dostepny mozna ma""",
        gone="nieznaleziona nieznaleziono niedostepna nieistniejaca usunieta usuniety zniknela brakuje brak",
        around="""ta ten tej taka takiej ktorej ktora ktorego szukasz szukana szukanej podana podanej zadana zadanej
            wybrana wskazana zostala zostal jest byla sie juz lub i ale mozemy udalo na pod tym adresem serwerze
            niestety obecnie zadany podanym probujesz otworzyc przeniesiona wyswietlic szukales szukalas szukano
            poszukiwana poszukiwanej wskazanej chcesz chciales""",
    ),
    "cs": Words(
        things="stranka stranku stranky clanek obsah dokument soubor adresa odkaz produkt inzerat zaznam",
        nots="ne nelze neni nebylo",
        verbs="nalezena nalezen najit nalezt existuje dostupna dispozici nasli",
        gone="""nenalezena nenalezen nenalezeno neexistuje nebyla nebyl nedostupna chybi odstranena smazana nenasli
            nepodarilo nenajdete""",
        around="""tato tuto ta pozadovana pozadovanou hledana hledanou zadana zadanou kterou jste jsme hledate
            hledali byla byl byt je se jiz uz nebo a ale bohuzel k na serveru teto adrese momentalne pravdepodobne
            nalezena najit nalezen presunuta hledal chcete chteli zadali pozadovane""",
    ),
    "sk": Words(
        things="stranka stranku stranky clanok obsah dokument subor adresa odkaz produkt",
        nots="nie",
        verbs="najdena najdeny najst existuje dostupna",
        gone="nenajdena nenajdeny nenasla nebola nebol neexistuje nedostupna chyba odstranena nepodarilo nenasli",
        around="""tato tuto pozadovana pozadovanu hladana hladanu ktoru ste sme hladate hladali bola bol byt je sa
            uz alebo a ale zial na najdena najst hladal chcete zadali zadana""",
    ),
    "sh": Words(
        things="stranica stranicu strana stranu clanak sadrzaj dokument stran страница страницу страна чланак",
        nots="nije ne ni није не",
        verbs="pronadena pronađena pronadjena nadena postoji dostupna najdena obstaja пронађена постоји",
        gone="nepostojeca uklonjena nedostupna obrisana",
        around="""trazena tražena tražite trazite koju koja ova ste je vise više ili i тражена коју тражите ова
            zahtevana zahtijevana iskana ki jo iscete""",
    ),
    "hu": Words(
        things="oldal oldalt lap lapot cikk cikket tartalom dokumentum fajl cim termek",
        nots="nem nincs",
        verbs="talalhato letezik elerheto talaljuk talalt talalom meg",
        gone="nincs torolve torolt hianyzik eltunt torlodott",
        around="""az a ez ezt keresett kert kivant megadott ilyen itt mar vagy es de sajnos lett lehet szerveren
            hogy on altal kerestel keresel keres kerte szeretnel megtekinteni""",
    ),
    "fi": Words(
        things="sivua sivu sivun artikkelia sisaltoa tiedostoa juttua osoitetta tuotetta dokumenttia",
        nots="ei eivat",
        verbs="loytynyt loydy ole olemassa loydetty saatavilla loytyi",
        gone="poistettu puuttuu kadonnut",
        around="""etsimaasi etsimasi hakemaasi pyydettya pyytamaasi haluamaasi tata on tai ja mutta valitettavasti
            enaa palvelimelta sita ollut siirretty voitu etsit etsimaa haluttua halusit pyysit""",
    ),
    "tr": Words(
        things="sayfa sayfayi sayfasi icerik haber haberi dosya yazi urun makale ilan adres",
        nots="degil",
        verbs="mevcut",
        gone="""bulunamadi yok bulunmuyor bulunamiyor bulunmamaktadir kaldirilmis kaldirildi silinmis silindi
            bulamadik kayip""",
        around="""aradiginiz aranan istenen istediginiz istediniz ulasmak goruntulemek boyle bir bu artik veya ve ya
            da olan tasinmis olabilir yayindan sunucuda girdiginiz su anda aradigin istedigin bulmaya calistiginiz
            gitmek aradigimiz""",
    ),
    "ar": Words(
        things="الصفحة الصفحه صفحة هذه المقال المقالة المحتوى الرابط الخبر الملف المنشور عنوان",
        nots="غير لم لا ليس لن ليست",
        verbs="موجودة موجود موجوده العثور توجد يوجد متوفرة متوفر متاحة متاح موجودا نجد",
        gone="حذفها حذف محذوفة مفقودة تعذر",
        around="""التي تبحث عنها عنه طلبتها المطلوبة المطلوب المطلوبه يتم تم تعد يعد على هذا هذه او أو ان إن أن
            نتمكن من يمكن يمكننا تحاول الوصول اليها إليها في الخادم قد ربما كنت الذي حاليا العثور عذرا طلبت تريد
            تريدها""",
    ),
    "fa": Words(
        things="صفحه صفحهای مطلب برگه محتوا محتوای خبر نوشته فایل آدرس",
        nots="ندارد نیست نمی",
        verbs="وجود موجود دسترس باشد شود",
        gone="نشد نمیشود نیافت حذف",
        around="""مورد نظر شما این درخواستی درخواست شده ای که دنبال آن هستید یافت پیدا در است با عرض پوزش به می را
            یا هیچ جستجو جستجوی دنبالش بودید میخواهید خواستید""",
    ),
    "he": Words(
        things="הדף דף העמוד עמוד הכתבה כתבה התוכן תוכן הקובץ הקישור הכתובת",
        nots="לא אינו אינה אין",
        verbs="נמצא נמצאה קיים קיימת מצאנו למצוא הצלחנו זמין נמצאו",
        gone="הוסר נמחק חסר",
        around="""המבוקש המבוקשת שחיפשת שביקשת שאתה מחפש הזה זה את כבר או ו אנו אבל היה ניתן כאן בשרת שחיפשתם
            שביקשתם שרצית חיפשת""",
    ),
    "el": Words(
        things="σελιδα ιστοσελιδα αρθρο περιεχομενο αρχειο εγγραφο συνδεσμος διευθυνση",
        nots="δεν δε μη ουδεν",
        verbs="βρεθηκε βρεθει υπαρχει διαθεσιμη διαθεσιμο βρηκαμε βρουμε εντοπιστηκε",
        gone="λειπει διαγραφηκε ανυπαρκτη",
        around="""η το τη την αυτη που ζητησατε ψαχνετε αναζητατε αναζητησατε ζητουμενη ειναι πλεον μπορει μπορουμε
            να εχει ή και αλλα στον διακομιστη δυστυχως ψαχνατε αναζητουσατε ζητησες ψαχνεις θελατε""",
    ),
    "vi": Words(
        things="trang bai noi duong lien san tep tai",
        nots="khong chua",
        verbs="tim thay ton tai co san kha dung hop le",
        gone="xoa",
        around="""web nay viet dung dan ket pham lieu ban dang kiem yeu cau duoc da bi con the can muon truy cap
            hoac cua may chu vua tung""",
    ),
    "id": Words(
        things="halaman laman artikel konten berita dokumen tautan file berkas produk",
        nots="tidak tak tiada belum",
        verbs="ditemukan menemukan ada tersedia dijumpai ditemui ketemu wujud",
        gone="dihapus hilang terhapus",
        around="""yang anda kami kamu cari dicari minta diminta tuju ini itu dapat bisa sudah telah lagi atau dan di
            server mungkin coba akses tersebut dimaksud mau inginkan""",
    ),
    "hi": Words(
        things="पृष्ठ पेज लेख पन्ना",
        nots="नहीं",
        verbs="मिला मिल मौजूद उपलब्ध",
        around="यह वह आप जो जिसे ढूंढ खोज रहे हैं है सका गया था का की अनुरोधित",
    ),
}
"""By language tag (BCP 47); `sh` stands for Bosnian, Croatian, Montenegrin, Serbian and, near enough, Slovenian."""
