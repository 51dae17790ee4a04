from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.recording import EXTRA, HOP, PHRASE, QUANTITY, TEXT, WHEN, one_of, spans

from tui.exchange import SCHEMA, ArticleBundle, Bundle, ExchangeError, export_text, jsonl
from tui.model.articles import Article
from tui.model.codebook import Codebook, Tag
from tui.model.ids import id_of_number, sha256
from tui.model.records import (
    CONFIDENCES,
    CREDIBILITIES,
    DECISIONS,
    LIKELIHOODS,
    LINK_KINDS,
    MODALITIES,
    RELIABILITIES,
    SOURCE_KINDS,
    VERDICTS,
    ArticleRecord,
    Assessment,
    Claim,
    Highlight,
    Link,
    PathRef,
    Record,
    Review,
    RevisionRef,
)
from tui.model.sources import Registry, Reliability, Source, folded
from tui.model.spans import Span
from tui.model.views import Placed, gathered
from tui.model.visible import visible

WORD = TEXT.filter(bool)
ULID = st.integers(0, 2**128 - 1).map(id_of_number)
ASSESSMENT = st.builds(
    Assessment,
    st.sampled_from(VERDICTS),
    TEXT,
    st.lists(TEXT, max_size=2).map(tuple),
    one_of(LIKELIHOODS),
    one_of(CONFIDENCES),
    TEXT,
    EXTRA,
)


@st.composite
def record_sets(draw: st.DrawFn) -> list[Record]:
    """One to three highlights of an article, and what hangs on them."""
    ids = iter(draw(st.lists(ULID, min_size=24, max_size=24, unique=True)))
    names = st.sampled_from(["Kim", "이몽룡", "[b]"])

    def base() -> dict[str, Any]:
        return {
            "id": next(ids),
            "article": "abcdefghijklmnop",
            "rev": draw(st.integers(1, 99)),
            "by": draw(names),
            "created": "2025-02-05T01:02:03Z",
            "modified": "2025-02-06T01:02:03Z",
            "origin": draw(TEXT),
            "extra": draw(EXTRA),
        }

    records: list[Record] = [ArticleRecord(**base(), title=draw(TEXT), done=draw(st.booleans()))]
    records += [
        ArticleRecord(
            **base(),
            revisions=(RevisionRef(draw(TEXT)),),
            paths=(PathRef(draw(TEXT)),),
            tags=tuple(draw(st.lists(TEXT, max_size=2))),
            credibility=draw(one_of(CREDIBILITIES)),
        )
    ]
    for _ in range(draw(st.integers(1, 3))):
        highlight = Highlight(
            **base(),
            revision=draw(TEXT),
            spans=tuple(draw(st.lists(spans(), min_size=1, max_size=3))),
            tags=tuple(draw(st.lists(TEXT, max_size=2))),
            note=draw(TEXT),
        )
        claim = Claim(
            **base(),
            highlight=highlight.id,
            statement=draw(TEXT),
            chain=tuple(draw(st.lists(HOP, max_size=2))),
            when=draw(st.none() | WHEN),
            quantities=tuple(draw(st.lists(QUANTITY, max_size=2))),
            about=draw(st.none() | PHRASE),
            modality=draw(one_of(MODALITIES)),
            hedge=draw(st.none() | PHRASE),
            credibility=draw(one_of(CREDIBILITIES)),
            assessment=draw(ASSESSMENT),
            fields=draw(EXTRA),
        )
        records += [highlight, claim]
        records.append(
            Review(
                **base(),
                claim=claim.id,
                claim_rev=claim.rev,
                decision=draw(st.sampled_from(DECISIONS)),
                reason=draw(TEXT),
                flag=draw(st.booleans()),
            )
        )
        kind = draw(st.sampled_from(LINK_KINDS))
        records.append(Link(**base(), from_=claim.id, to=claim.id, kind=kind))
    return records


TAGS = st.lists(st.sampled_from(["a", "a/b", "war/총", "c d"]), unique=True).map(
    lambda paths: Codebook(
        tuple(Tag(path, i, was=("old/" + path,)) for i, path in enumerate(paths))
    )
)
SOURCES = st.lists(
    st.builds(
        Source,
        WORD.filter(folded),
        st.lists(TEXT, max_size=2).map(tuple),
        st.sampled_from(SOURCE_KINDS),
        reliability=st.lists(
            st.builds(Reliability, st.sampled_from(RELIABILITIES), TEXT, TEXT), max_size=2
        ).map(tuple),
        extra=EXTRA,
    ),
    max_size=3,
    unique_by=lambda source: folded(source.name),
).map(lambda found: Registry(tuple(found)))


def bundle_of(records: list[Record], codebook: Codebook, sources: Registry) -> Bundle:
    article = Article(id="abcdefghijklmnop", text="text", revision=sha256("text"))
    placed = [Placed(r, (), "orphan") for r in records if isinstance(r, Highlight)]
    notes = gathered(article.id, records, placed)
    return Bundle("w", (ArticleBundle(article, notes),), codebook, sources)


def schema_check() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


CHECK = schema_check()


@settings(deadline=None)
@given(records=record_sets(), codebook=TAGS, sources=SOURCES)
def test_what_is_exported_comes_back_equal_and_fits_the_schema(records, codebook, sources):
    text = export_text(bundle_of(records, codebook, sources), "jsonl")
    data = text.encode("utf-8")  # no lone surrogate stands in it raw
    found = jsonl.read(data.decode("utf-8"), "all.jsonl")
    assert found.refused == ()
    assert {r.id: r for r in found.records} == {r.id: r for r in records}
    assert len(found.records) == len(records)
    assert found.codebook == codebook
    assert found.sources == sources
    lines = text.split("\n")
    assert lines.pop() == ""
    assert text.splitlines() == lines
    for line in lines:
        CHECK.validate(json.loads(line))


def test_no_line_holds_what_acts_on_a_terminal():
    odd = "\x1b[31m\x9b\u202e\x7f\u2028\ud800"
    highlight = Highlight(
        id=id_of_number(1), article="aa", spans=(Span(0, len(odd), odd),), note=odd
    )
    text = export_text(bundle_of([highlight], Codebook(), Registry()), "jsonl")
    assert visible(text, keep="\n") == text
    assert jsonl.read(text, "x").records == (highlight,)


def test_every_field_of_every_record_stands_in_the_schema_and_in_the_line(bundle):
    definitions = json.loads(SCHEMA.read_text("utf-8"))["$defs"]
    lines = [json.loads(line) for line in export_text(bundle, "jsonl", with_text=True).splitlines()]
    types = {"article": ArticleRecord, "highlight": Highlight, "claim": Claim, "link": Link}
    for kind, shape in {**types, "review": Review, "tag": Tag, "source": Source}.items():
        names = {name.rstrip("_") for name in shape.__struct_fields__} - {"extra", "deleted"}
        assert names <= set(definitions[kind]["properties"])
        for line in lines:
            if line["type"] == kind:
                assert names <= set(line)
    assert {line["type"] for line in lines} == set(definitions) & {line["type"] for line in lines}


def test_a_claim_says_its_grade_status_and_review(bundle):
    lines = [json.loads(line) for line in export_text(bundle, "jsonl").splitlines()]
    claims = {line["statement"]: line for line in lines if line["type"] == "claim"}
    accepted = claims["no North Korean unit had been observed in combat since mid-January"]
    assert (accepted["grade"], accepted["status"]) == ("B2", "accepted")
    assert (accepted["review"]["by"], accepted["review"]["self_reviewed"]) == ("Lee", False)
    own = claims["the force of about 11,000 has taken more than 3,000 casualties"]
    assert own["review"]["self_reviewed"]
    stale = claims["denied that there was evidence of movement on such a scale"]
    assert (stale["status"], stale["review"]["stale"]) == ("draft", True)
    twice = claims["has put the casualties at more than 3,000"]
    assert any("confirmed by independent sources" in warning for warning in twice["warnings"])


def test_the_canonical_text_travels_if_wanted_and_is_checked(bundle):
    plain = export_text(bundle, "jsonl")
    assert jsonl.read(plain, "x").texts == ()
    full = export_text(bundle, "jsonl", with_text=True)
    found = jsonl.read(full, "x")
    assert {t.text for t in found.texts} == {part.article.text for part in bundle.articles}
    forged = full.replace("Nobody has seen", "Somebody has seen")
    refused = jsonl.read(forged, "x").refused
    assert any("SHA-256" in reason for _, reason in refused)


def lines_of(bundle: Bundle) -> list[str]:
    return export_text(bundle, "jsonl").split("\n")[:-1]


def test_crlf_byte_order_marks_blank_lines_and_a_missing_last_newline_are_no_matter(bundle):
    lines = lines_of(bundle)
    odd = "\ufeff" + "\r\n".join(lines[:5]) + "\r\n\r\n \n\ufeff" + "\n".join(lines[5:])
    expected = jsonl.read("\n".join(lines) + "\n", "x")
    found = jsonl.read(odd, "x")
    assert found.refused == ()
    assert (found.records, found.codebook, found.sources) == (
        expected.records,
        expected.codebook,
        expected.sources,
    )


def test_a_file_put_after_itself_brings_every_record_once(bundle):
    once = export_text(bundle, "jsonl")
    assert jsonl.read(once + once, "x") == jsonl.read(once, "x")


def test_of_two_lines_with_one_id_the_later_revision_counts():
    old = {"type": "link", "id": id_of_number(1), "article": "aa", "from": "x", "to": "y"}
    rows = [{**old, "kind": "supports", "rev": 2}, {**old, "kind": "updates", "rev": 1}]
    for pair in (rows, rows[::-1]):
        (record,) = jsonl.read("\n".join(map(json.dumps, pair)), "x").records
        assert isinstance(record, Link)
        assert (record.rev, record.kind) == (2, "supports")


def test_unknown_types_are_counted_and_unknown_fields_kept():
    lines = [
        {"type": "picture", "id": 5},
        {"type": "highlight", "id": id_of_number(7), "article": "aa", "colour": "red",
         "spans": [{"start": 0, "end": 1, "exact": "x", "depth": 3}]},
    ]  # fmt: skip
    found = jsonl.read("\n".join(map(json.dumps, lines)), "x")
    assert found.ignored == {"picture": 1}
    assert found.refused == ()
    (highlight,) = found.records
    assert isinstance(highlight, Highlight)
    assert highlight.extra == {"colour": "red"}
    assert highlight.spans[0].extra == {"depth": 3}


GOOD: Mapping[str, Any] = {
    "type": "claim",
    "id": id_of_number(3),
    "article": "aa",
    "highlight": id_of_number(2),
}
SPAN = {"start": 0, "end": 3, "exact": "abc"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"type": 5}', "no type"),
        ("{}", "no type"),
        ('{"type": "claim", "v": NaN}', "NaN is no number"),
        ("[" * 100_000, "nested too deep"),
        (json.dumps({**GOOD, "id": "x"}), "not a ULID"),
        (json.dumps({**GOOD, "article": ""}), "claim.article is empty"),
        (json.dumps({**GOOD, "statement": 5}), "claim.statement is int"),
        (json.dumps({**GOOD, "modality": "sure"}), "claim.modality is 'sure'"),
        (json.dumps({**GOOD, "credibility": "7"}), "claim.credibility is '7'"),
        (json.dumps({**GOOD, "place": {"text": "x", "span": {**SPAN, "end": 0}}}), "no range"),
        (json.dumps({**GOOD, "type": "highlight", "spans": []}), "spans is empty"),
        (
            json.dumps({**GOOD, "type": "highlight", "spans": [{**SPAN, "start": -1}]}),
            "-1-3, which is no range",
        ),
        (
            json.dumps({**GOOD, "type": "highlight", "spans": [{**SPAN, "exact": "ab"}]}),
            "exact has 2 code points",
        ),
        (json.dumps({**GOOD, "type": "link", "from": "x", "to": "y"}), "link.kind is ''"),
        (json.dumps({**GOOD, "type": "review", "decision": "maybe"}), "review.decision"),
        ('{"type": "tag", "path": "a//b"}', "is no tag"),
        ('{"type": "source", "name": " "}', "source.name is empty"),
        ('{"type": "text", "article": "aa", "revision": "0", "text": "b"}', "SHA-256"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_reason_and_costs_only_itself(line, reason):
    good = json.dumps({"type": "tag", "path": "kept"})
    found = jsonl.read(f"{good}\n{line}\n{json.dumps(GOOD)}\n", "x")
    assert [number for number, _ in found.refused] == [2]
    assert reason in found.refused[0].reason
    assert found.codebook.get("kept") is not None
    assert [record.id for record in found.records] == [GOOD["id"]]


def test_words_of_a_newer_schema_are_not_refused():
    line = json.dumps({**GOOD, "v": 2, "modality": "sure"})
    found = jsonl.read(line, "x")
    assert found.refused == ()
    assert len(found.records) == 1


def test_a_number_that_json_has_no_word_for_is_said_and_nothing_is_written():
    highlight = Highlight(id=id_of_number(2), article="aa", spans=(Span(0, 1, "x"),))
    claim = Claim(
        id=id_of_number(3), article="aa", highlight=highlight.id, fields={"x": float("nan")}
    )
    with pytest.raises(ExchangeError, match=claim.id):
        export_text(bundle_of([highlight, claim], Codebook(), Registry()), "jsonl")


def test_a_claim_whose_highlight_is_gone_is_exported_in_every_format():
    claim = Claim(id=id_of_number(3), article="aa", highlight=id_of_number(2), statement="alone")
    bundle = bundle_of([claim], Codebook(), Registry())
    assert jsonl.read(export_text(bundle, "jsonl"), "x").records == (claim,)
    assert "alone" in export_text(bundle, "csv")
    assert "Alone" in export_text(bundle, "md")


def test_an_article_without_records_has_a_line_that_is_not_read_back():
    text = export_text(bundle_of([], Codebook(), Registry()), "jsonl")
    line = json.loads(text)
    assert (line["type"], line["article"], line["id"]) == ("article", "abcdefghijklmnop", "")
    CHECK.validate(line)
    found = jsonl.read(text, "x")
    assert (found.records, found.refused) == ((), ())
