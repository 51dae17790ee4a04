"""The panel shows what is marked, in text order, follows the caret and says where it goes."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.model.articles import Article
from tui.model.codebook import Codebook, Tag
from tui.model.filters import Filter, parse_filter
from tui.model.records import (
    ArticleRecord,
    Assessment,
    Claim,
    Highlight,
    Hop,
    Link,
    Phrase,
    Quantity,
    Review,
    When,
)
from tui.model.spans import Extent, select
from tui.model.views import Annotations, Placed
from tui.widgets.annotation_panel import AnnotationPanel
from tui.widgets.annotation_rows import OtherClaim
from tui.widgets.looks import register_themes
from tui.widgets.rows import CURSOR

TEXT = (
    "The service reports that troops are not in combat. They regroup. "
    "More than 3,000 casualties were seen [/b] here. 국정원이 밝혔다."
)
ARTICLE = Article("a", TEXT, "r" * 64, title="Troops", outlet="News Today")
CODEBOOK = Codebook(
    (
        Tag("military", 1, "red"),
        Tag("military/casualties", 2, "orange"),
        Tag("politics", 0, "green", was=("old politics",)),
    )
)


def mark(record_id: str, quote: str, *tags: str, by: str = "kim", note: str = "") -> Placed:
    start = TEXT.index(quote)
    span = select(TEXT, start, start + len(quote))
    record = Highlight(id=record_id, article="a", rev=1, by=by, spans=(span,), tags=tags, note=note)
    return Placed(record, (span.extent,))


COMBAT = mark("h1", "troops are not in combat", "military")
WHOLE = mark("h0", "The service reports that troops are not in combat.")
DEAD = mark("h2", "More than 3,000 casualties", "military/casualties", note="Compare the 6th.")
KOREAN = mark("h3", "국정원이 밝혔다", "old politics", by="lee")
CHAIN = (
    Hop(Phrase("News Today")),
    Hop(Phrase("NYT"), "named", Phrase("reported")),
    Hop(Phrase("NIS"), "named", Phrase("said"), reliability="B"),
)
SAID = Claim(
    id="c1", article="a", rev=1, by="kim", highlight="h1", statement="Troops left the front",
    chain=CHAIN, credibility="2", modality="reported", hedge=Phrase("reportedly"),
    when=When("since mid-January", edtf="2025-01-11~/..", qualifier="since"),
)  # fmt: skip
COUNTED = Claim(
    id="c2", article="a", rev=1, by="lee", highlight="h2",
    statement="More than 3,000 casualties",
    quantities=(Quantity("more than 3,000", lower=3000, lower_inclusive=False),),
    assessment=Assessment("contested", "KBS has another figure"), fields={"theatre": "Kursk"},
)  # fmt: skip


def notes(**changes) -> Annotations:
    found = Annotations("a", (WHOLE, COMBAT, DEAD, KOREAN), {"h1": (SAID,), "h2": (COUNTED,)})
    return replace(found, **changes)


class Desk(App[None]):
    CSS = "AnnotationPanel { height: 1fr; width: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.panel = AnnotationPanel()
        self.heard: list[tuple[str, str, str]] = []

    def compose(self) -> ComposeResult:
        yield self.panel

    def on_annotation_panel_moved(self, event: AnnotationPanel.Moved) -> None:
        self.heard.append(("moved", event.kind, event.record_id))

    def on_annotation_panel_chosen(self, event: AnnotationPanel.Chosen) -> None:
        self.heard.append(("chosen", event.kind, event.record_id))

    def show(self, annotations: Annotations, article: Article = ARTICLE) -> None:
        self.panel.show(annotations, article, CODEBOOK, analyst="kim")


def screen(app: Desk) -> list[str]:
    lines = [app.panel.render_line(y).text.rstrip() for y in range(app.panel.size.height)]
    while lines and not lines[-1]:
        lines.pop()
    return lines


async def test_it_shows_in_text_order_what_is_set_and_nothing_else():
    app = Desk()
    async with app.run_test(size=(50, 40)):
        app.show(notes())
        assert screen(app) == [
            " 4 highlights · 2 claims",
            f"{CURSOR} ▌The service reports that troops are not in co…",
            " 1▌troops are not in combat",
            "   military",
            "    claim · draft · B2",
            "    Troops left the front",
            "    NIS said · via NYT",
            "    since mid-January 2025",
            "    reported (“reportedly”)",
            " 2▌More than 3,000 casualties",
            "   military/casualties",
            "   Compare the 6th.",
            "    claim · draft · by lee",
            "    > 3,000",
            "    assessment contested",
            "    rationale KBS has another figure",
            "    theatre Kursk",
            "  ▌국정원이 밝혔다",
            "   politics · by lee",
        ]


async def test_states_have_signs_beside_their_colours():
    lost = Placed(KOREAN.record, (), "orphan")
    app = Desk()
    reviews = (
        Review(id="r1", by="kim", claim="c2", claim_rev=1, decision="accept", modified="1"),
        Review(id="r2", by="kim", claim="c1", claim_rev=1, decision="reject", modified="1",
               reason="wrong span", flag=True),
    )  # fmt: skip
    async with app.run_test(size=(60, 40)):
        app.show(
            notes(
                highlights=(WHOLE, COMBAT, DEAD, lost),
                reviews=reviews,
                links=(Link(id="l", from_="c1", to="c2", kind="contradicts"),),
                unsaved=frozenset({"h0"}),
                altered=frozenset({"h2"}),
                records=(ArticleRecord(id="ar", by="kim", tags=("military",), note="One source"),),
            )
        )
        text = "\n".join(screen(app))
        for words in (
            "the whole article",
            " ▯The service",
            "rejected ✗ · B2 · flagged ! · self-reviewed",
            "    wrong span",
            "accepted ✓",
            "- contradicts · More than 3,000 casualties",
            "! changed outside Pressmark",
            "✗국정원이",
            "not in today's text",
        ):
            assert words in text


async def test_a_grade_that_the_chain_does_not_bear_out_is_warned_of():
    app = Desk()
    doubtful = (replace(CHAIN[1], reliability="E"), CHAIN[2])
    async with app.run_test(size=(60, 40)):
        app.show(notes(claims={"h1": (replace(SAID, chain=doubtful),)}))
        assert "! NYT in the chain is E, worse than B" in "\n".join(screen(app))


async def test_sources_read_innermost_first_and_are_never_cut():
    officials = Hop(Phrase("unnamed officials of the ministry"), "anonymous", Phrase("said"))
    wires = [Hop(Phrase(f"the {name} agency")) for name in ("second", "third", "fourth")]
    unnamed = Hop(Phrase(""), "none", Phrase("expected to"))
    app = Desk()
    async with app.run_test(size=(30, 40)):
        chain = (Hop(Phrase("News Today")), *wires, officials)
        silent = replace(SAID, id="c3", chain=(CHAIN[0], unnamed))
        app.show(notes(claims={"h1": (replace(SAID, chain=chain), silent)}))
        text = " ".join(" ".join(screen(app)).split())
        assert (
            "unnamed officials of the ministry said · via the fourth agency"
            " · via the third agency · via the second agency since"
        ) in text
        assert "no source named (expected to)" in text


async def test_what_is_asserted_goes_without_saying_and_a_hedge_against_it_is_warned_of():
    app = Desk()
    async with app.run_test(size=(60, 40)):
        plain = replace(SAID, modality="asserted", hedge=None)
        app.show(notes(claims={"h1": (plain,)}))
        assert "asserted" not in "\n".join(screen(app))
        app.show(notes(claims={"h1": (replace(plain, rev=2, hedge=Phrase("may")),)}))
        assert "    asserted (“may”)" in screen(app)
        assert "    ! asserted, but “may” says less" in screen(app)


async def test_the_claim_under_the_cursor_shows_its_whole_words_and_others_stay_short():
    words = " ".join(f"word{n}" for n in range(60))
    long = replace(SAID, statement=words)
    same = replace(COUNTED, statement=DEAD.record.spans[0].exact)
    app = Desk()
    async with app.run_test(size=(40, 60)) as pilot:
        app.show(notes(claims={"h1": (long,), "h2": (same,)}))
        assert words not in " ".join(" ".join(screen(app)).split())
        count = len(screen(app))
        app.panel.focus_record("c1")
        assert words in " ".join(" ".join(screen(app)).split())
        app.panel.focus_record("c2")
        assert words not in " ".join(" ".join(screen(app)).split())
        assert "    More than 3,000 casualties" in screen(app)
        assert len(screen(app)) == count + 1
        app.panel.to(0)
        assert len(screen(app)) == count
        await pilot.resize_terminal(40, 12)
        app.panel.focus_record("c2")
        app.panel.last()
        assert screen(app)[-1] == "   politics · by lee"


def other(claim_id: str) -> OtherClaim | None:
    if claim_id != "far":
        return None
    return OtherClaim("not seen since the middle of the month", "NIS", "b", "2025-02-05T10:00")


async def test_a_link_has_a_row_that_says_which_claim_is_at_its_other_end():
    links = (
        Link(id="l1", from_="c1", to="far", to_article="b", kind="repeats", by="kim"),
        Link(id="l2", from_="c2", to="c1", kind="updates", by="lee"),
        Link(id="l3", from_="c2", to="gone", kind="supports", by="kim"),
    )
    article = replace(ARTICLE, published="2025-02-07")
    app = Desk()
    async with app.run_test(size=(60, 40)) as pilot:
        app.panel.show(notes(links=links), article, CODEBOOK, analyst="kim", other=other)
        lines = screen(app)
        at = lines.index("    = repeats · NIS: not seen since the middle of… · 02-05")
        assert lines[at + 1] == "    < updated by · More than 3,000 casualties · by lee"
        assert "    > updates · NIS: Troops left the front · by lee" in lines
        assert "    + supports · a claim that cannot be shown here" in lines
        rows = [row for name in ("c1", "l1", "l2") if (row := app.panel.row_of(name))]
        assert [(row.id, row.kind, row.claim, row.other) for row in rows] == [
            ("c1", "claim", "c1", ""),
            ("l1", "link", "c1", "far"),
            ("l2", "link", "c1", "c2"),
        ]
        app.panel.to(3)
        app.panel.choose()
        await pilot.pause()
        assert app.heard == [("moved", "link", "l1"), ("chosen", "link", "l1")]
        assert screen(app)[at : at + 2] == [
            f"{CURSOR}   = repeats · 02-05",
            "      NIS: not seen since the middle of the month",
        ]
        app.panel.to(7)
        assert app.panel.key == ("l2", "link")
        app.panel.show(notes(links=links[1:]), article, CODEBOOK, analyst="kim", other=other)
        assert app.panel.row is not None
        assert (app.panel.row.id, app.panel.row.claim) == ("l2", "c2")


async def test_a_narrow_panel_gives_a_link_two_lines():
    app = Desk()
    link = Link(id="l1", from_="c1", to="far", to_article="b", kind="contradicts", by="kim")
    async with app.run_test(size=(28, 40)):
        article = replace(ARTICLE, published="2025-02-07")
        app.panel.show(notes(links=(link,)), article, CODEBOOK, analyst="kim", other=other)
        lines = screen(app)
        at = lines.index("    - contradicts · 02-05")
        assert lines[at + 1 : at + 3] == [
            "      NIS: not seen since",
            "      the middle of the mo…",
        ]


async def test_a_narrow_panel_wraps_the_sources():
    app = Desk()
    async with app.run_test(size=(22, 40)):
        app.show(notes())
        lines = screen(app)
        at = lines.index("    NIS said · via")
        assert lines[at + 1] == "    NYT"


async def test_moving_names_record_and_kind():
    app = Desk()
    async with app.run_test(size=(50, 40)) as pilot:
        app.show(notes())
        app.panel.move(1)
        app.panel.move(1)
        app.panel.choose()
        await pilot.pause()
        assert app.heard == [
            ("moved", "highlight", "h1"),
            ("moved", "claim", "c1"),
            ("chosen", "claim", "c1"),
        ]


async def test_it_follows_the_caret_without_a_message():
    app = Desk()
    async with app.run_test(size=(50, 40)) as pilot:
        app.show(notes())
        for words, wanted in (
            ("They", "h1"),  # nothing marked there: the last one before
            ("3,000", "h2"),
            ("국정원", "h3"),
            ("in combat", "h1"),  # two are marked there: the innermost
            ("The service", "h0"),
        ):
            app.panel.follow(TEXT.index(words))
            assert app.panel.key is not None
            assert app.panel.key[0] == wanted, words
        app.panel.focus_record("c2")
        app.panel.follow(TEXT.index("3,000"))
        assert app.panel.key == ("c2", "claim")
        app.panel.follow(0, len(TEXT))
        assert app.panel.key == ("c2", "claim")
        await pilot.pause()
        assert app.heard == []


async def test_while_the_analyst_moves_in_it_the_article_follows_and_not_the_panel():
    lost = Placed(KOREAN.record, (), "orphan")
    app = Desk()
    async with app.run_test(size=(50, 40)):
        app.show(notes(highlights=(WHOLE, COMBAT, DEAD, lost)))
        app.panel.active = True
        app.panel.last()
        app.panel.follow(0)
        assert app.panel.key == ("h3", "highlight")
        app.panel.active = False
        app.panel.follow(0)
        assert app.panel.key == ("h0", "highlight")


async def test_a_change_leaves_the_cursor_on_its_record_and_another_article_begins_at_the_top():
    app = Desk()
    async with app.run_test(size=(50, 40)):
        app.show(notes())
        app.panel.focus_record("h2")
        app.show(notes(highlights=(COMBAT, DEAD, KOREAN)))
        assert app.panel.key == ("h2", "highlight")
        app.show(notes(), replace(ARTICLE, id="b"))
        assert app.panel.key == ("h0", "highlight")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("tag:military", ["h1", "c1", "h2", "c2"]),
        ("tag:military/casualties", ["h2", "c2"]),
        ("tag:politics", ["h3"]),
        ("status:draft", ["h1", "c1", "h2", "c2"]),
        ("status:accepted", []),
        ("by:lee", ["h2", "c2", "h3"]),
        ("left", ["h1", "c1"]),
    ],
)
async def test_a_filter_by_tag_and_status_leaves_what_matches(words, ids):
    app = Desk()
    async with app.run_test(size=(60, 40)):
        app.show(notes())
        app.panel.set_filter(parse_filter(words))
        assert [name for name, _ in app.panel._keys] == ids
        text = " ".join(" ".join(screen(app)).split())
        assert app.panel.filter.describe() in text
        if not ids:
            assert "F changes the filter" in text
        app.panel.set_filter(Filter())
        assert app.panel.count == 6


async def test_an_unmarked_article_says_what_to_do():
    app = Desk()
    async with app.run_test(size=(30, 10)):
        app.show(Annotations("a"))
        text = " ".join(" ".join(screen(app)).split())
        assert "m highlights the sentence" in text
        app.panel.follow(3)
        assert app.panel.row is None


async def test_what_analysts_write_is_data_and_never_markup():
    nasty = "[/b] [@click=app.quit]x[/] \x1b[31m \u202e[LEAD]"
    app = Desk()
    async with app.run_test(size=(90, 30)):
        record = replace(COMBAT.record, note=nasty, tags=("[/]",))
        claim = replace(SAID, statement=nasty, place=Phrase(nasty), fields={"[/]": nasty})
        app.show(notes(highlights=(Placed(record, COMBAT.extents),), claims={"h1": (claim,)}))
        text = "\n".join(screen(app))
        assert text.count("[/b] [@click=app.quit]x[/] ␛[31m ▯[LEAD]") == 4
        assert "\x1b" not in text


async def test_a_new_state_of_a_claim_is_drawn():
    app = Desk()
    async with app.run_test(size=(60, 40)):
        app.show(notes())
        review = Review(id="r", by="lee", claim="c1", claim_rev=1, decision="accept", modified="1")
        app.show(notes(reviews=(review,)))
        assert "    claim · accepted ✓ · B2 · reviewed by lee" in screen(app)
        app.show(notes(claims={"h1": (replace(SAID, rev=2, credibility="3"),)}, reviews=(review,)))
        assert "    claim · draft · B3 · edited after its review" in screen(app)
        renamed = Codebook((Tag("army", 4, "blue", was=("military",)),))
        app.panel.show(notes(), ARTICLE, renamed, analyst="kim")
        assert "   army" in screen(app)
        assert " 4▌troops are not in combat" in screen(app)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (3, 40), (9, 9), (300, 100)])
async def test_no_line_is_wider_than_the_panel(size):
    app = Desk()
    async with app.run_test(size=size):
        app.show(notes())
        app.panel.last()
        assert all(cell_len(line) <= size[0] for line in screen(app))


async def test_two_thousand_highlights_take_a_change_without_being_built_again():
    quotes = [select(TEXT, 4, 30 + n % 20) for n in range(2000)]
    placed = tuple(
        Placed(
            Highlight(id=f"h{n}", article="a", rev=1, by="kim", spans=(span,), tags=("military",)),
            (Extent(n, n + 20),),
        )
        for n, span in enumerate(quotes)
    )
    claims = {p.record.id: (replace(SAID, id=f"c{p.record.id}"),) for p in placed}
    app = Desk()
    async with app.run_test(size=(40, 40)):
        before = Annotations("a", placed, claims)
        begun = time.process_time()
        app.show(before)
        first = time.process_time() - begun
        begun = time.process_time()
        app.show(replace(before, highlights=placed[1:]))
        again = time.process_time() - begun
        assert again < first / 2, f"first {first * 1000:.0f} ms, again {again * 1000:.0f} ms"


@pytest.mark.parametrize("at", ["h0", "h1", "c1", "h2", "c2", "h3"])
async def test_a_change_in_place_looks_like_a_panel_made_anew(at):
    longer = replace(COMBAT.record, rev=2, note="a note of its own", tags=("military", "politics"))
    fresh = Highlight(id="h4", article="a", rev=1, by="kim", spans=(select(TEXT, 4, 9),))
    base = notes()
    steps = [
        base.waiting(frozenset({"h1"})),
        base.but(Placed(longer, COMBAT.extents)).waiting(frozenset({"h1"})),
        base.but(Placed(longer, COMBAT.extents)),
        base.but(Placed(fresh, (Extent(4, 9),))).waiting(frozenset({"h4"})),
        base.but(Placed(DEAD.record, (Extent(0, 3),), "moved")),
        base.but(Placed(KOREAN.record, (), "orphan")),
        replace(base, highlights=(WHOLE, COMBAT, DEAD)),
        base,
    ]
    app, anew = Desk(), AnnotationPanel()
    async with app.run_test(size=(60, 80)) as pilot:
        await app.mount(anew)
        await pilot.pause()
        app.show(base)
        app.panel.focus_record(at)
        for step in steps:
            app.show(step)
            anew.show(Annotations("b"), replace(ARTICLE, id="b"), CODEBOOK, analyst="kim")
            anew.show(step, ARTICLE, CODEBOOK, analyst="kim")
            if app.panel.key is not None:
                anew.focus_record(app.panel.key[0])
            assert [app.panel.render_line(y).text for y in range(40)] == [
                anew.render_line(y).text for y in range(40)
            ]
