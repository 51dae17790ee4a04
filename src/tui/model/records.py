"""The records that a shard holds: what analysts add to articles. Frozen; edits make new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from msgspec import Struct, field

from tui.model.codec import Always, MisshapenError, from_json
from tui.model.spans import Span

SCHEMA_VERSION = 1

MODALITIES = ("asserted", "reported", "estimated", "possible", "denied")
VERDICTS = ("unchecked", "corroborated", "contested", "refuted", "unverifiable")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
CREDIBILITIES = ("1", "2", "3", "4", "5", "6")
LINK_KINDS = ("supports", "contradicts", "updates", "repeats")
PROPOSED = "suggestion:"  # what the origin of an accepted proposal begins with
AUTHOR = "author"  # in `extra`: who made in another program what an analyst imported
DECISIONS = ("accept", "reject", "none")
SOURCE_KINDS = ("named", "role", "collective", "anonymous", "document", "none")
# ICD 203, analytic standards: the first of the two rows of likelihood words.
LIKELIHOODS = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)
CONFIDENCES = ("low", "moderate", "high")
REJECT_REASONS = ("not a claim", "wrong span", "wrong source", "duplicate", "other")

_extra: type[dict[str, Any]] = dict  # itself, so that an empty one takes no room when packed


class Phrase(Struct, frozen=True, omit_defaults=True):
    """Words of a claim's field, with the place they stand at if they are from the text."""

    text: str
    span: Span | None = None
    extra: Mapping[str, Any] = field(default_factory=_extra)


class When(Struct, frozen=True, omit_defaults=True):
    """A time as understood: the words, EDTF (ISO 8601-2), its bounds, and what it was resolved by.

    `earliest` and `latest` are ISO dates or times, both included, empty if open or unknown;
    `anchor` is the ISO date resolved against, empty if none was needed or known; an unresolved
    time has an empty `edtf`. `rule` is `typed` where an analyst wrote the value.
    """

    text: str = ""
    span: Span | None = None
    edtf: str = ""
    earliest: str = ""
    latest: str = ""
    qualifier: str = ""  # "", "approximate", "uncertain", "before", "after", "since", "until"
    anchor: str = ""
    rule: str = ""
    extra: Mapping[str, Any] = field(default_factory=_extra)


class Quantity(Struct, frozen=True, omit_defaults=True):
    """A number as the text bounds it. No bound is None; `unit`, `measure` and `basis` are words."""

    text: str = ""
    span: Span | None = None
    lower: int | float | None = None
    upper: int | float | None = None
    lower_inclusive: bool = True
    upper_inclusive: bool = True
    unit: str = ""
    measure: str = ""
    basis: str = ""  # "", "total", "additional", "rate"
    hedge: str = ""
    extra: Mapping[str, Any] = field(default_factory=_extra)


class Hop(Struct, frozen=True, omit_defaults=True):
    """One step of a chain: who said it, in which word, when; `reliability` is A to F or empty."""

    source: Phrase
    kind: str = ""  # one of SOURCE_KINDS, or empty
    cue: Phrase | None = None
    said: When | None = None
    reliability: str = ""
    resolved: bool = False  # the source was worked out (a pronoun, a caption), not read off
    role: str = ""  # what the source is: "chief economist"
    affiliation: str = ""  # whom the source speaks for: "Lindqvist Institute"
    extra: Mapping[str, Any] = field(default_factory=_extra)


NO_OUTLET = Hop(Phrase(""), "document")  # the outermost hop of a chain whose outlet is not known


class Assessment(Struct, frozen=True, omit_defaults=True):
    """The analyst's judgment of truth. Never filled in by the machine."""

    verdict: str = "unchecked"
    rationale: str = ""
    evidence: tuple[str, ...] = ()  # URLs and claim ids
    likelihood: str = ""
    confidence: str = ""
    confidence_basis: str = ""
    extra: Mapping[str, Any] = field(default_factory=_extra)


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all records share. `rev` is 1 at first and grows by one an edit; times are UTC."""

    type: ClassVar[str] = ""

    id: Always[str] = ""
    article: Always[str] = ""
    v: Always[int] = SCHEMA_VERSION
    rev: Always[int] = 0
    by: Always[str] = ""  # the analyst's display name
    created: Always[str] = ""
    modified: Always[str] = ""
    deleted: bool = False
    re: str = ""  # the record of another analyst that this one stands in for
    origin: str = ""  # "" by hand, "cues" filled in, "suggestion:<hash>", "import:<file>"
    extra: Mapping[str, Any] = field(default_factory=_extra)


class Highlight(Record, frozen=True, kw_only=True):
    """One or more spans of a revision, with tags and a note."""

    type: ClassVar[str] = "highlight"

    revision: str = ""
    spans: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""


class Claim(Record, frozen=True, kw_only=True):
    """What a highlight asserts. `chain` runs from the article's outlet inward to the source."""

    type: ClassVar[str] = "claim"

    highlight: str = ""
    revision: str = ""
    statement: str = ""
    chain: tuple[Hop, ...] = ()
    when: When | None = None
    quantities: tuple[Quantity, ...] = ()
    place: Phrase | None = None
    about: Phrase | None = None
    modality: str = ""
    hedge: Phrase | None = None
    credibility: str = ""
    assessment: Assessment = Assessment()
    translation: str = ""
    note: str = ""
    fields: Mapping[str, Any] = field(default_factory=_extra)


class Link(Record, frozen=True, kw_only=True):
    """Claim to claim; lies in the shard of the article of the claim it runs from."""

    type: ClassVar[str] = "link"

    from_: str = ""
    to: str = ""
    to_article: str = ""
    kind: str = ""


class Review(Record, frozen=True, kw_only=True):
    """One decision on one revision of one claim."""

    type: ClassVar[str] = "review"

    claim: str = ""
    claim_rev: int = 0
    decision: str = "none"
    reason: str = ""
    flag: bool = False


class Decision(Record, frozen=True, kw_only=True):
    """What an analyst made of one suggestion: `accept`, and a claim or link came of it; `reject`.

    `quote` has the words it is about, so that it holds for them in a later text too; `changed`
    names the fields of the claim that are not as they were proposed.
    """

    type: ClassVar[str] = "decision"

    suggestion: str = ""
    decision: str = "none"
    reason: str = ""
    quote: str = ""
    changed: tuple[str, ...] = ()


class RevisionRef(Struct, frozen=True):
    """A canonical text that the article has had: its hash, and how it was read."""

    sha256: str
    bytes_sha256: str = ""
    encoding: str = ""
    reader: str = ""
    reader_version: str = ""
    modified: str = ""
    seen: str = ""
    extra: Mapping[str, Any] = field(default_factory=_extra)


class PathRef(Struct, frozen=True):
    """Where the article was found, relative to the workspace, with the entry's key in the file."""

    path: str
    entry: str = ""
    extra: Mapping[str, Any] = field(default_factory=_extra)


class ArticleRecord(Record, frozen=True, kw_only=True):
    """What one analyst's shard knows and says of the article as a whole."""

    type: ClassVar[str] = "article"

    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""
    guid: str = ""
    revisions: tuple[RevisionRef, ...] = ()
    paths: tuple[PathRef, ...] = ()
    done: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    reliability: str = ""
    credibility: str = ""


class Alias(Record, frozen=True, kw_only=True):
    """Says that `article` and `other` are one article; the smaller id is the one in use."""

    type: ClassVar[str] = "alias"

    other: str = ""


RECORD_TYPES: Mapping[str, type[Record]] = {
    cls.type: cls for cls in (Highlight, Claim, Link, Review, Decision, ArticleRecord, Alias)
}


def record_from_json(data: Any) -> Record:
    """The record of a JSON object by its `type`; raises MisshapenError, which names the field."""
    kind = data.get("type") if isinstance(data, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not isinstance(kind, str) or kind not in RECORD_TYPES:
        raise MisshapenError(f"no record type {kind!r}")
    return from_json(RECORD_TYPES[kind], data)


class Change(NamedTuple):
    """One record before and after a step; `before` is None for a new one."""

    before: Record | None
    after: Record


class Step(Struct, frozen=True):
    """One undoable change. `kind` is `do`, `undo` or `redo`; `of` is the step undone or redone."""

    id: str
    label: str
    time: str
    changes: tuple[Change, ...]
    kind: str = "do"
    of: str = ""

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles it touches, each once, in order."""
        return tuple(dict.fromkeys(change.after.article for change in self.changes))
