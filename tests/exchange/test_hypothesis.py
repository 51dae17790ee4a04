from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.telling import SENTENCE, telling_bundle

from tui.exchange import Bundle, ExchangeError, Incoming, export_text, read_in
from tui.model.records import Claim, Highlight

PAGE = "https://example.org/nis"


def read(tmp_path: Path, data: object, name: str = "") -> Incoming:
    path = tmp_path / "theirs.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_in(path, name)


def quotes(found: Incoming) -> list[tuple[str, tuple[str, ...], str]]:
    held = [record for record in found.records if isinstance(record, Highlight)]
    return [("|".join(s.exact for s in each.spans), each.tags, each.note) for each in held]


def row(number: int, *selectors: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An annotation as a search of the API has it."""
    return {
        "id": f"aX3{number}",
        "created": "2025-02-06T08:00:00.123456+00:00",
        "updated": "2025-02-06T08:00:00.123456+00:00",
        "user": "acct:min@hypothes.is",
        "uri": PAGE,
        "text": "",
        "tags": [],
        "group": "__world__",
        "target": [{"source": PAGE, **({"selector": list(selectors)} if selectors else {})}],
        "document": {"title": ["What the NIS said"]},
        **more,
    }


RANGE = {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]"}
PLACE = {"type": "TextPositionSelector", "start": 1200, "end": 1215}
QUOTE = {"type": "TextQuoteSelector", "exact": "more than 3,000", "prefix": "“", "suffix": "”"}


def test_positions_are_utf_16_units() -> None:
    data = json.loads(export_text(telling_bundle(), "hypothesis"))
    units = SENTENCE.encode("utf-16-le")
    starts: list[int] = []
    for annotation in data["annotations"]:
        (target,) = annotation["target"]
        place, quote, _ours = target["selector"]
        starts.append(place["start"])
        words = units[2 * place["start"] : 2 * place["end"]].decode("utf-16-le")
        assert words == quote["exact"]
        assert annotation["uri"] == PAGE
    assert starts == [4, 26, 26, 37]


def test_the_rows_of_a_search_and_an_export_of_the_client_are_read(tmp_path: Path) -> None:
    marked = row(1, RANGE, PLACE, QUOTE, text="how many?", tags=["figure", "war, losses"])
    page_note, reply = row(2, text="doubtful"), row(3, text="why?", references=["aX31"])
    bad = row(4, RANGE, PLACE)
    rows = [marked, page_note, reply, bad, "x"]
    for data in ({"total": 5, "rows": rows}, {"export_date": "", "annotations": rows}, rows):
        found = read(tmp_path, data)
        assert quotes(found) == [("more than 3,000", ("figure", "war losses"), "how many?")]
        assert [record.extra for record in found.records] == [{"author": "min@hypothes.is"}]
        assert found.ignored == {"notes on a whole page": 1, "replies": 1}
        assert [reason for _, reason in found.refused] == [
            "annotation 4: no quote, only TextPositionSelector",
            "annotation 5: no JSON object",
        ]
        assert [(each.url, each.title) for each in found.documents] == [(PAGE, "What the NIS said")]


def test_what_the_client_keeps_of_an_import_brings_the_claims_back(bundle: Bundle) -> None:
    """It takes `target`, `tags`, `text`, `uri` and `document`, and gives new ids."""
    from tui.exchange.hypothesis import read as read_text

    data = json.loads(export_text(bundle, "hypothesis"))
    kept = ("target", "tags", "text", "uri", "document")
    rows = [
        {"id": f"new{number}", **{key: each[key] for key in kept}}
        for number, each in enumerate(data["annotations"])
    ]
    notes = [part.annotations for part in bundle.articles]
    found = read_text(json.dumps({"rows": rows}), "theirs.json")
    claims = {claim.id for each in notes for held in each.claims.values() for claim in held}
    assert {r.id for r in found.records if isinstance(r, Claim)} == claims
    assert found.refused == ()
    rows[-1]["text"] = "changed there"
    changed = read_text(json.dumps({"rows": rows}), "theirs.json")
    fresh = [r for r in changed.records if isinstance(r, Highlight) and r.note == "changed there"]
    assert [len(each.spans) for each in fresh] == [1]


@pytest.mark.parametrize("text", ["", "[]", '{"rows": 3}', '{"annotations": [{}]}'])
def test_a_file_that_is_none_is_one_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"broken\.json: no "):
        read_in(path, "hypothesis")
