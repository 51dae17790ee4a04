from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from tests.exchange.linked_data import OA, embedded, through_pyld, told
from tests.exchange.telling import CONTENT, QUANTITY, SENTENCE, SOURCE, telling_bundle

from tui.exchange import Bundle, ExchangeError, Incoming, export_text, read_in
from tui.model.records import Highlight

TERM = "urn:pressmark:term:"


def exported(bundle: Bundle) -> dict[str, Any]:
    return json.loads(export_text(bundle, "w3c"))


def read(tmp_path: Path, data: object, name: str = "w3c") -> Incoming:
    path = tmp_path / "theirs.jsonld"
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_in(path, name)


def value(node: object) -> Any:
    """What a literal says; a name of something else is itself."""
    return node.toPython() if isinstance(node, Literal) else node


def highlights(found: Incoming) -> list[tuple[str, tuple[str, ...], str]]:
    held = [record for record in found.records if isinstance(record, Highlight)]
    return [("|".join(s.exact for s in each.spans), each.tags, each.note) for each in held]


def test_positions_are_code_points_and_the_quote_stands_beside() -> None:
    _, source, content, pieces, quantity = exported(telling_bundle())["first"]["items"]
    for extent, annotation in ((SOURCE, source), (CONTENT, content), (QUANTITY, quantity)):
        (target,) = annotation["target"]
        assert target["source"] == "https://example.org/nis"
        quote, position = target["selector"]
        assert (position["start"], position["end"]) == extent
        assert quote["exact"] == SENTENCE[extent.start : extent.end]
    assert len(pieces["target"]) == 2
    assert [body["value"] for body in quantity["body"]] == ["war/사상자", "figure"]
    assert [body["purpose"] for body in content["body"]] == ["tagging", "commenting", "describing"]


def test_a_json_ld_processor_keeps_every_field(bundle: Bundle) -> None:
    for each in (telling_bundle(), bundle):
        data = exported(each)
        assert told(through_pyld(data)) == told(data)


def test_claims_are_linked_data_that_rdflib_reads() -> None:
    graph = Graph().parse(data=embedded(exported(telling_bundle())), format="json-ld")
    (claim,) = graph.subjects(URIRef(f"{TERM}modality"))
    told_of = graph.predicate_objects(claim)
    stated = {str(p).removeprefix(TERM): value(o) for p, o in told_of}
    assert stated["statement"] == "more than 3,000 casualties have occurred so far"
    assert (stated["grade"], stated["status"], stated["credibility"]) == ("B2", "accepted", "2")
    lowers = [value(o) for o in graph.objects(predicate=URIRef(f"{TERM}lower"))]
    starts = [value(o) for o in graph.objects(predicate=URIRef(f"{OA}start"))]
    assert lowers == [3000]
    assert sorted(starts) == [4, 24, 24, 35, 42]


def test_a_mark_that_was_changed_elsewhere_is_one_of_its_own(tmp_path: Path) -> None:
    data = exported(telling_bundle())
    content = data["first"]["items"][2]
    content["body"][0]["value"] = "checked"
    found = read(tmp_path, data)
    assert ("“more than 3,000” casualties have occurred so far", ("checked",), "the claim") in (
        highlights(found)
    )
    assert found.ignored == {"claims on marks that were changed elsewhere": 1}
    assert read(tmp_path, data).records == found.records


QUOTE = {"type": "TextQuoteSelector", "exact": "more than 3,000", "prefix": "“"}
PLACE = {"type": "TextPositionSelector", "start": 25, "end": 40}


@pytest.mark.parametrize(
    "selector",
    [QUOTE, [PLACE, QUOTE], PLACE | {"refinedBy": QUOTE}, {"refinedBy": [QUOTE], **PLACE}],
)
@pytest.mark.parametrize("shape", ["list", "object"])
def test_what_others_write_is_read_whatever_its_shape(
    selector: object, shape: str, tmp_path: Path
) -> None:
    target = {"source": "https://example.org/nis", "selector": selector}
    body: object = {"type": "TextualBody", "value": "figure", "purpose": "tagging"}
    given = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/annotations/1",
        "type": ["Annotation"] if shape == "list" else "Annotation",
        "body": [body, "a note"] if shape == "list" else body,
        "creator": ["https://example.org/min"] if shape == "list" else {"name": "Min"},
        "target": [target] if shape == "list" else target,
    }
    found = read(tmp_path, [given] if shape == "list" else given, "")
    note = "a note" if shape == "list" else ""
    assert highlights(found) == [("more than 3,000", ("figure",), note)]
    assert [each.url for each in found.documents] == ["https://example.org/nis"]
    author = "https://example.org/min" if shape == "list" else "Min"
    assert [record.extra for record in found.records] == [{"author": author}]


def test_what_cannot_be_placed_is_said(tmp_path: Path) -> None:
    page = "https://example.org/nis"
    fragment = {"type": "FragmentSelector", "value": "char=25,40"}

    def annotation(number: int, target: object, **more: object) -> dict[str, object]:
        return {"id": f"urn:x:{number}", "type": "Annotation", "target": target, **more}

    items = [
        annotation(1, {"source": page, "selector": [fragment, QUOTE]}),
        annotation(2, {"source": page, "selector": fragment}),
        annotation(3, page, bodyValue="all of it is doubtful"),
        annotation(4, "urn:x:1", motivation="replying", bodyValue="is it?"),
        annotation(5, {"source": page, "selector": {"type": "TextQuoteSelector", "exact": ""}}),
        annotation(6, []),
    ]
    found = read(tmp_path, {"type": "AnnotationPage", "items": items})
    assert [quote for quote, _, _ in highlights(found)] == ["more than 3,000"]
    assert found.ignored == {
        "selectors of another kind (FragmentSelector), beside a quote": 1,
        "notes on a whole page": 1,
        "replies": 1,
    }
    assert [reason for _, reason in found.refused] == [
        "annotation 2: no quote, only FragmentSelector",
        "annotation 5: the quote is empty",
        "annotation 6: no target",
    ]


@pytest.mark.parametrize("text", ["", "{", "[" * 20000, '{"a": 1}', "[1, null]"])
def test_a_file_that_is_none_is_one_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonld"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"broken\.jsonld: no "):
        read_in(path, "w3c")


def test_the_text_goes_along_if_it_is_asked_for(tmp_path: Path) -> None:
    found = read(tmp_path, json.loads(export_text(telling_bundle(), "w3c", with_text=True)))
    (document,) = found.documents
    assert (document.text, document.outlet) == (SENTENCE, "News Today")
