"""Saved pages: which words are the article, how they stand, what the page says about them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles import Document, UnreadableError, read_document
from tui.model.articles import Article

ONE = (
    "The harbour office said on Monday that the ferries would sail again after the storm, "
    "and that nobody had been hurt."
)
TWO = (
    "About 1,200 passengers had waited at the terminal for two days, the office reported in a "
    "statement on its website."
)
THREE = "“We are glad that it is over,” said Min Haneul, who runs the small port on the far island."
DATA = """
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "Elsewhere"},
  {"@type": ["NewsArticle"], "headline": "Ferries sail again", "inLanguage": "en-GB",
   "author": [{"@type": "Person", "name": "Jo Berg"}, {"name": "Min Seri"}],
   "publisher": {"@type": "Organization", "name": "Evening &amp; Desk"},
   "datePublished": "2019-11-19T10:00:00Z", "dateModified": "2019-11-19T12:30:00+01:00"}]}</script>
<link rel="canonical" href="https://desk.example/2019/11/19/ferries">
"""
CHROME = (
    "<nav><ul><li><a href='/'>Home</a><li><a href='/world'>World</a></ul></nav>",
    "<footer><p>Evening Desk <a href='/imprint'>Imprint</a></p></footer>",
)


def page(body: str, head: str = "", *, declared: str = "<meta charset=utf-8>") -> str:
    top = f"<!DOCTYPE html><html><head>{declared}{head}</head><body>{CHROME[0]}"
    return f"{top}<article>{body}</article>{CHROME[1]}</body></html>"


def read(data: str | bytes) -> Article:
    data = data.encode() if isinstance(data, str) else data
    (article,) = read_document(Document(data, "page.html"))
    assert isinstance(article, Article)
    return article


def paragraphs(*words: str) -> str:
    return "".join(f"<p>{each}</p>" for each in words)


def test_a_page_gives_its_article_and_all_that_it_says_about_it() -> None:
    article = read(page(f"<h1>Ferries sail again</h1>{paragraphs(ONE, TWO)}", DATA))
    assert article.text == f"Ferries sail again\n\n{ONE}\n\n{TWO}"
    assert article.headline is not None
    assert article.headline.of(article.text) == article.title == "Ferries sail again"
    assert (article.reader, article.encoding, article.language) == ("html", "utf-8", "en")
    assert article.byline == "Jo Berg, Min Seri"
    assert article.outlet == "Evening & Desk"
    assert article.url == "https://desk.example/2019/11/19/ferries"
    assert article.published == "2019-11-19T10:00:00+00:00"
    assert article.modified == "2019-11-19T12:30:00+01:00"


def test_open_graph_and_meta_elements_say_it_where_there_is_no_json_ld() -> None:
    head = """<title>Ferries sail again | Evening Desk</title><meta name=author content="Jo Berg">
    <meta property="og:title" content="Ferries sail again"><meta name="date" content="2019-11-19">
    <meta property="og:site_name" content="Evening Desk">
    <meta property="og:url" content="https://desk.example/a?id=7">"""
    article = read(page(paragraphs(ONE, TWO), head))
    found = (article.title, article.byline, article.outlet, article.url, article.published)
    wanted = ("Ferries sail again", "Jo Berg", "Evening Desk", "https://desk.example/a?id=7")
    assert found == (*wanted, "2019-11-19")
    assert article.text.startswith(f"Ferries sail again\n\n{ONE}")


def test_blocks_stand_apart_and_inline_markup_neither_glues_nor_parts_words() -> None:
    body = f"""<h1>Ferries</h1><p>{ONE} <b>M</b>in <i>Haneul</i>, a<wbr>board,\n said
    caf<em>e\u0301</em>&nbsp;&amp; <a href=x>co</a>.</p><h2>What next</h2>
    <ul><li>The first boat leaves at six.</li><li>The last one at nine.</li></ul>
    <blockquote><p>{THREE}</p></blockquote><div>{TWO}<br>Line two.<br><br>{ONE}</div>"""
    assert read(page(body)).text.split("\n\n") == [
        "Ferries",
        f"{ONE} Min Haneul, aboard, said cafe\u0301 & co.",
        "What next",
        "The first boat leaves at six.",
        "The last one at nine.",
        THREE,
        f"{TWO}\nLine two.",
        ONE,
    ]


def test_what_is_not_shown_and_what_leads_elsewhere_is_left_out() -> None:
    body = f"""<h1>Ferries</h1><p>{ONE}</p><script>var secret;</script><style>.secret {{}}</style>
    <p hidden>secret</p><p style="color: red; display:none">secret</p><template>secret</template>
    <p><a href="/b">Read more: The secret of the storm and what it left behind</a></p>
    <p>{TWO} <span class="sr-only">secret</span></p>"""
    assert read(page(body)).text == f"Ferries\n\n{ONE}\n\n{TWO}"


def test_an_article_that_advertisements_part_is_read_to_its_end() -> None:
    chunk = "<div class='chunk'><div class='body'>{}</div></div><div class='ad'>Buy <b>it</b></div>"
    sentences = [f"{ONE} That was report number {n} of the day." for n in range(24)]
    chunks = [paragraphs(*sentences[n : n + 8]) for n in range(0, 24, 8)]
    article = read(page("<h1>Ferries</h1>" + "".join(chunk.format(each) for each in chunks)))
    assert article.text.split("\n\n") == ["Ferries", *sentences]


KOREAN = page(
    "<h3>태풍 뒤 여객선 다시 운항</h3>"
    "<div class=info>기사입력 2024.11.06. 오후 6:02 최종수정 2024.11.06. 오후 6:40</div><div>"
    + "섬으로 가는 배가 다시 운항한다고 항만청이 밝혔다. 승객 1,200명이 기다렸다.<br><br>" * 4
    + "김하늘 기자 haneul@desk.example</div>",
    "<title>태풍 뒤 여객선 다시 운항 - 바다신문</title>",
    declared='<meta http-equiv="Content-Type" content="text/html; charset={}">',
)


@pytest.mark.parametrize(
    ("declared", "written", "encoding"),
    [("euc-kr", "cp949", "cp949"), ("euc-kr", "utf-8", "utf-8"), ("utf-8", "cp949", "cp949")],
)
def test_a_korean_page_is_read_as_declared_unless_that_is_plainly_wrong(
    declared: str, written: str, encoding: str
) -> None:
    article = read(KOREAN.format(declared).encode(written))
    assert (article.encoding, article.replaced) == (encoding, 0)
    assert article.title == "태풍 뒤 여객선 다시 운항"
    assert article.published == "2024-11-06T18:02+09:00"
    assert article.modified == "2024-11-06T18:40+09:00"
    assert article.byline == "김하늘 기자"
    assert article.language == "ko"


@pytest.mark.parametrize(
    ("written", "data"),
    [
        ("utf-16-le", page(paragraphs(ONE, TWO)).encode("utf-16")),
        ("cp1252", page(paragraphs(f"{ONE} Café", TWO), declared="").encode("cp1252")),
        (
            "cp932",
            page(f"<p>{'港は再開した。' * 20}</p>", declared="<meta charset=x-sjis>").encode(
                "cp932"
            ),
        ),
    ],
)
def test_other_encodings_are_read_without_a_lost_letter(written: str, data: bytes) -> None:
    article = read(data)
    assert (article.encoding, article.replaced) == (written, 0)
    assert "\ufffd" not in article.text


def test_a_page_of_the_web_archive_names_copy_and_original() -> None:
    address = "https://web.archive.org/web/20191120080000/https://desk.example/2019/11/19/ferries"
    bar = f"<div id='wm-ipp-base'>{paragraphs(THREE, THREE)}</div>"
    article = read(page(bar + paragraphs(ONE, TWO), f'<link rel=canonical href="{address}">'))
    assert article.url == "https://desk.example/2019/11/19/ferries"
    assert article.archive_url == address
    assert article.published == "2019-11-19"  # all that the address tells
    assert THREE not in article.text


def test_programs_that_save_pages_say_where_from_and_when() -> None:
    single = """<!DOCTYPE html><html lang=en><!--
 Page saved with SingleFile
 url: https://desk.example/a/b?x=1&amp;y=2
 saved date: Tue Nov 19 2019 10:00:00 GMT+0100 (Central European Standard Time)
--><head><meta charset=utf-8></head><body>"""
    picture = f"<img src='data:image/png;base64,{'A' * 300_000}'>"
    article = read(single + picture + paragraphs(ONE, TWO) + "</body></html>")
    assert article.url == "https://desk.example/a/b?x=1&y=2"
    assert article.retrieved == "2019-11-19T10:00:00+01:00"
    assert article.text == f"{ONE}\n\n{TWO}"
    saved = "<!-- saved from url=(0031)https://desk.example/c/d.html -->"
    assert read(saved + page(paragraphs(ONE, TWO))).url == "https://desk.example/c/d.html"


def test_elements_nested_too_deep_are_refused_and_less_deep_ones_read() -> None:
    deep = "<div>" * 20_000 + paragraphs(ONE, TWO)
    with pytest.raises(UnreadableError, match=r"page\.html has more than 2,000 elements"):
        read(page(deep))
    assert TWO in read(page("<div>" * 1_000 + paragraphs(ONE, TWO))).text


@pytest.mark.parametrize("data", ["", "<html>", "<html><body><script>1</script>", "<!-- 1 -->"])
def test_a_page_without_words_says_so(data: str) -> None:
    with pytest.raises(UnreadableError, match=r"page\.html (?:is an empty page|shows no text)"):
        read(data)


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div", ">", "<b>x", "<table><tr><td>", "<br><br>", "</html>", "<title>"),
        *(
            "<script>",
            "<!--",
            "-->",
            "&#13;",
            "&#0;",
            "&#x1b;[2J",
            "&amp",
            "\r",
            "\0",
            "\ud7ff",
            ONE,
        ),
        *('<script type="application/ld+json">', '{"@type": "Article", "author": [[', "<li>", TWO),
        *("<meta charset=", "euc-kr>", "<time datetime=2019-13-45>", "<pre>\n\n", "<svg><style>"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30), st.binary(max_size=20))
def test_no_page_breaks_the_reader(pieces: list[str], tail: bytes) -> None:
    data = "".join(pieces).encode("utf-8", "replace") + tail
    try:
        article = read(b"<html>" + data)
    except UnreadableError:
        return
    assert not set("\r\0\x1b") & set(article.text + article.title + article.byline)
    size = len(article.text)
    assert all(0 <= e.start <= e.end <= size for e in article.header)
    if article.headline:
        assert article.headline.of(article.text).strip()
