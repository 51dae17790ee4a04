"""Records of every kind for hypothesis, with odd words in every field."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from tui.model.records import (
    DECISIONS,
    LINK_KINDS,
    RELIABILITIES,
    SOURCE_KINDS,
    Alias,
    ArticleRecord,
    Assessment,
    Claim,
    Highlight,
    Hop,
    Link,
    PathRef,
    Phrase,
    Quantity,
    Record,
    Review,
    RevisionRef,
    When,
)
from tui.model.spans import Span

_PAIR = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")

_ODD = st.sampled_from(
    [
        "[red]",
        "[/]",
        "\u2028",
        "\u0085",
        "\ud800",
        "\udcff",
        "\x00\x1b[31m",
        "\ufeff",
        "\r\n",
        "한국",
    ]
)


def no_pairs(text: str) -> str:
    """JSON reads an escaped surrogate pair as one character: none are made."""
    return _PAIR.sub("", text)


TEXT = _ODD | st.text(st.characters(), max_size=8).map(no_pairs)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)
# Names that no record of ours has, among them one that means something in Python alone.
EXTRA = st.dictionaries(
    st.sampled_from(["extra", "from_", "later", "x-note", "새것", "__class__"]), JSON, max_size=2
)
NUMBER = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)


def few(items: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[Any]:
    """None to two of them, as records hold several."""
    return st.lists(items, min_size=least, max_size=2).map(tuple)


def one_of(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    """One of the words, or none."""
    return st.sampled_from(("", *words))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span whose length is that of its words."""
    exact, start = draw(TEXT.filter(bool)), draw(st.integers(0, 10**7))
    return Span(start, start + len(exact), exact, draw(TEXT), draw(TEXT), extra=draw(EXTRA))


PHRASE = st.builds(Phrase, TEXT, st.none() | spans(), EXTRA)
WHEN = st.builds(
    When, TEXT, st.none() | spans(), edtf=TEXT, earliest=TEXT, anchor=TEXT, extra=EXTRA
)
QUANTITY = st.builds(
    Quantity,
    TEXT,
    st.none() | spans(),
    lower=NUMBER,
    upper=NUMBER,
    lower_inclusive=st.booleans(),
    unit=TEXT,
    extra=EXTRA,
)
HOP = st.builds(
    Hop,
    PHRASE,
    kind=one_of(SOURCE_KINDS),
    cue=st.none() | PHRASE,
    said=st.none() | WHEN,
    reliability=one_of(RELIABILITIES),
    resolved=st.booleans(),
    role=TEXT,
    affiliation=TEXT,
    extra=EXTRA,
)


def claims(**shared: st.SearchStrategy[Any]) -> st.SearchStrategy[Claim]:
    """A claim; `shared` are the fields that all records have."""
    return st.builds(
        Claim,
        **shared,
        statement=TEXT,
        chain=few(HOP),
        when=st.none() | WHEN,
        quantities=few(QUANTITY),
        place=st.none() | PHRASE,
        hedge=st.none() | PHRASE,
        assessment=st.builds(Assessment, rationale=TEXT, evidence=few(TEXT), extra=EXTRA),
        fields=st.dictionaries(TEXT, JSON, max_size=2),
    )


def records(**common: st.SearchStrategy[Any]) -> st.SearchStrategy[Record]:
    """A record of any kind; `common` are the fields that all of them have."""
    shared: dict[str, Any] = {"by": TEXT, "modified": TEXT, "deleted": st.booleans()}
    shared |= {"rev": st.integers(0, 9), "extra": EXTRA, **common}
    return st.one_of(
        st.builds(Highlight, **shared, spans=few(spans()), tags=few(TEXT), note=TEXT),
        claims(**shared),
        st.builds(Link, **shared, from_=TEXT, to=TEXT, kind=st.sampled_from(LINK_KINDS)),
        st.builds(
            Review,
            **shared,
            claim=TEXT,
            claim_rev=st.integers(0, 9),
            decision=st.sampled_from(DECISIONS),
            flag=st.booleans(),
        ),
        st.builds(
            ArticleRecord,
            **shared,
            revisions=few(st.builds(RevisionRef, TEXT, extra=EXTRA)),
            paths=few(st.builds(PathRef, TEXT, TEXT, EXTRA)),
            tags=few(TEXT),
            done=st.booleans(),
        ),
        st.builds(Alias, **shared, other=TEXT),
    )
