from __future__ import annotations

import json
import re
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recording import no_pairs

from tui.model.ids import number_of_id
from tui.store.lines import HISTORY, RECORDS, Reading, Row, canonical, serialise
from tui.store.parsing import parse
from tui.store.shelves import united

texts = st.text(st.characters(), max_size=12).map(no_pairs)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(texts, values, max_size=4)
doc_ids = st.integers(min_value=0, max_value=2**128 - 1).map(str)
names = st.sampled_from(["notes", "한글", 'a"b\\c']) | st.just(RECORDS) | st.just(HISTORY)


def docs_of(reading: Reading) -> dict[str, dict[str, object]]:
    return {
        name: {key: row.doc for key, row in rows.items()}
        for name, rows in reading.tables.items()
        if rows
    }


@given(st.dictionaries(st.sampled_from(["notes", "한글"]), st.dictionaries(doc_ids, objects)))
def test_tables_round_trip_one_object_a_line_and_as_plain_json(tables):
    data = serialise(tables)
    reading = parse(data)
    assert reading.damaged == ()
    assert docs_of(reading) == {name: docs for name, docs in tables.items() if docs}
    assert json.loads(data) == tables
    # No tool may see more lines than there are.
    count = sum(len(docs) for docs in tables.values())
    assert len(data.decode().splitlines()) == 1 + count + len(tables) * bool(tables)
    assert serialise(reading.tables) == data


@given(st.binary(max_size=400))
def test_no_bytes_make_reading_fail(data):
    reading = parse(data)
    for line in reading.damaged:
        assert isinstance(line, bytes)


record_docs = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b", "c"]),
        "rev": st.integers(1, 3),
        "modified": st.sampled_from(["2025", "2026"]),
        "type": st.just("highlight"),
        "note": texts,
    }
)
NUMBERS = {"a": "1", "b": "2", "c": "3"}


def reading_of(docs: list[dict[str, Any]]) -> Reading:
    lines = [b'"%s":%s' % (NUMBERS[str(d["id"])].encode(), canonical(d)) for d in docs]
    return parse(b'{"_default":{\n' + b"\n,".join(lines) + b"\n}}\n")


def plain(rows: dict[str, Row]) -> dict[str, dict[str, Any]]:
    return {name: row.doc for name, row in rows.items()}


@given(st.lists(st.lists(record_docs, max_size=4), min_size=1, max_size=4))
def test_merging_does_not_depend_on_order_grouping_or_repetition(replicas):
    readings = [reading_of(docs) for docs in replicas]
    merged = plain(united(readings))
    for order in list(permutations(readings))[:6]:
        assert plain(united(order)) == merged
    assert plain(united([*readings, *readings])) == merged
    together = reading_of([doc for docs in replicas for doc in docs])
    assert plain(united([together])) == merged
    assert plain(united([together, *readings])) == merged


@given(st.lists(record_docs, min_size=1, max_size=6))
def test_the_highest_revision_then_the_latest_wins(docs):
    for name, doc in plain(united([reading_of(docs)])).items():
        same = [d for d in docs if d["id"] == name]
        assert (doc["rev"], doc["modified"]) == max((d["rev"], d["modified"]) for d in same)


rows_of_a_shard = st.dictionaries(
    doc_ids, st.fixed_dictionaries({"type": st.just("x"), "note": texts}), min_size=1, max_size=6
)


@given(rows_of_a_shard, st.data())
def test_a_damaged_line_costs_that_line_only(docs, data):
    lines = serialise({RECORDS: docs}).split(b"\n")
    number = data.draw(st.integers(1, len(docs)))
    position = data.draw(st.integers(0, len(lines[number]) - 1))
    cut = data.draw(st.sampled_from([b"\xff", b"\x00", b'"', b"", b"}", b"{"]))
    whole = lines[number]
    lines[number] = whole[:position] + cut + (whole[position:] if cut else b"")
    reading = parse(b"\n".join(lines))
    kept = reading.tables[RECORDS]
    hit = re.match(rb',?"(\d+)"', whole)
    assert hit is not None
    for key, doc in docs.items():
        if key.encode() != hit[1]:
            assert kept[key].doc == doc
    # What is not in use any more is set aside, byte for byte.
    if len(kept) < len(docs) and lines[number].strip(b" \t\r,{}"):
        assert reading.damaged == (lines[number],)


def test_lost_table_lines_cost_no_record_and_no_step():
    step = {"changes": [], "id": "s"}
    record = {"type": "highlight", "id": "r"}
    data = serialise({RECORDS: {"1": record}, HISTORY: {"2": step}})
    for number in (0, 2):
        lines = data.split(b"\n")
        lines[number] = b"\x00\x00\x00"
        reading = parse(b"\n".join(lines))
        assert docs_of(reading) == {RECORDS: {"1": record}, HISTORY: {"2": step}}
        assert reading.damaged == (b"\x00\x00\x00",)


def test_both_sides_of_a_merge_conflict_are_read():
    ours = {"type": "highlight", "id": "a", "rev": 2, "modified": "2025", "note": "ours"}
    theirs = {"type": "highlight", "id": "a", "rev": 3, "modified": "2025", "note": "theirs"}
    added = {"type": "highlight", "id": "b", "rev": 1, "modified": "2025"}
    data = (
        b'{"_default":{\n<<<<<<< HEAD\n"1":%s\n||||||| 3f2a\n=======\n"1":%s\n,"2":%s\n'
        b">>>>>>> theirs\n}}\n"
    )
    signed = [Row.signed("1", doc) for doc in (ours, theirs, added)]
    reading = parse(data % tuple(canonical(row.doc) for row in signed))
    assert reading.conflicted
    assert reading.damaged == ()
    assert docs_of(reading) == {RECORDS: {"1": dict(signed[1]), "2": dict(signed[2])}}


def signed_row(number: int, **fields: Any) -> bytes:
    """A line as Pressmark writes it, for a record whose id is that number as a ULID."""
    doc = {"type": "highlight", "id": f"{number:026d}", "rev": 1, "modified": "2025", **fields}
    return Row.signed(str(number_of_id(doc["id"])), doc).line


def test_lines_that_were_joined_are_both_read_and_set_aside():
    one, other = signed_row(1), signed_row(2)
    data = b'{"_default":{\n' + one + b"\x0b," + other + b"\n}}\n"
    reading = parse(data)
    assert {row.line for row in reading.tables[RECORDS].values()} == {one, other}
    assert reading.damaged == (one + b"\x0b," + other,)


def test_of_two_lines_for_one_id_the_changed_one_is_set_aside_whatever_it_says():
    good, bad = signed_row(1), signed_row(1).replace(b"2025", b"2024")
    worse = signed_row(1).replace(b'"rev":1', b'"rev":9')
    for lines, won, aside in (
        ((good, bad), good, bad),
        ((bad, good), good, bad),
        ((good, worse), worse, good),
    ):
        reading = parse(b'{"_default":{\n' + b"\n,".join(lines) + b"\n}}\n")
        assert [row.line for row in reading.tables[RECORDS].values()] == [won]
        assert reading.damaged == (aside,)


@pytest.mark.parametrize("name", [b"_default", b"history"])
def test_a_changed_name_of_a_table_costs_no_record_and_no_step(name):
    step = {"id": f"{3:026d}", "changes": [], "label": "x"}
    rows = {RECORDS: {"1": Row.signed("1", {"id": f"{1:026d}", "type": "highlight"})}}
    rows[HISTORY] = {"3": Row.signed("3", step)}
    data = serialise({**rows, "theirs": {"1": {"type": "x", "n": 1}}})
    found = parse(data.replace(name, b"x" + name[1:]))
    assert docs_of(found) == docs_of(parse(data))
    assert len(found.damaged) == 1


def test_a_record_whose_document_id_is_lost_is_found_by_its_own():
    one, other = signed_row(1), signed_row(2)
    reading = parse(b'{"_default":{\n' + one + other[1:] + b"\n}}\n")
    assert {row.line for row in reading.tables[RECORDS].values()} == {one, other}


def test_what_a_record_was_before_is_not_taken_for_it_when_its_step_is_damaged():
    old = json.loads(signed_row(1).partition(b":")[2])
    step = {"id": f"{9:026d}", "changes": [{"before": old, "record": old["id"]}]}
    line = Row.signed("9", step).line[:-1] + b"\xff}"
    reading = parse(b'{"_default":{\n},"history":{\n' + line + b"\n}}\n")
    assert reading.tables == {RECORDS: {}, HISTORY: {}}
    assert reading.damaged == (line,)


def test_a_changed_document_id_costs_no_record_and_is_put_right():
    one, other = signed_row(1), signed_row(2)
    data = b'{"_default":{\n"2":' + one.partition(b":")[2] + b"\n," + other + b"\n}}\n"
    reading = parse(data)
    assert [row.line for row in reading.tables[RECORDS].values()] == [other, one]
    assert reading.damaged == ()


def test_a_changed_id_does_not_take_another_record_s_place():
    one, other = signed_row(1), signed_row(2)
    stray = one.replace(f"{1:026d}".encode(), f"{2:026d}".encode())
    reading = parse(b'{"_default":{\n' + stray + b"\n," + other + b"\n}}\n")
    assert {row.line for row in reading.tables[RECORDS].values()} == {stray, other}


def test_a_file_whose_end_is_missing_is_known_as_cut():
    whole = b'{"_default":{\n' + signed_row(1) + b"\n," + signed_row(2) + b"\n}}\n"
    assert not parse(whole).cut
    assert not parse(whole.replace(b"\n", b"\r\n")).cut
    assert parse(whole.rpartition(b"}}")[0]).cut


def test_windows_line_ends_a_byte_order_mark_and_an_indented_file_are_read():
    docs = {"1": {"type": "x", "note": "한글"}, "2": {"type": "x"}}
    data = serialise({RECORDS: docs})
    for other in (
        data.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + data,
        json.dumps({RECORDS: docs}, indent=2).encode(),
        json.dumps({RECORDS: docs}).encode(),
    ):
        reading = parse(other)
        assert (docs_of(reading), reading.damaged) == ({RECORDS: docs}, ())


@given(objects)
def test_a_checksum_fits_its_object_and_no_other(doc):
    row = Row.signed("1", doc)
    assert row.fits
    again = parse(serialise({"notes": {"1": row}})).tables["notes"]["1"]
    assert again.fits
    spaced = json.dumps({"notes": {"1": row.doc}}, indent=1).encode()
    assert parse(spaced).tables["notes"]["1"].fits
    changed = {**again.doc, "note": [again.doc.get("note")]}
    assert not Row.of("1", changed).fits
