"""Records as JSON: read back equal, unknown fields kept, what does not fit named."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recording import EXTRA, JSON, TEXT, records

from tui.model.codec import MisshapenError, from_json, to_json
from tui.model.records import (
    Alias,
    Highlight,
    Link,
    Record,
    Review,
    record_from_json,
)
from tui.model.sources import Reliability, Source
from tui.model.spans import Span

RECORDS = records(id=TEXT)


@given(RECORDS)
def test_every_record_is_read_back_from_its_json_as_it_was(record: Record) -> None:
    line = json.dumps(to_json(record))
    again = record_from_json(json.loads(line))
    assert again == record
    assert type(again) is type(record)
    assert json.dumps(to_json(again)) == line


@given(RECORDS, EXTRA)
def test_fields_of_a_later_version_survive_reading_and_writing(
    record: Record, later: dict[str, Any]
) -> None:
    data = to_json(record) | later
    assert to_json(record_from_json(data)) == data


def test_what_is_not_set_is_not_written_but_for_what_every_record_shows() -> None:
    assert to_json(Review(claim="c", decision="accept")) == {
        "type": "review",
        "id": "",
        "article": "",
        "v": 1,
        "rev": 0,
        "by": "",
        "created": "",
        "modified": "",
        "claim": "c",
        "decision": "accept",
    }


def test_the_end_a_link_runs_from_is_called_from() -> None:
    data = to_json(Link(from_="a", to="b"))
    assert (data["from"], "from_" in data) == ("a", False)
    assert record_from_json(data) == Link(from_="a", to="b")


def test_a_field_called_type_inside_a_record_is_an_unknown_field_like_any_other() -> None:
    data = to_json(Highlight(spans=(Span(0, 1, "a", extra={"type": "TextQuoteSelector"}),)))
    assert data["spans"][0]["type"] == "TextQuoteSelector"
    assert to_json(record_from_json(data)) == data


def test_the_checksum_of_a_record_is_no_field_of_it() -> None:
    data = to_json(Alias(id="a"))
    assert record_from_json(data | {"sum": "0000"}) == Alias(id="a")


def test_a_source_keeps_what_a_later_version_says_of_its_reliability() -> None:
    data = {"name": "NIS", "reliability": [{"grade": "B", "since": "2025-02-05", "by": "kim"}]}
    source = from_json(Source, data)
    assert source.reliability == (Reliability("B", "2025-02-05", extra={"by": "kim"}),)
    assert to_json(source) == data


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"type": "highlight", "spans": [{"start": 0, "end": 1}]}, "span.exact is missing"),
        ({"type": "highlight", "tags": "military"}, "highlight.tags is str, not list"),
        ({"type": "highlight", "spans": {}}, "highlight.spans is dict, not list"),
        ({"type": "claim", "when": "today"}, "when is str, not an object"),
        ({"type": "claim", "fields": []}, "claim.fields is list, not dict"),
        ({"type": "claim", "rev": "1"}, "claim.rev is str, not int"),
        ({"type": "claim", "rev": True}, "claim.rev is bool, not int"),
        ({"type": "claim", "quantities": [{"lower": "3"}]}, "quantity.lower is str, not int or"),
        ({"type": "article", "done": 1}, "articlerecord.done is int, not bool"),
        ({"type": "link", "from": None}, "link.from is NoneType, not str"),
        ({"type": "verdict"}, "no record type 'verdict'"),
        ({"type": ["claim"]}, r"no record type \['claim'\]"),
        ({}, "no record type None"),
        ([], "no record type None"),
        ("claim", "no record type None"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_name_of_the_field(data: Any, named: str) -> None:
    with pytest.raises(MisshapenError, match=named):
        record_from_json(data)


@given(JSON | st.dictionaries(TEXT, JSON, max_size=3))
def test_no_json_whatever_raises_anything_else(data: Any) -> None:
    if isinstance(data, dict):
        data = {"type": "claim"} | data
    with suppress(MisshapenError):
        assert record_from_json(data).v == data.get("v", 1)
