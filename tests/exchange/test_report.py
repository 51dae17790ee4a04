from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from tui.exchange import ArticleBundle, Bundle, export_text
from tui.exchange.addresses import web_address, web_uri
from tui.exchange.bundles import Item
from tui.exchange.markdown import code, linked, plain, table
from tui.exchange.prose import evidence, headline, in_quotes
from tui.model.articles import Article
from tui.model.ids import id_of_number
from tui.model.records import Assessment, Claim, Highlight, Hop, Phrase
from tui.model.spans import Extent, Span, select
from tui.model.views import Placed, Status, gathered
from tui.model.visible import visible

MARKDOWN = MarkdownIt("gfm-like")


@pytest.fixture(scope="module")
def report(bundle: Bundle) -> str:
    return export_text(bundle, "md")


def section(report: str, heading: str) -> str:
    return re.split(
        r"^#{1,4} ", report.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE
    )[0]


def claim_block(report: str, words: str) -> str:
    (found,) = (
        block
        for block in re.split(r"^#{2,4} ", report, flags=re.MULTILINE)
        if re.match(r"\d+\. ", block) and words in block.split("\n", 1)[0]
    )
    return found


def tokens(markdown: str) -> list[Token]:
    return [t for block in MARKDOWN.parse(markdown) for t in (block, *(block.children or ()))]


def test_the_head_says_what_is_in_it_how_much_and_how_far_reviewed(report):
    assert report.startswith("# Kursk: claims and evidence\n")
    assert "All claims of the four articles on the Kursk front. Made on 16 February 2025" in report
    summary = section(report, "Summary")
    assert "12 claims from 4 articles" in summary
    assert "2 accepted, 8 draft, 1 rejected and 1 disputed" in summary
    assert "1 decision by the claim's own author (self-reviewed)" in summary
    assert "the quote of claim 6" in summary


def test_topics_stand_in_the_order_of_the_codebook_and_claims_without_a_tag_last(report):
    headings = re.findall(r"^### (.+)$", report, re.MULTILINE)
    assert headings == [
        "military / casualties",
        "military / fighting",
        "military / deployment",
        "Without a tag",
    ]


def test_a_claim_has_source_time_grade_status_and_its_evidence(report):
    block = claim_block(report, "No North Korean unit had been observed")
    assert (
        "The National Intelligence Service told lawmakers, 5 February 2025; via News Today" in block
    )
    assert (
        "**When:** since mid-January 2025 (from about 11 January 2025 on), reckoned from" in block
    )
    assert "**Grade:** B2." in block
    assert "**Status:** Accepted by Lee, 15 February 2025." in block
    assert "**Analyst:** Kim, 14 February 2025" in block
    assert "> “no North Korean unit had been observed in combat since mid-January”" in block
    assert re.search(r"> — \[NORTH KOREAN UNITS.*News Today, 5 February 2025", block)
    assert re.search(r"characters \d+–\d+, revision `[0-9a-f]{12}`", block)
    assert "Note: Compare with what the Times wrote." in block
    assert re.search(
        r"The agency estimates; via News Today.*name is taken from the context", report
    )


def test_drafts_stale_reviews_disputes_and_self_reviews_are_labelled(report):
    assert "**DRAFT**, not reviewed" in claim_block(report, "At least 25 trains".lower())
    assert "**DRAFT**: changed since Lee reviewed it" in claim_block(report, "Denied that there")
    assert "**DISPUTED**: reviewers differ" in claim_block(report, "Nearly 5,000")
    assert "self-reviewed" in claim_block(report, "The force of about 11,000")


def test_conflicting_claims_stand_side_by_side_with_both_quotes(report):
    (head, rows) = section(report, "In conflict").strip().split("\n\n")[0].split("\n", 1)
    assert head == "|  | Claim 1 | Claim 2 |"
    (quotes,) = (row for row in rows.split("\n") if row.startswith("| **Quote**"))
    assert "more than 3,000 casualties" in quotes
    assert "nearly 5,000 North Korean soldiers" in quotes
    names = [row.split("**")[1] for row in rows.split("\n")[1:]]
    order = ["Quote", "Source", "When", "Quantity", "Modality", "Grade", "Status", "Article"]
    assert [name for name in names if name in order] == [n for n in order if n in names]


def test_a_repetition_is_said_to_be_no_corroboration(report):
    block = claim_block(report, "Has put the casualties")
    assert "Repeats the same original source as claim 1: no corroboration." in block
    assert "confirmed by independent sources: no supports link says so" in block


def test_likelihood_and_confidence_are_never_in_one_line(report):
    assert "**Likelihood:** likely." in report
    assert "**Confidence:** moderate." in report
    for line in report.split("\n"):
        assert not ("ikelihood" in line and "onfidence" in line)


def test_the_legend_explains_the_grades_that_are_used_and_no_others(report):
    legend = section(report, "How to read the grades")
    assert re.findall(r"^- \*\*(.)\*\*", legend, re.MULTILINE) == list("BCDEF12346")


def test_what_was_said_of_an_article_as_a_whole_stands_with_it(report):
    articles = section(report, "Articles")
    said = r"As a whole, by Kim: tagged military; grade E-; note: Read \*twice\*."
    assert articles.count(said) == articles.count("SHA-256") > 1
    assert "**E**: unreliable source" in section(report, "How to read the grades")


def test_rejected_claims_stand_apart_and_highlights_without_a_claim_in_an_appendix(report):
    rejected = report.split("## Rejected in review")[1].split("\n## ")[0]
    assert "Reason: not a claim." in rejected
    assert "**Tagged:** " in rejected
    assert "Also tagged" not in rejected
    assert "warned against" not in report.split("## Rejected in review", 1)[0]
    bare = section(report, "Highlights without a claim")
    assert "“Nobody has seen the soldiers”" in bare
    assert "The lead says more than the report." in bare


def test_articles_have_their_hashes_and_people_their_work(report, bundle):
    articles = section(report, "Articles")
    for part in bundle.articles:
        assert part.article.revision in articles
        assert part.article.path in articles
    people = section(report, "Who did what")
    assert "Kim wrote 10 claims and 1 highlight." in people
    assert "Lee made 4 review decisions." in people


def test_a_quote_that_moved_with_a_revision_says_so(bundle):
    part = bundle.articles[1]
    newer = replace(part.article, revision="f" * 64)
    moved = tuple(replace(p, fit="moved") for p in part.annotations.highlights)
    again = ArticleBundle(newer, replace(part.annotations, highlights=moved))
    report = export_text(replace(bundle, articles=(again,)), "md")
    assert "revised since; in revision `ffffffffffff` the same words stand at 96–177" in report
    assert "a claim outside this report" in report


def test_a_quote_whose_words_changed_is_given_with_those_of_today(bundle):
    part = bundle.articles[1]
    newer = replace(part.article, revision="f" * 64)
    changed = tuple(
        replace(p, fit="changed", extents=(Extent(96, 110),)) for p in part.annotations.highlights
    )
    again = ArticleBundle(newer, replace(part.annotations, highlights=changed))
    report = export_text(replace(bundle, articles=(again,)), "md")
    words = " ".join(newer.text[96:110].split())
    assert f"in revision `ffffffffffff` it reads **otherwise**, “{words}”, at 96–110." in report


def test_an_empty_bundle_gives_a_report_that_says_so():
    report = export_text(Bundle("Empty", scope="Nothing was marked"), "md")
    assert "Nothing was marked." in report
    assert "0 claims from 0 articles." in report


TRAPS = [
    "<script>alert(1)</script>",
    "[link](http://x.example) ![i](y) <http://z.example> [^1] [a]: b",
    "a | b || c",
    "# heading\n\n- item\n1. one\n> quote\n```\ncode\n```",
    "*bold* _it_ **b** ~~s~~ `code` $x$ \\* &amp; &#60;",
    "\x1b[31mred\u202e\u2028 \x00",
    "--- === ***",
    "[/b] [red]x",
    "![](http://x.example/a.png) ![a][r]\n\n[r]: http://x.example/a.png",
    "<img src=http://x.example/a.png onerror=alert(1)> <iframe> </script><svg/onload=x>",
    "[x](javascript:alert(1)) <javascript:alert(1)> javascript:alert(1)",
    "see http://x.example/a www.x.example x.com/a ftp://x.example a@x.example //x.example",
    "<!-- x --> <?php x ?> <![CDATA[ x ]]> </td></table>",
]


def evil_bundle(text: str) -> Bundle:
    highlight = Highlight(
        id=id_of_number(1),
        article="a",
        by=text,
        spans=(Span(0, len(text), text),),
        note=text,
        tags=(text,),
    )
    claim = Claim(
        id=id_of_number(2),
        article="a",
        by=text,
        highlight=highlight.id,
        statement=text,
        chain=(Hop(Phrase(text), cue=Phrase(text), reliability="A"),),
        place=Phrase(text),
        note=text,
        translation=text,
        assessment=Assessment(rationale=text, evidence=(text,)),
        fields={text: text},
    )
    bare = replace(highlight, id=id_of_number(3))
    article = Article(
        id="a",
        text=text,
        revision="r",
        title=text,
        outlet=text,
        url=text,
        path=text,
        published=text,
    )
    records = [highlight, claim, bare]
    placed = [Placed(r, ()) for r in (highlight, bare)]
    notes = gathered("a", records, placed)
    return Bundle(text, (ArticleBundle(article, notes),), scope=text, made=text)


@pytest.mark.parametrize("text", TRAPS)
def test_text_of_articles_and_analysts_adds_no_markup_to_the_report(text):
    harmless = tokens(export_text(evil_bundle("words"), "md"))
    found = tokens(export_text(evil_bundle(text), "md"))
    kinds = {"html_inline", "html_block", "link_open", "image", "fence", "em_open", "s_open"}
    assert [t.type for t in found if t.type in kinds] == [
        t.type for t in harmless if t.type in kinds
    ]
    for kind in ("heading_open", "list_item_open", "blockquote_open", "strong_open"):
        assert sum(t.type == kind for t in found) == sum(t.type == kind for t in harmless)


@pytest.mark.parametrize("text", TRAPS)
def test_nothing_in_the_report_acts_on_a_terminal(text):
    report = export_text(evil_bundle(text), "md")
    assert visible(report, keep="\n") == report


@given(st.text(st.characters(), max_size=40))
@example("1. x")
@example("- x")
@example("> 3,000")
@example("a < b <b>")
@example("http://x.example www.x.example a@x.example")
def test_escaped_text_reads_as_it_was(text):
    shown = visible(" ".join(text.split()))
    for markdown in (plain(text), f"before {plain(text)}"):
        found = tokens(markdown)
        words = "".join(t.content for t in found if t.type in ("text", "text_special"))
        assert words.removeprefix("before").strip() == shown.strip()
        assert {t.type for t in found} <= {"paragraph_open", "paragraph_close", "inline", "text"}


@given(st.text(st.characters(), min_size=1, max_size=20).filter(str.strip))
def test_code_shows_any_text_as_it_is(text):
    (found,) = (t for t in tokens(code(text)) if t.type == "code_inline")
    assert found.content.strip() == visible(" ".join(text.split())).strip()


def test_a_table_keeps_its_columns_whatever_stands_in_a_cell():
    markdown = table([["a", "b"], [plain("x | y"), code("p | q")]])
    assert sum(t.type == "td_open" for t in tokens(markdown)) == 2


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://x.example/\u202e",
        "http://[bad",
        "x.example",
        "//x.example",
        "http://",
    ],
)
def test_only_a_plain_web_address_becomes_a_link(url):
    assert "link_open" not in {t.type for t in tokens(linked("title", url))}


def test_a_web_address_cannot_leave_its_brackets():
    found = tokens(linked("a]b", "https://x.example/a b>c<d)e\\f"))
    (link,) = (t for t in found if t.type == "link_open")
    assert link.attrs["href"] == "https://x.example/a%20b%3Ec%3Cd)e%5Cf"


def test_an_address_holds_nothing_that_no_address_may_hold():
    typed = "https://[::1]:80/100%/é?tag[]=a|{b}^&c=%20#x#y"
    shown = "https://[::1]:80/100%25/é?tag%5B%5D=a%7C%7Bb%7D%5E&c=%20#x%23y"
    assert (web_address(typed), web_uri(typed)) == (shown, shown.replace("é", "%C3%A9"))
    assert web_uri("https://예.kr:8/국#b c") == "https://xn--2j5b.kr:8/%EA%B5%AD#b%20c"
    assert [*map(web_uri, ("ftp://x", "", "http://h/é"))] == ["", "", "http://h/%C3%A9"]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ('"They are gone."', '"They are gone."'),
        ("“They are gone.”", "“They are gone.”"),
        ("「없다」", "「없다」"),
        ("They are gone.", "“They are gone.”"),
        ('"They" and "we"', '“"They" and "we"”'),
        ('"', '“"”'),
    ],
)
def test_a_quote_that_has_its_own_quotation_marks_gets_no_others(quote, shown):
    assert in_quotes(quote) == shown


def quoted(text: str, statement: str) -> Item:
    span = select(text, 0, len(text))
    article = Article("a", text, "r" * 64, title="Troops")
    placed = Placed(Highlight(id="h", article="a", spans=(span,)), (span.extent,))
    return Item(article, placed, Claim(id="c", highlight="h", statement=statement), Status(), ())


def test_a_statement_that_is_the_quote_is_not_printed_twice_in_full():
    text = "the service told the committee that no unit had been seen in combat since mid-January."
    heading = headline(quoted(text, text))
    assert heading == "The service told the committee that no unit had been seen …"
    assert text in evidence(quoted(text, text))
    other = text.replace("no unit", "no North Korean unit")
    assert headline(quoted(text, other)) == "T" + other[1:]
    assert headline(quoted("no unit was seen", "no unit was seen")) == "No unit was seen"
