"""What is proposed for whole articles, our own samples before all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.analysis import Suggestions, format_chain, format_quantity, suggest
from tui.articles import outline, read_article
from tui.model.articles import Article
from tui.model.codec import from_json, to_json
from tui.model.sources import Registry, Source
from tui.model.spans import Span
from tui.samples import sample_articles

HEAD = " date 2025-02-05 [News Today] “HEADLINE”\n\n입력 2025-02-05 15:53:10 News Today\n\n\n"
REGISTRY = Registry((Source("National Intelligence Service", ("NIS",), "named"),))
SAMPLES = sorted(sample_articles().glob("*.txt"))


def read(body: str, head: str = HEAD) -> Article:
    return read_article((head + body).encode(), "made.txt")


def suggested(article: Article) -> Suggestions:
    return suggest(article, outline(article), REGISTRY)


def lines(body: str) -> list[tuple[str, str]]:
    """The inner hops and the words of each proposal."""
    found = suggested(read(body)).proposals
    return [
        (format_chain(p.chain[1:]), " … ".join(" ".join(s.exact.split()) for s in p.spans))
        for p in found
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The ministry said the quays are full.", [("The ministry/said", "the quays are full")]),
        ("The ministry said on Tuesday that the quays are full.",
         [("The ministry/said", "the quays are full")]),
        ("Two officials told reporters that the quays are full.",
         [("Two officials/told", "the quays are full")]),
        ("Two officials told reporters it was full.",
         [("Two officials/told", "it was full")]),
        ("The quays are full, Helga Lund told Quay Radio's Sunday programme.",
         [("Helga Lund/told", "The quays are full")]),
        ("Helga Lund told the seminar: “The quays are full.”",
         [("Helga Lund/told", "“The quays are full.”")]),
        ("Helga Lund said in a letter to members, “The quays are full.”",
         [("Helga Lund/said", "“The quays are full.”")]),
        ("The quays are full, Helga Lund said.", [("Helga Lund/said", "The quays are full")]),
        ("“The quays are full,” said Helga Lund, a docker. “Nobody loads.”",
         [("Helga Lund/said", "“The quays are full,”"), ("Helga Lund/said", "“Nobody loads.”")]),
        ("Helga Lund called the quays “a disgrace.”",
         [("Helga Lund/called", "the quays “a disgrace.”")]),
        ("According to the port, the quays are full.",
         [("the port/According to", "the quays are full")]),
        ("The quays are reportedly full.", [("/reportedly", "The quays are reportedly full")]),
        ("The ships are believed to be full.",
         [("/are believed to", "The ships are believed to be full")]),
        ("There is speculation that the quays are full.",
         [("/speculation", "the quays are full")]),
        ("Helga Lund wants the quays to be emptied.",
         [("Helga Lund/wants", "the quays to be emptied")]),
        ("The Times reported that officials said the quays are full.",
         [("Times/reported > officials/said", "the quays are full")]),
        ("Helga Lund said the quays are full, while Colm Reyes denied that they are.",
         [("Helga Lund/said", "the quays are full"), ("Colm Reyes/denied", "they are")]),
        ("Helga Lund, who doubts the count, left.", [("Helga Lund/doubts", "the count")]),
        ("Helga Lund/ Tide Institute\nThe quays are full, I think.\n",
         [("Helga Lund", "The quays are full, I think.")]),
        ("국정원은 북한군이 전투에 나서지 않고 있다고 밝혔다.",
         [("국정원/밝혔다", "북한군이 전투에 나서지 않고 있다")]),
        ("한 군 소식통에 따르면 부대는 후방으로 이동했다.",
         [("한 군 소식통/에 따르면", "부대는 후방으로 이동했다")]),
        ("북한군이 전투에 나서지 않는 것으로 알려졌다.",
         [("/알려졌다", "북한군이 전투에 나서지 않는 것")]),
    ],
)  # fmt: skip
def test_attributed_statements_are_proposed(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(chain.removeprefix('""'), words) for chain, words in lines(body)] == expected


@pytest.mark.parametrize(
    "body",
    [
        "The troops were sent to the Kursk region.",
        "The United States sent more of them.",
        "The states sent supports for the quays.",
        "Everything went according to plan.",
        "The Daily News stands in Back Street.",
    ],
)
def test_what_nobody_is_said_to_say_is_not_proposed(body: str) -> None:
    assert lines(body) == []


def test_a_pronoun_is_worked_out_or_said_to_be_in_doubt() -> None:
    sure = suggested(read("Helga Lund said the quays are full. She said nobody loads."))
    hop = sure.proposals[1].chain[-1]
    assert (hop.source.text, hop.resolved) == ("Helga Lund", True)
    assert hop.source.span is not None
    assert hop.source.span.exact == "She"
    doubt = suggested(read("The quays are full. He said nobody loads."))
    hop = doubt.proposals[0].chain[-1]
    assert (hop.source.text, hop.kind, hop.resolved) == ("He", "", False)
    assert "source: He (could mean anybody)" in doubt.proposals[0].reasons


def test_a_source_in_a_relative_clause_is_marked_as_worked_out() -> None:
    (found,) = suggested(read("Helga Lund, who doubts the count, left.")).proposals
    hop = found.chain[-1]
    assert hop.source.span is not None
    assert (hop.source.text, hop.source.span.exact, hop.resolved) == ("Helga Lund", "who", True)


def test_the_rank_is_the_sum_that_the_documents_give() -> None:
    body = "The National Intelligence Service estimates more than 3,000 casualties since January."
    (found,) = suggested(read(body)).proposals
    # a figure, of casualties, a date, a source by name, a verb of saying, estimated
    assert found.rank == (25 + 10 + 15 + 20 + 15 + 10) / 100
    assert found.modality == "estimated"
    (wanted,) = suggested(read("He wants peace.")).proposals
    assert wanted.rank == 0


def test_an_id_is_made_of_revision_and_spans_alone() -> None:
    body = "The ministry said the quays are full."
    first = suggested(read(body)).proposals[0].id
    assert suggested(read(body)).proposals[0].id == first
    known = suggest(read(body), outline(read(body)), Registry((Source("the ministry"),)))
    assert known.proposals[0].id == first
    assert suggested(read(body + " So be it.")).proposals[0].id != first


def test_all_dates_are_listed_with_their_kind_and_value() -> None:
    body = (
        "On 3 February they met for two weeks. They meet every week. “We will come tomorrow,” said "
        "Helga Lund. Now nobody loads."
    )
    found = [(d.when.text, d.kind, d.value) for d in suggested(read(body)).dates]
    assert found == [
        ("3 February", "date", "2025-02-03"),
        ("two weeks", "duration", "P2W"),
        ("every week", "recurring", "P1W"),
        ("tomorrow", "date", ""),  # said on a day that is not known
        ("Now", "date", ""),
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("for two weeks", "P2W"), ("for 16 hours", "PT16H"), ("for three decades", "P30Y"),
        ("for half a year", "P0.5Y"), ("for a fortnight", "P2W"), ("약 2주 동안", "P2W"),
        ("사흘 동안", "P3D"),
    ],
)  # fmt: skip
def test_a_duration_has_its_iso_8601_value(words: str, value: str) -> None:
    korean = any("가" <= c <= "힣" for c in words)
    body = f"북한군이 {words} 목격되지 않았다." if korean else f"They stayed {words}."
    (found,) = suggested(read(body)).dates
    assert (found.kind, found.value) == ("duration", value)


# our own articles


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_of_a_sample_everything_is_true_to_the_text_and_nothing_is_of_the_header(path) -> None:
    article = read_article(path.read_bytes(), path.name)
    found = suggested(article)
    assert found == from_json(Suggestions, to_json(found))
    assert len(found.proposals) >= 10
    assert len({p.id for p in found.proposals}) == len(found.proposals)
    spans = [d.when.span for d in found.dates] + [q.span for q in found.quantities]
    for proposal in found.proposals:
        spans += [*proposal.spans, *(q.span for q in proposal.quantities)]
        spans += [
            phrase.span for hop in proposal.chain for phrase in (hop.source, hop.cue) if phrase
        ]
        assert 0 <= proposal.rank <= 1
        assert proposal.reasons
    for span in filter(None, spans):
        assert isinstance(span, Span)
        assert article.text[span.start : span.end] == span.exact
        assert not any(span.extent.meets(header) for header in article.header)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_caption_of_a_sample_speaks_each_sentence_of_its_block(path) -> None:
    article = read_article(path.read_bytes(), path.name)
    laid_out = outline(article)
    found = suggest(article, laid_out, REGISTRY).proposals
    for caption in article.captions:
        block = [s for s in laid_out.sentences if caption.block.meets(s.extent)]
        spoken = [s for s in block if s.kind == "sentence"]
        mine = [p for p in found if p.chain[-1].source.text == caption.name]
        mine = [p for p in mine if caption.block.meets(p.spans[0].extent)]
        assert [p.spans[0].extent for p in mine] == [s.extent for s in spoken]
        assert all(p.chain[-1].resolved for p in mine)
    assert article.captions or "harbor-wire" in path.stem


def test_of_the_first_sample_every_statement_figure_and_date_is_there() -> None:
    found = suggested(read_article(SAMPLES[0].read_bytes(), SAMPLES[0].name))
    chains = [format_chain(p.chain[1:]) for p in found.proposals]
    for chain in (
        "South Korea's spy agency/says", "National Intelligence Service/told", '""/is thought to',
        "The agency/estimates", "the agency/said", "New York Times/wrote", "the official/said",
        "A government official in Seoul/warned", "the same official/According to",
        '""/reportedly', "Moon Ji-ho", '""/talk',
    ):  # fmt: skip
        assert any(c.casefold() == chain.casefold() for c in chains), chain
    assert [format_quantity(q) for q in found.quantities] == [
        "≈ 11,000 soldiers (deployed)",
        "> 3,000 casualties (total)",
    ]
    assert [(d.when.text, d.value) for d in found.dates] == [
        ("Wednesday", "2025-02-05"),
        ("since mid-January", "2025-01-11~/.."),
        ("since last November", "2024-11/.."),
        ("about two weeks", "P2W"),
        ("before the end of March", ""),  # inside a quotation whose day is not known
    ]


# whatever the text


ATOMS = ["said ", "that ", "“", "”", "He ", "NIS ", ", ", ". ", "to ", "who ", "supports ",
         "has ", "announced ", "Ann Lee ", "according to ", "2 weeks ", "국정원은 ", "밝혔다 ",
         ": ", "and ", "''"]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(ATOMS), max_size=40))
def test_of_any_words_the_spans_are_true(atoms: list[str]) -> None:
    article = read("".join(atoms), head="Title\n\n")
    for proposal in suggested(article).proposals:
        for span in proposal.spans:
            assert article.text[span.start : span.end] == span.exact


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=3))
def test_any_repetition_is_read_in_little_time(atoms: list[str]) -> None:
    article = read(
        "".join(atom * (30_000 // len(atoms) // len(atom)) for atom in atoms), "Title\n\n"
    )
    start = time.process_time()
    suggested(article)
    assert time.process_time() - start < 6
