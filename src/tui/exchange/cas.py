"""An article as a UIMA CAS, as INCEpTION has it: built with cassis, and read from what it holds.

A span of a highlight under one of its tags is an annotation `webanno.custom.Claim`; what else there
is goes along in `webanno.custom.Pressmark` of the document. Offsets are UTF-16 units in every
file of a CAS. Files are not read with cassis: it takes an offset that it cannot convert for one in
code points. (https://uima.apache.org, https://inception-project.github.io)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import groupby
from typing import Any, NamedTuple, cast

from tui.exchange import native
from tui.exchange.bundles import ArticleBundle, Item
from tui.exchange.files import ExchangeError
from tui.exchange.foreign import UNTAGGED, Mark, about, document_about, marks_of, tag_for
from tui.exchange.fragments import note_line
from tui.exchange.incoming import Incoming, Refused
from tui.exchange.json_values import carried as carried_in
from tui.exchange.json_values import words
from tui.exchange.offsets import UTF16, ForeignText
from tui.exchange.remarks import reunited_with_notes

CLAIM, CARRIED = "webanno.custom.Claim", "webanno.custom.Pressmark"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
LAYERS = "layers.json"  # beside the documents: what INCEpTION's layers are made from
_FEATURES = {"tag": "Tag", "note": "Note and statement", "modality": "Modality"}
_LAYER = re.compile(r"(?:webanno\.)?custom\.|.*\.NamedEntity$")
_LABELS = ("tag", "value", "label", "category", "identifier")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PART = 1_000_000  # characters of what is carried along in one annotation: parsers have limits
_OWN = frozenset({"begin", "end", "sofa", "id"})


class Structure(NamedTuple):
    """A feature structure of a file: its type, its features, and where it stands in the file."""

    kind: str
    features: Mapping[str, Any]
    place: int = 0


def types() -> Any:
    """The types that we write, as cassis has them (a `TypeSystem`).

    Raises ExchangeError, with one sentence, if cassis is missing.
    """
    try:
        cassis: Any = import_module("cassis")
    except ImportError as error:
        raise ExchangeError("CAS needs dkpro-cassis: pip install 'pressmark[cas]'") from error
    made = cassis.TypeSystem()
    claim = made.create_type(CLAIM, supertypeName="uima.tcas.Annotation")
    for feature in _FEATURES:
        made.create_feature(claim, feature, "uima.cas.String")
    carried = made.create_type(CARRIED, supertypeName="uima.cas.AnnotationBase")
    made.create_feature(carried, "part", "uima.cas.String")
    made.create_feature(carried, "records", "uima.cas.String")
    metadata = made.create_type(METADATA, supertypeName="uima.tcas.DocumentAnnotation")
    for feature in ("documentTitle", "documentId", "documentUri"):
        made.create_feature(metadata, feature, "uima.cas.String")
    return made


def layers() -> str:
    """The layers of these types as INCEpTION imports them, as JSON."""
    span = {"type": "span", "anchoring_mode": "CHARACTERS", "overlap_mode": "ANY_OVERLAP"}
    more = {"enabled": True, "cross_sentence": True, "allow_stacking": True, "show_hover": True}
    made = [
        {
            "name": CLAIM,
            "uiName": "Claim",
            **span,
            **more,
            "features": list(map(_feature, _FEATURES)),
        },
        {
            "name": CARRIED,
            "uiName": "Pressmark",
            "type": "document-metadata",
            **more,
            "readonly": True,
            "features": [_feature(name) | {"visible": False} for name in ("part", "records")],
        },
    ]
    return json.dumps(made, indent=1)


def _feature(name: str) -> dict[str, Any]:
    shown = _FEATURES.get(name, name)
    said = {"enabled": True, "visible": True, "required": False, "remember": False}
    return {"name": name, "uiName": shown, "type": "uima.cas.String", **said}


def built(
    part: ArticleBundle,
    items: Sequence[Item],
    objects: Sequence[Mapping[str, Any]],
    system: Any,
    name: str,
) -> Any:
    """An article as a `Cas` of cassis; what XML has no place for is replaced, and carried along."""
    cassis: Any = import_module("cassis")
    article = part.article
    replaced = {m.start(): ord(m[0]) for m in _NO_XML.finditer(article.text)}
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string = _xml(article.text)
    cas.sofa_mime = "text/plain"
    metadata: Any = system.get_type(METADATA)
    cas.add(
        metadata(
            begin=0,
            end=len(article.text),
            language=article.language or "x-unspecified",
            documentTitle=_xml(article.title or name),
            documentId=name,
            documentUri=_xml(article.url) or None,
        )
    )
    claim: Any = system.get_type(CLAIM)
    for each in _claims(items):
        cas.add(claim(**each))
    side = {
        **about(article),
        "replaced": replaced,
        native.KEY: objects,
    }
    carried: Any = system.get_type(CARRIED)
    line = json.dumps(side, allow_nan=False)
    for number, start in enumerate(range(0, len(line), _PART), 1):
        words = line[start : start + _PART]
        cas.add(carried(sofa=cas.get_sofa(), part=str(number), records=words))
    return cas


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _claims(items: Sequence[Item]) -> Iterator[dict[str, Any]]:
    for _, group in groupby(items, key=lambda item: item.placed.record.id):
        same = list(group)
        placed = same[0].placed
        claims = [item.claim for item in same if item.claim is not None]
        said = _xml(note_line(placed.record, claims))
        modality = next((c.modality for c in claims if c.modality), None)
        for mark in marks_of(placed.extents, placed.record.tags):
            yield {
                "begin": mark.start,
                "end": mark.end,
                "tag": _xml(mark.tag),
                "note": said or None,
                "modality": modality,
            }
            said, modality = "", None  # they stand with the first


def taken(raw: str, structures: Sequence[Structure], name: str) -> Incoming:
    """What the document of a CAS brings; a bad annotation costs that annotation.

    Layers of other programs are tags by their names and their values. Raises ValueError, with the
    end of a sentence, if what was carried along is broken.
    """
    side = _side(structures)
    theirs = ForeignText(_put_back(raw, side.get("replaced")), UTF16)
    nothing: Mapping[str, Any] = {}
    told = next((s.features for s in structures if s.kind == METADATA), nothing)
    where = document_about(
        theirs.text,
        side,
        title=words(told, "documentTitle"),
        url=words(told, "documentUri"),
        name=name,
    )
    refused: list[Refused] = []
    ignored: Counter[str] = Counter()
    marks: list[tuple[Mark, str]] = []
    for each in structures:
        if not _LAYER.match(each.kind) or each.kind == CARRIED:
            if ".custom." in each.kind or "begin" not in each.features:
                continue
            if "segmentation" not in each.kind and not each.kind.startswith(("uima.", METADATA)):
                ignored[f"annotation of {each.kind.rpartition('.')[2]}"] += 1
            continue
        try:
            marks.append(_mark(each, theirs))
        except (ValueError, TypeError) as error:
            refused.append(Refused(each.place, f"{name}: {each.kind}: {error}"))
    carried = carried_in(side)
    records, changed = reunited_with_notes(where, marks, carried, _xml)
    return Incoming(
        name,
        tuple(records),
        refused=tuple(refused),
        ignored=ignored,
        changed=changed,
        documents=(where,),
    )


def _put_back(raw: str, replaced: object) -> str:
    """A text with the characters that XML has no place for, where they were replaced."""
    chars = list(raw)
    for place, code in cast(
        "dict[Any, Any]", replaced if isinstance(replaced, dict) else {}
    ).items():
        at = int(place) if str(place).isdecimal() else len(chars)
        if at < len(chars) and chars[at] == "\ufffd" and _is_lost(code):
            chars[at] = chr(code)
    return "".join(chars)


def _is_lost(code: object) -> bool:
    return isinstance(code, int) and 0 <= code <= 0xFFFF and bool(_NO_XML.match(chr(code)))


def _side(structures: Sequence[Structure]) -> dict[str, Any]:
    parts = [s.features for s in structures if s.kind == CARRIED]
    if not parts:
        return {}
    parts.sort(key=lambda part: str(part.get("part") or "").zfill(9))
    try:
        data: object = json.loads("".join(str(part.get("records") or "") for part in parts))
    except (ValueError, RecursionError) as error:
        raise ValueError("its part of Pressmark is no JSON") from error
    return cast("dict[str, Any]", data) if isinstance(data, dict) else {}


def _mark(each: Structure, theirs: ForeignText) -> tuple[Mark, str]:
    if not {"begin", "end"} <= each.features.keys():
        raise ValueError("it has no begin or no end")
    begin, end = int(each.features["begin"]), int(each.features["end"])
    start, stop = theirs.back(begin), theirs.back(end)
    if start >= stop:
        raise ValueError(f"{begin}-{end} is no range")
    said = {
        key: value
        for key, value in each.features.items()
        if isinstance(value, str) and value and key not in _OWN
    }
    if each.kind == CLAIM:
        return Mark(start, stop, tag_for(said.get("tag", "")) or UNTAGGED), said.get("note", "")
    label = next((said.pop(key) for key in _LABELS if key in said), "")
    layer = each.kind.rpartition(".")[2]
    note = "\n".join(f"{key}: {value}" for key, value in said.items())
    return Mark(start, stop, tag_for(f"{layer}/{label}")), note
