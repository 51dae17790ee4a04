"""Read the native format back, line by line: a bad line costs that line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, cast

from msgspec import Struct, field

from tui.exchange.incoming import Incoming, Refused, Text
from tui.model.codebook import Codebook, Tag, tag_path
from tui.model.codec import MisshapenError, from_json
from tui.model.ids import is_article_id, number_of_id, sha256
from tui.model.parts import claim_spans
from tui.model.records import (
    CONFIDENCES,
    CREDIBILITIES,
    DECISIONS,
    LIKELIHOODS,
    LINK_KINDS,
    MODALITIES,
    RELIABILITIES,
    SCHEMA_VERSION,
    SOURCE_KINDS,
    VERDICTS,
    ArticleRecord,
    Claim,
    Decision,
    Highlight,
    Link,
    Record,
    Review,
    record_from_json,
)
from tui.model.sources import Registry, Source, folded
from tui.model.spans import Span

# Keys written for whoever reads the file and left aside on import: they are derived.
DERIVED: Mapping[str, frozenset[str]] = {
    "article": frozenset({"metadata"}),
    "highlight": frozenset({"quote", "fit", "today"}),
    "claim": frozenset({"quote", "grade", "warnings", "status", "review"}),
    "tag": frozenset({"whole"}),
}

RECORDS = ("article", "highlight", "claim", "link", "review", "decision")


class _Gathered(Struct):
    """What the lines so far have brought."""

    records: dict[str, Record] = field(default_factory=dict[str, Record])
    tags: dict[str, Tag] = field(default_factory=dict[str, Tag])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    texts: dict[tuple[str, str], Text] = field(default_factory=dict[tuple[str, str], Text])
    ignored: dict[str, int] = field(default_factory=dict[str, int])
    whole: bool = False  # the tags are all of a codebook


def read_lines(text: str, name: str) -> Incoming:
    """Everything in a native file, in the order of its lines.

    Lines end in LF or CRLF, the last one may lack it; byte-order marks at the start of a line and
    blank lines are passed over, so that files put one after the other can be read. Of two lines
    with one id the one with the higher (rev, modified) counts; of two with one tag or one source,
    the first. A line of a type that there is not is counted in `ignored`, a field that there is
    not is kept, a line that does not fit is in `refused`.
    """
    found = _Gathered()
    refused: list[Refused] = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.lstrip("\ufeff").strip(" \t\r")  # noqa: PLW2901
        if line:
            try:
                _take(_object(line), found)
            except (ValueError, RecursionError) as error:
                reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
                refused.append(Refused(number, reason))
    return Incoming(
        name,
        tuple(found.records.values()),
        codebook=Codebook(tuple(found.tags.values())),
        sources=Registry(tuple(found.sources.values())),
        texts=tuple(found.texts.values()),
        refused=tuple(refused),
        ignored=found.ignored,
        whole=found.whole,
    )


def _object(line: str) -> dict[str, Any]:
    try:
        data: Any = json.loads(line, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(data, dict):
        raise ValueError("no JSON object")
    return cast(dict[str, Any], data)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"no JSON: {word} is no number")


def _take(data: dict[str, Any], found: _Gathered) -> None:
    kind = data.get("type")
    if not isinstance(kind, str):
        raise ValueError("the object has no type")
    if kind in RECORDS:
        _take_record(kind, data, found)
    elif kind == "tag":
        found.whole = found.whole or data.get("whole") is True
        tag = from_json(Tag, {k: v for k, v in data.items() if k not in DERIVED[kind]})
        if tag_path(tag.path) != tag.path:
            raise ValueError(f"tag.path is {tag.path!r}, which is no tag")
        found.tags.setdefault(tag.path, tag)
    elif kind == "source":
        source = from_json(Source, data)
        _check_word("source.kind", source.kind, SOURCE_KINDS)
        if not folded(source.name):
            raise ValueError("source.name is empty")
        found.sources.setdefault(folded(source.name), source)
    elif kind == "text":
        text = _text(data)
        found.texts.setdefault((text.article, text.revision), text)
    else:
        found.ignored[kind] = found.ignored.get(kind, 0) + 1


def _text(data: Mapping[str, Any]) -> Text:
    article, revision, text = (data.get(key) for key in ("article", "revision", "text"))
    if not (isinstance(article, str) and isinstance(revision, str) and isinstance(text, str)):
        raise ValueError("a text needs article, revision and text")
    if not is_article_id(article):
        raise ValueError(f"text.article is {article[:80]!r}, which is no article id")
    if sha256(text) != revision:
        raise ValueError("the text does not have the SHA-256 that its revision says")
    return Text(article, revision, text)


def _take_record(kind: str, data: dict[str, Any], found: _Gathered) -> None:
    derived = DERIVED.get(kind, frozenset())
    if kind == "article" and not data.get("id"):
        return  # an article that nobody has a record of yet: all derived
    record = checked(record_from_json({k: v for k, v in data.items() if k not in derived}))
    known = found.records.get(record.id)
    if known is None or (known.rev, known.modified) < (record.rev, record.modified):
        found.records[record.id] = record


def checked(record: Record) -> Record:
    """The record, if its ids and words are such as there can be; else raises ValueError."""
    kind = record.type
    try:
        number_of_id(record.id)
    except ValueError as error:
        raise ValueError(f"{kind}.id: {error}") from error
    if not record.article:
        raise ValueError(f"{kind}.article is empty")
    if not is_article_id(record.article):
        raise ValueError(f"{kind}.article is {record.article[:80]!r}, which is no article id")
    if record.v <= SCHEMA_VERSION:
        _check(record)
    return record


def _check(record: Record) -> None:
    """Raise MisshapenError if a record says what its fields have no meaning for."""
    if isinstance(record, Highlight):
        if not record.spans:
            raise MisshapenError("highlight.spans is empty")
        for span in record.spans:
            _check_span("highlight.spans", span)
    elif isinstance(record, Claim):
        _check_claim(record)
    elif isinstance(record, Link):
        _check_word("link.kind", record.kind, LINK_KINDS, required=True)
        if not record.from_ or not record.to:
            raise MisshapenError("link.from or link.to is empty")
    elif isinstance(record, Review):
        _check_word("review.decision", record.decision, DECISIONS, required=True)
    elif isinstance(record, Decision):
        _check_word("decision.decision", record.decision, DECISIONS, required=True)
    elif isinstance(record, ArticleRecord):
        _check_word("article.reliability", record.reliability, RELIABILITIES)
        _check_word("article.credibility", record.credibility, CREDIBILITIES)


def _check_claim(claim: Claim) -> None:
    if not claim.highlight:
        raise MisshapenError("claim.highlight is empty")
    _check_word("claim.modality", claim.modality, MODALITIES)
    _check_word("claim.credibility", claim.credibility, CREDIBILITIES)
    _check_word("claim.assessment.verdict", claim.assessment.verdict, VERDICTS)
    _check_word("claim.assessment.likelihood", claim.assessment.likelihood, LIKELIHOODS)
    _check_word("claim.assessment.confidence", claim.assessment.confidence, CONFIDENCES)
    for hop in claim.chain:
        _check_word("claim.chain.reliability", hop.reliability, RELIABILITIES)
        _check_word("claim.chain.kind", hop.kind, SOURCE_KINDS)
    for part, span in claim_spans(claim):
        _check_span(f"claim.{part}", span)


def _check_span(where: str, span: Span) -> None:
    if not 0 <= span.start < span.end:
        raise MisshapenError(f"{where} has a span {span.start}-{span.end}, which is no range")
    if len(span.exact) != span.end - span.start:
        raise MisshapenError(
            f"{where} has a span {span.start}-{span.end} whose exact has {len(span.exact)}"
            " code points"
        )


def _check_word(where: str, word: str, words: Iterable[str], required: bool = False) -> None:
    if word not in words and (word or required):
        raise MisshapenError(f"{where} is {word!r}, not one of: {', '.join(words)}")
