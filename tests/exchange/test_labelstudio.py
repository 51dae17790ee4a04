"""Label Studio: what is written, and what it exports itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.exchange.telling import SENTENCE, telling_bundle

from tui.exchange import ExchangeError, Incoming, read_in, write_out
from tui.model.records import Highlight


def written(folder: Path) -> Any:
    assert write_out(telling_bundle(), "labelstudio", folder) == ()
    return json.loads((folder / "tasks.json").read_text(encoding="utf-8"))


def export(path: Path, *results: dict[str, Any], text: str = SENTENCE, **more: Any) -> Path:
    task = {"id": 7, "annotations": [{"id": 1, "result": results}], "data": {"body": text}, **more}
    path.write_text(json.dumps([task]), encoding="utf-8")
    return path


def region(start: Any, end: Any, label: str = "org", **value: Any) -> dict[str, Any]:
    return {
        "id": f"{start}-{end}",
        "from_name": "ner",
        "to_name": "body",
        "type": "labels",
        "value": {"start": start, "end": end, "labels": [label], **value},
    }


def marks(found: Incoming) -> list[tuple[str, tuple[str, ...], str]]:
    highlights = [r for r in found.records if isinstance(r, Highlight)]
    return [(h.spans[0].exact, h.tags, h.note) for h in highlights]


def test_offsets_are_code_points_and_all_has_a_place_in_the_configuration(tmp_path: Path) -> None:
    (task,) = written(tmp_path / "out")
    (annotation,) = task["annotations"]
    results = annotation["result"]
    labelled = [r["value"] for r in results if r["type"] == "labels"]
    assert {(v["start"], v["end"], *v["labels"]) for v in labelled} == {
        (4, 18, "people/source"),
        (24, 73, "war/사상자"),
        (35, 40, "war/사상자", "figure"),
        (24, 41, "untagged"),
        (42, 73, "untagged"),
    }
    assert all(v["text"] == SENTENCE[v["start"] : v["end"]] for v in labelled)
    assert all(v["globalOffsets"] == {"start": v["start"], "end": v["end"]} for v in labelled)
    config = ET.parse(tmp_path / "out" / "labels.xml")
    names = {each.get("name"): each.get("toName") for each in config.iter() if each.get("name")}
    used = {(r["from_name"], r["to_name"]) for r in results if r["type"] != "relation"}
    assert used == {(name, target) for name, target in names.items() if target}
    values = {each.get("value") for each in config.iter("Label")}
    assert {label for v in labelled for label in v["labels"]} <= values
    (relation,) = [r for r in results if r["type"] == "relation"]
    assert relation["labels"] == ["goes on"]
    assert {relation["from_id"], relation["to_id"]} < {r["id"] for r in results if "id" in r}


def test_what_was_done_there_comes_back(tmp_path: Path) -> None:
    (task,) = written(tmp_path / "out")
    results = task["annotations"][0]["result"]
    moved = next(r["value"] for r in results if r["value"]["start"] == 4)
    moved |= {"end": 7, "text": "NIS"}
    noted = next(r["value"] for r in results if r["type"] == "textarea")
    noted["text"] = ["my claim"]
    (tmp_path / "out" / "tasks.json").write_text(json.dumps([task]), encoding="utf-8")
    found = read_in(tmp_path / "out")
    fresh = [r for r in found.records if isinstance(r, Highlight) and not r.by]
    assert [(h.spans[0].exact, h.tags, h.note) for h in fresh] == [
        ("NIS", ("people/source",), ""),
        (SENTENCE[24:73], (), "my claim"),
    ]
    assert (found.changed, found.ignored) == (1, {})


def test_an_export_of_its_own_is_read_with_notes_and_either_offsets(tmp_path: Path) -> None:
    at = SENTENCE.index("casualties")
    note = {"id": "4-18", "type": "textarea", "from_name": "n", "value": {"text": ["who?", "why"]}}
    path = export(
        tmp_path / "project-7.json",
        region(4, 18, text="NIS 🇰🇷 (국가정보원)"),
        note,
        region(at + 2, at + 12, "UTF-16", text="casualties"),
        region(
            "/p[1]/text()[1]", "/p[1]/text()[1]", "markup", globalOffsets={"start": 0, "end": 3}
        ),
        region(0, 3, "moved", text="casualties"),
        region(24, 9000),
        region(9, 9),
        region(None, None),
        {"type": "choices", "from_name": "mood", "value": {"choices": ["sad"]}},
        {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["of"]},
        predictions=[{"result": [region(4, 18)]}],
    )
    found = read_in(path)
    assert marks(found) == [
        ("The", ("markup",), ""),
        ("NIS 🇰🇷 (국가정보원)", ("org",), "who?\nwhy"),
        ("casualties", ("UTF-16",), ""),
        ("casualties", ("moved",), ""),
    ]
    assert found.ignored == {"choices": 1, "relation": 1, "prediction": 1}
    assert len(found.refused) == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("[", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("{}", "holds no tasks"),
        ("[7, []]", "holds no tasks"),
    ],
)
def test_what_is_no_task_is_one_sentence(data: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(ExchangeError, match=words):
        read_in(path, "labelstudio")
    (tmp_path / "none").mkdir()
    with pytest.raises(ExchangeError, match=r"holds no tasks\.json"):
        read_in(tmp_path / "none", "labelstudio")


def test_a_bad_task_costs_that_task(tmp_path: Path) -> None:
    good = export(tmp_path / "tasks.json", region(4, 18))
    tasks: list[Any] = json.loads(good.read_text(encoding="utf-8"))
    odd = {"annotations": 7, "data": {"text": "Fine."}, "predictions": {"a": 1}}
    carried = {"annotations": [], "data": {"text": "Odd.", "pressmark": {"no": "array"}}}
    tasks += [{"data": {}}, {"data": {"image": 7}}, odd, carried]
    good.write_text(json.dumps(tasks), encoding="utf-8")
    found = read_in(tmp_path)
    assert [each.text for each in found.documents] == [SENTENCE, "Fine."]
    assert [reason.split(":")[0] for _, reason in found.refused] == ["task 2", "task 3", "task 5"]
