"""UIMA CAS, as XMI and as JSON: what cassis finds in it, and what INCEpTION writes."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem
from tests.exchange.telling import SENTENCE, article_of, bundle_of, records_of, telling_bundle

from tui.exchange import ExchangeError, Incoming, read_in, write_out
from tui.exchange.cas import CARRIED, CLAIM
from tui.exchange.guarded import USUAL_XML, parsed_xml
from tui.model.records import Highlight
from tui.model.spans import Extent

UNITS = {(4, 20), (26, 75), (37, 42), (26, 43), (44, 75)}
NOTE = "n\x07" + "long " * 250_000  # more than goes along in one annotation
TEXTS = {
    ("people/source", "NIS 🇰🇷 (국가정보원)"),
    ("war/사상자", SENTENCE[24:73]),
    ("war/사상자", "3,000"),
    ("figure", "3,000"),
    ("untagged", SENTENCE[24:41]),
    ("untagged", SENTENCE[42:73]),
}
SPACES = (
    'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:custom="http:///webanno/custom.ecore" '
    'xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" '
    'xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" '
    'xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore"'
)


def xmi(*annotations: str, text: str = SENTENCE) -> bytes:
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{text}"/>'
    body = "\n".join((*annotations, sofa, '<cas:View sofa="1" members="2 3"/>'))
    return f'<?xml version="1.0"?>\n<xmi:XMI {SPACES} xmi:version="2.0">\n{body}</xmi:XMI>'.encode()


def marks(found: Incoming) -> list[tuple[str, tuple[str, ...], str]]:
    highlights = [r for r in found.records if isinstance(r, Highlight)]
    return [(h.spans[0].exact, h.tags, h.note) for h in highlights]


def test_xmi_counts_utf_16_units_and_cassis_finds_the_words(tmp_path: Path) -> None:
    assert write_out(telling_bundle(), "xmi", tmp_path / "out") == ()
    raw = (tmp_path / "out" / "nis.xmi").read_text(encoding="utf-8")
    claims = re.findall(r"<custom:Claim [^>]*>", raw)
    placed = {tuple(map(int, re.findall(r'(?:begin|end)="(\d+)"', claim))) for claim in claims}
    assert placed == UNITS
    system = load_typesystem(tmp_path / "out" / "TypeSystem.xml")
    cas = load_cas_from_xmi(tmp_path / "out" / "nis.xmi", system)
    assert {(c["tag"], c.get_covered_text()) for c in cas.select(CLAIM)} == TEXTS
    assert len(cas.select(CARRIED)) == 1


def test_json_counts_utf_16_units_and_cassis_finds_the_words(tmp_path: Path) -> None:
    assert write_out(telling_bundle(), "cas", tmp_path / "out") == ()
    path = tmp_path / "out" / "nis.cas.json"
    held = json.loads(path.read_text(encoding="utf-8"))["%FEATURE_STRUCTURES"]
    assert {(s["begin"], s["end"]) for s in held if s["%TYPE"] == CLAIM} == UNITS
    with path.open("rb") as file:
        cas = load_cas_from_json(file)
    assert {(c["tag"], c.get_covered_text()) for c in cas.select(CLAIM)} == TEXTS
    layers = json.loads((tmp_path / "out" / "layers.json").read_text(encoding="utf-8"))
    assert [layer["name"] for layer in layers] == [CLAIM, CARRIED]
    assert {f["name"] for f in layers[0]["features"]} == {"tag", "note", "modality"}


@pytest.mark.parametrize("name", ["xmi", "cas"])
def test_what_xml_has_no_place_for_comes_back(name: str, tmp_path: Path) -> None:
    article = article_of("a\x0cb\x00c \uffff d\x1b[31m🇰 \ufffd")
    bundle = bundle_of(article, records_of(article, [((Extent(1, 9),), (), NOTE)]))
    write_out(bundle, name, tmp_path / "out")
    found = read_in(tmp_path / "out", name)
    assert [d.text for d in found.documents] == [article.text]
    assert found.refused == ()
    assert marks(found) == [(article.text[1:9], (), NOTE)]


def test_what_was_done_in_inception_comes_back(tmp_path: Path) -> None:
    write_out(telling_bundle(), "xmi", tmp_path / "out")
    path = tmp_path / "out" / "nis.xmi"
    raw = path.read_text(encoding="utf-8")
    moved = raw.replace('begin="4" end="20"', 'begin="4" end="7"').replace(
        'note="the claim |', 'note="my claim |'
    )
    path.write_text(moved, encoding="utf-8")
    found = read_in(tmp_path / "out")
    fresh = [r for r in found.records if isinstance(r, Highlight) and not r.by]
    assert [(h.spans[0].exact, h.tags) for h in fresh] == [
        ("NIS", ("people/source",)),
        (SENTENCE[24:73], ()),
    ]
    assert fresh[1].note.startswith("my claim |")
    assert (found.changed, found.ignored) == (1, {})


def test_layers_of_others_are_tags_by_name_and_value(tmp_path: Path) -> None:
    data = xmi(
        '<seg:Token xmi:id="2" sofa="1" begin="0" end="3"/>',
        '<pos:POS xmi:id="5" sofa="1" begin="0" end="3" PosValue="DT"/>',
        '<ner:NamedEntity xmi:id="3" sofa="1" begin="4" end="20" value="ORG" identifier="Q1"/>',
        '<custom:Span xmi:id="6" sofa="1" begin="37" end="42" kind="count"/>',
        '<custom:Span xmi:id="7" sofa="1" begin="9" end="42"/>',
        '<custom:Span xmi:id="8" sofa="1" begin="37" end="4200"/>',
        '<custom:Span xmi:id="9" sofa="1" begin="7" end="7"/>',
        '<custom:Span xmi:id="10" sofa="1" begin="x" end="7"/>',
        '<custom:Span xmi:id="11" sofa="1" begin="4"/>',
    )
    with ZipFile(tmp_path / "theirs.xmi.zip", "w") as archive:
        archive.writestr("TypeSystem.xml", "<typeSystemDescription/>")
        archive.writestr("folder/theirs.xmi", data)
    found = read_in(tmp_path / "theirs.xmi.zip")
    assert marks(found) == [
        ("NIS 🇰🇷 (국가정보원)", ("NamedEntity/ORG",), "identifier: Q1"),
        ("3,000", ("Span",), "kind: count"),
    ]
    assert found.ignored == {"annotation of POS": 1}
    assert len(found.refused) == 5
    assert "middle of a character" in found.refused[0].reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        (b"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>", "document type"),
        (b"<html/>", "no XMI with a text"),
        (xmi()[:-9], "no XML"),
        (b"\x00\x01", "no XML"),
        (
            xmi('<custom:Pressmark xmi:id="2" sofa="1" records="{"/>'),
            "its part of Pressmark is no JSON",
        ),
    ],
)
def test_what_is_no_xmi_is_one_sentence(data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "bad.xmi").write_bytes(data)
    with pytest.raises(ExchangeError, match=words):
        read_in(tmp_path / "bad.xmi")


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"%TYPES": {}, "%FEATURE_STRUCTURES": 7},
        {"%TYPES": {}, "%FEATURE_STRUCTURES": [7, {"%ID": 1}]},
        {"%TYPES": {}, "%FEATURE_STRUCTURES": {"1": {"sofaString": 7}}},
    ],
)
def test_what_is_no_cas_in_json_is_one_sentence(data: Any, tmp_path: Path) -> None:
    path = tmp_path / "bad.cas.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ExchangeError, match="no CAS with a text"):
        read_in(path, "cas")
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(ExchangeError, match="nested too deep"):
        read_in(path, "cas")


def test_an_older_json_and_a_broken_annotation(tmp_path: Path) -> None:
    span = {"%TYPE": "custom.Span", "@sofa": 1, "begin": 4, "end": 20, "label": "org"}
    held = {
        "1": {"%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": SENTENCE},
        "2": span,
        "3": span | {"begin": None},
        "4": span | {"end": 10**30},
    }
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": held}), encoding="utf-8")
    found = read_in(path)
    assert marks(found) == [("NIS 🇰🇷 (국가정보원)", ("Span/org",), "")]
    assert len(found.refused) == 2


def test_an_archive_that_leads_out_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.xmi.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("../evil.xmi", xmi())
    with pytest.raises(ExchangeError, match="leads out of it"):
        read_in(path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ExchangeError, match="no XML"):
        read_in(path)


@pytest.mark.parametrize("name", ["xmi", "cas"])
def test_a_missing_library_is_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(ExchangeError, match=r"pip install 'pressmark\[cas\]'"):
        write_out(telling_bundle(), name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_text_of_more_than_ten_megabytes_is_read_if_it_can_do_nothing() -> None:
    text = b"x" * (USUAL_XML + 1)
    made = b'<a text="' + text + b'"/>'
    assert len(parsed_xml(made).get("text")) == len(text)
    for bad, words in (
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + made, "document type"),
        (b"<?xml version='1.0' encoding='UTF-7'?>" + made, "not UTF-8"),
        (made.decode().encode("cp037"), "not UTF-8"),
    ):
        with pytest.raises(ValueError, match=words):
            parsed_xml(bad)
