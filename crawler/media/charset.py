"""Which encoding the text of a page is in, of the closed list of the WHATWG Encoding Standard, as a codec of Python.

Only what stands in that list is ever decoded with. Python knows other codecs by name (`unicode_escape`, `punycode`,
`idna`, `utf-7`), which no browser takes from a page and some of which are slow on hostile bytes.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from functools import lru_cache

DEFAULT = "utf-8"
"""Where nothing is said. Browsers guess by locale then (WHATWG HTML, section 13.2.3.2, step 9); most such pages are
UTF-8, and bytes that are not are replaced."""

PRESCAN = 1024
"""Bytes in which a page has to name its encoding (WHATWG HTML, sections 4.2.5.4 and 13.2.3.2)."""

_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
    "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
    "iso_8859-7 iso_8859-7:1987 sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
    "iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
    "windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp_2": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
    "windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
"""Codec: the labels that stand for it (WHATWG Encoding, section 4.2). Python has no codec for `x-user-defined`, which
only means that nobody may read the bytes as text."""

CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}

WIDE = frozenset({"utf-16-be", "utf-16-le"})
"""The encodings in which markup itself is not written in the bytes of ASCII."""

_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_BE, "utf-16-be"), (BOM_UTF16_LE, "utf-16-le"))
_TYPE = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)
_META = re.compile(rb"<meta[\s/][^>]{0,512}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)


def encoding(body: bytes, content_type: str | None) -> str:
    """The codec for a body: by its byte order mark, else by `charset` of `Content-Type`, else by `<meta>` in the first
    `PRESCAN` bytes (WHATWG HTML, section 13.2.3.2), else `DEFAULT`. A label that nobody knows says nothing."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return codec
    named = _TYPE.search(content_type) if content_type else None
    if named and (known := CODECS.get(named[1].lower())):
        return known
    meta = _META.search(_COMMENT.sub(b"", body[:PRESCAN]))
    found = CODECS.get(meta[1].decode("ascii").lower(), DEFAULT) if meta else DEFAULT
    return DEFAULT if found in WIDE else found  # it was read as ASCII, so it can't be (step 2.12 of the prescan)


def may_be_wide(body: bytes, content_type: str | None) -> bool:
    """Whether a body may be in an encoding of `WIDE`: its mark or its type say so, the only ones to say it."""
    if body and body[0] >= 0xFE and body[:2] in (BOM_UTF16_BE, BOM_UTF16_LE):
        return True
    return content_type is not None and _may_name_wide(content_type)


@lru_cache(maxsize=128)
def _may_name_wide(content_type: str) -> bool:
    """Whether something stands in it that all of their labels have."""
    kind = content_type.lower()
    return "16" in kind or "ucs" in kind or "unicode" in kind
