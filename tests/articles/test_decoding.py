from __future__ import annotations

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
    with pytest.raises(UnreadableError, match="no encoding 'klingon'"):
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
