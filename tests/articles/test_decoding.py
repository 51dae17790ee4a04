from __future__ import annotations

import codecs
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.articles import UnreadableError, decode, read_article

KOREAN = "북한군은 더 이상 전투에 참여하지 않는 것으로 보인다. 국정원은 이렇게 밝혔다.\n" * 3
FRENCH = "Le président a déclaré que l’été serait “très” chaud – déjà 40 °C à Séville.\n"


def test_line_ends_become_line_feeds_and_nothing_else_changes() -> None:
    assert decode(b"a\r\nb\rc\n\td\x0b \x0c\r\r\n").text == "a\nb\nc\n\td\x0b \x0c\n\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (KOREAN.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + KOREAN.encode(), "utf-8"),
        (b"\xff\xfe" + KOREAN.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), "utf-16-be"),
        (KOREAN.encode("cp949"), "cp949"),
    ],
)
def test_korean_is_read_in_every_encoding_it_comes_in(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.replaced) == (KOREAN, encoding, 0)


def test_western_text_in_windows_1252_is_not_taken_for_korean() -> None:
    decoded = decode(FRENCH.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (FRENCH, "cp1252")


def test_a_korean_name_in_an_english_text_does_not_need_much_hangul_to_be_read() -> None:
    text = "The spokesman, " + "김영수" + ", said no more on that day.\n"
    assert decode(text.encode("cp949")).text == text


def test_damaged_utf_8_stays_utf_8_and_the_lost_bytes_are_counted() -> None:
    data = KOREAN.encode()
    decoded = decode(data[:30] + b"\xff\xfe" + data[30:-3])
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 2 + 2  # the two in the middle, and two of a syllable cut at the end
    assert decoded.text.startswith("북한군은 더 이상")


def test_a_replacement_character_of_the_text_itself_is_not_counted() -> None:
    assert decode("so\ufffd ".encode()).replaced == 0


def test_an_encoding_that_is_asked_for_overrides_the_guess() -> None:
    assert decode("é".encode("cp1252"), "latin-1").text == "é"
    assert decode(b"\xff\xfeA\x00", "utf-16").text == "A"
    assert decode(b"A\x00B\x00", "utf-16-le").text == "AB"


def test_an_unknown_encoding_is_refused_by_name() -> None:
    wanted = "there is no encoding 'klingon': name one such as utf-8, cp949 or windows-1252"
    with pytest.raises(UnreadableError, match=wanted):
        read_article(b"text", "a.txt", encoding="klingon")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "JPEG picture"),
        (b"\x7fELF" + bytes(40), "program"),
        (b"MZ\x90\x00\x03" + bytes(40), "program"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04" + bytes(9), "ZIP"),
        (b"some text" + bytes(100), "binary data"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIF picture"),
        (b"wOF2\x00\x01\x00\x00" + bytes(40), "font"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x41" + bytes(40), "Java class"),
        (b"\xa7\x0d\x0d\x0a" + bytes(40), "compiled Python module"),
        (b"SQLite format 3\x00" + bytes(40), "SQLite database"),
        (b"RIFF\x10\x00\x00\x00WEBP" + bytes(40), "WebP picture"),
        (b"RIFF\x10\x00\x00\x00odd " + bytes(40), "a RIFF picture or recording"),
        (b"\x00\x00\x00\x18ftypavif" + bytes(40), "AVIF picture"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(40), "a video"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x2d" + bytes(40), "Java class"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x02" + bytes(40), "a program"),
        (b"a.txt" + bytes(252) + b"ustar" + bytes(40), "a tar archive"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence_with_the_file_and_the_mend(
    data: bytes, what: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_article(data, "folder/photo.txt")
    sentence = str(caught.value)
    assert sentence.startswith("folder/photo.txt is ")
    assert what in sentence
    assert "\n" not in sentence
    assert ": " in sentence


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (["[Content_Types].xml", "word/document.xml"], "Word document"),
        (["[Content_Types].xml", "xl/workbook.xml"], "Excel table"),
        (["mimetype"], "OpenDocument text"),
        (["notes.txt"], "ZIP archive"),
    ],
)
def test_a_zip_archive_is_named_by_what_it_holds(names: list[str], what: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            kind = "application/vnd.oasis.opendocument.text" if name == "mimetype" else ""
            archive.writestr(name, kind)
    with pytest.raises(UnreadableError, match=what):
        decode(packed.getvalue())


JAPANESE = "防衛省は、現地の状況について情報の収集と分析に努めていると説明した。\n"
CHINESE = "外交部发言人在例行记者会上表示，中方一贯主张通过对话与谈判解决危机。\n"
RUSSIAN = "Представитель министерства сообщил, что переговоры возобновятся в среду.\n"
POLISH = "Rzecznik rządu powiedział, że żołnierze wrócą do kraju jeszcze w tym miesiącu.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "utf-16-le"),
        (KOREAN, "utf-16-be"),
        (KOREAN, "utf-32-le"),
        (JAPANESE, "utf-16-be"),
        (CHINESE, "utf-16-le"),
        (FRENCH, "utf-16-le"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"),
    ],
)
def test_an_encoding_that_nothing_tells_is_guessed_by_the_letters(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, encoding, 0)


@pytest.mark.parametrize("line", ["", "입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32\n"])
def test_quotes_of_print_in_english_from_a_korean_desk_are_read(line: str) -> None:
    text = f"“NK TROOPS NO LONGER SEEN”\n{line}The ministry’s figure, it said, “will grow.”\n"
    assert decode(text.encode("cp949")).text == text


def test_a_syllable_that_euc_kr_spells_out_is_put_together() -> None:
    text = KOREAN + "전통정원을 조성키로 헸다.\n"
    assert decode(text.encode("euc_kr")).text == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(KOREAN, "cp949"), (JAPANESE, "cp932"), (CHINESE, "gb18030")]
)
def test_a_bad_byte_far_into_a_text_is_replaced_and_counted(text: str, encoding: str) -> None:
    data = (text * 3000).encode(encoding)
    half = len(text.encode(encoding)) * 1500
    decoded = decode(data[:half] + b"\xfc\n" + data[half:])
    assert (decoded.encoding, decoded.replaced) == (encoding, 1)
    assert decoded.text == text * 1500 + "\ufffd\n" + text * 1500


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_bad_byte_in_a_short_text_does_not_change_what_the_rest_is_read_as(encoding: str) -> None:
    data = KOREAN.encode(encoding)
    decoded = decode(data + b"\xff\n" + data)
    assert (decoded.encoding, decoded.replaced) == (encoding, 1)
    assert decoded.text == KOREAN + "\ufffd\n" + KOREAN


def test_only_line_ends_of_bytes_are_line_ends() -> None:
    text = "a\u2028b\u2029c\x85d\0e\u1112\u1161\u11ab" + "f" * 100
    assert decode(text.encode()).text == text


def test_a_text_that_begins_like_a_program_is_still_text() -> None:
    assert decode(b"MZ is how the file begins.").text == "MZ is how the file begins."
    assert decode(b"BMW and ID3 are names.").encoding == "utf-8"


def test_one_stray_nul_does_not_make_a_long_text_binary() -> None:
    text = "A sentence of an ordinary article.\n" * 20
    assert decode((text + "\0" + text).encode()).text == text + "\0" + text


@pytest.mark.parametrize("encoding", ["idna", "punycode", "undefined"])
def test_an_encoding_that_cannot_read_the_bytes_at_all_is_said_so(encoding: str) -> None:
    wanted = f"a.txt cannot be read as {encoding}: name another with --encoding"
    with pytest.raises(UnreadableError, match=wanted):
        read_article(b"\xff" * 80 + b".", "a.txt", encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("utf-8-sig", codecs.BOM_UTF8),
        ("utf-16", codecs.BOM_UTF16_BE),
        ("utf-16", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32", codecs.BOM_UTF32_BE),
        ("UTF32", codecs.BOM_UTF32_LE),
    ],
)
def test_the_mark_of_an_encoding_that_is_asked_for_is_no_text(encoding: str, mark: bytes) -> None:
    end = "be" if mark in (codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE) else "le"
    name = "utf-8" if mark == codecs.BOM_UTF8 else f"utf-{'32' if '32' in encoding else '16'}-{end}"
    decoded = decode(mark + "한국\r\n".encode(name), encoding)
    assert (decoded.text, decoded.encoding, decoded.replaced) == ("한국\n", name, 0)
    assert decode(mark + "한국\r\n".encode(name)) == decoded


def test_without_a_mark_the_first_end_of_a_family_is_the_little_one() -> None:
    assert decode("한국".encode("utf-16-le"), "utf-16").text == "한국"
    assert decode("한국".encode("utf-32-le"), "utf-32").text == "한국"
    assert decode("한국".encode("utf-16-be"), "utf-16-be").text == "한국"


def test_the_mark_of_another_encoding_than_was_asked_for_is_text() -> None:
    assert decode(codecs.BOM_UTF8 + b"a", "cp1252").text == "ï»¿a"


@pytest.mark.parametrize(
    ("data", "encoding", "text", "replaced"),
    [
        (b"a\xffb", "utf-8", "a\ufffdb", 1),
        (b"a\xff\xfeb", "utf-8", "a\ufffd\ufffdb", 2),
        (b"\xef\xbf\xbda\xff", "utf-8", "\ufffda\ufffd", 1),
        (b"a\xed\xa0\x80", "utf-8", "a\ufffd\ufffd\ufffd", 3),
        (b"\x841\xa47\xff", "gb18030", "\ufffd\ufffd", 1),
        (b"a\x81\x8d", "cp1252", "a\ufffd\ufffd", 2),
        (b"a\x00b", "utf-16-le", "a\ufffd", 1),
        (b"\x80\x81", "ascii", "\ufffd\ufffd", 2),
    ],
)
def test_each_byte_that_fits_no_character_is_counted(
    data: bytes, encoding: str, text: str, replaced: int
) -> None:
    decoded = decode(data, encoding)
    assert (decoded.text, decoded.replaced) == (text, replaced)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n\rd\r", "a\nb\nc\n\nd\n"),
        (b"\r\r\n\n", "\n\n\n"),
        (b"a\n\nb", "a\n\nb"),
        (b"", ""),
    ],
)
def test_each_kind_of_line_end_is_one_line_feed(data: bytes, text: str) -> None:
    assert decode(data).text == text
    assert decode(data, "cp1252").text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("iso2022_jp", "日本のニュース"), ("iso2022_kr", "한국 뉴스"), ("iso2022_jp_2", "日本、한국")],
)
def test_what_is_written_with_escapes_is_read(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding) + b"\r\n")
    assert (decoded.text, decoded.replaced) == (f"{text}\n", 0)


def test_an_escape_that_begins_no_encoding_is_text() -> None:
    decoded = decode(b"costs \x1b$ 5 \xc3\xa9")
    assert (decoded.text, decoded.encoding) == ("costs \x1b$ 5 é", "utf-8")
    decoded = decode(b"costs \x1b$ 5")
    assert (decoded.text, decoded.encoding) == ("costs \x1b$ 5", "utf-8")


def test_an_unreadable_file_is_named_once_its_name_is_known() -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(b"%PDF-1.7 " + bytes(9))
    assert (
        str(caught.value)
        == "this file is a PDF document, not text: save its text as .txt and open that"
    )
    named = caught.value.named("a/b.txt")
    assert str(named) == "a/b.txt is a PDF document, not text: save its text as .txt and open that"
    assert (named.what, named.mend) == (caught.value.what, caught.value.mend)


def test_what_may_be_text_after_all_can_be_named() -> None:
    with pytest.raises(UnreadableError, match="if it is text all the same, name its encoding with"):
        decode(b"some text" + bytes(range(20)) * 10)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableError):
        decoded = decode(data)
        assert "\r" not in decoded.text
        assert 0 <= decoded.replaced <= len(data)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "utf-16", "cp949", "cp1252", "ascii"]))
def test_an_encoding_asked_for_reads_any_bytes(data: bytes, encoding: str) -> None:
    assert "\r" not in decode(data, encoding).text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t")))
def test_canonical_text_read_again_is_itself(text: str) -> None:
    once = decode(b"\xef\xbb\xbf" + text.encode()).text
    assert decode(b"\xef\xbb\xbf" + once.encode()).text == once
    assert once == text.replace("\r\n", "\n").replace("\r", "\n")
