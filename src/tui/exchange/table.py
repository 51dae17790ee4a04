"""CSV for spreadsheets (RFC 4180): a row a claim, and a row a highlight that has none.

Several values in one cell (the pieces of a discontinuous highlight, quantities, tags, links) are
parted by ` | `, and stand in the same order in all columns that belong together. The table is for
reading and sorting; what must come back unchanged goes through JSON Lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from tui.exchange.bundles import Bundle, Item, link_words
from tui.model.records import Claim, Hop, Quantity, When
from tui.model.views import grade_of, graded_hop
from tui.model.visible import visible
from tui.model.wording import format_chain, format_quantity, format_when

BETWEEN = " | "
# A spreadsheet takes a cell that begins so for a formula, some of them the wide forms too.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NO_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}  # they have no picture

Cell = Callable[[Item], object]
ClaimCell = Callable[[Claim], object]


def export(bundle: Bundle, *, bom: bool = False, **_: bool) -> Iterator[str]:
    """The bundle as CSV with a header row; `bom` puts a byte-order mark first, for Excel."""
    columns = columns_of(bundle)
    yield "\ufeff" if bom else ""
    yield _line(columns)
    for item in bundle.items():
        yield _line(value(item) for value in columns.values())


def columns_of(bundle: Bundle) -> Mapping[str, Cell]:
    """All columns in order, each with how its value is made: text, a number, yes or no, or None."""
    return {**_columns(bundle), **_field_columns(bundle)}


def printable(text: str) -> str:
    """A text with what a sheet cannot hold shown by its picture."""
    return _UNFIT.sub(lambda m: visible(m[0]), text).translate(_NO_XML)


def _line(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(map(_cell, values))
    return out.getvalue()


def _cell(value: object) -> str:
    """A value as one cell that no spreadsheet runs: a leading apostrophe where it might."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = printable(str(value))
    return "'" + text if FORMULA.match(text) else text


def _joined(values: Iterable[object]) -> str:
    return BETWEEN.join("" if value is None else str(value) for value in values)


def _columns(bundle: Bundle) -> dict[str, Cell]:
    """All columns but the workspace's own fields, in order, each with how its cell is made."""
    return {
        "kind": lambda item: "highlight" if item.claim is None else "claim",
        "id": lambda item: _record(item).id,
        "statement": lambda item: item.claim.statement if item.claim else "",
        "quote": lambda item: _joined(span.exact for span in item.placed.record.spans),
        "tags": lambda item: _joined(bundle.codebook.resolved(item.placed.record.tags)),
        **_STATUS,
        **_of_claim({**_ATTRIBUTION, **_CONTENT}),
        "grade": lambda item: item.grade,
        **_of_claim(_GRADE),
        "grade_warnings": lambda item: _joined(item.warnings),
        **_of_claim(_ASSESSMENT),
        "links": _links,
        **_EVIDENCE,
        "article_tags": lambda item: _joined(
            dict.fromkeys(tag for said in item.whole for tag in bundle.codebook.resolved(said.tags))
        ),
        "article_grade": lambda item: _joined(filter(None, map(grade_of, item.whole))),
        "article_note": lambda item: _joined(said.note for said in item.whole if said.note),
    }


def _of_claim(columns: Mapping[str, ClaimCell]) -> dict[str, Cell]:
    def cell(value: ClaimCell) -> Cell:
        return lambda item: None if item.claim is None else value(item.claim)

    return {name: cell(value) for name, value in columns.items()}


def _if_claim(value: Cell) -> Cell:
    return lambda item: None if item.claim is None else value(item)


def _links(item: Item) -> str:
    if item.claim is None:
        return ""
    return _joined(" ".join(link_words(link, item.claim.id)) for link in item.links)


def _original(claim: Claim) -> Hop | None:
    return claim.chain[-1] if claim.chain else None


def _graded(claim: Claim) -> Hop | None:
    index = graded_hop(claim.chain)
    return None if index is None else claim.chain[index]


def _of_hop(pick: Callable[[Claim], Hop | None], value: Callable[[Hop], object]) -> ClaimCell:
    def cell(claim: Claim) -> object:
        hop = pick(claim)
        return None if hop is None else value(hop)

    return cell


def _of_when(value: Callable[[When], object]) -> ClaimCell:
    return lambda claim: None if claim.when is None else value(claim.when)


def _of_quantities(value: Callable[[Quantity], object]) -> ClaimCell:
    return lambda claim: _joined(value(quantity) for quantity in claim.quantities)


_STATUS: Mapping[str, Cell] = {
    "status": _if_claim(lambda item: item.status.name),
    "stale": _if_claim(lambda item: item.status.stale),
    "flagged": _if_claim(lambda item: item.status.flagged),
    "reviewer": lambda item: item.status.by,
    "reviewed": lambda item: item.status.time,
    "self_reviewed": _if_claim(lambda item: item.status.self_reviewed),
    "review_reason": lambda item: item.status.reason,
}

# `source` is the original one, innermost in the chain; the grade's letter is `graded_source`'s.
_ATTRIBUTION: Mapping[str, ClaimCell] = {
    "chain": lambda claim: format_chain(claim.chain),
    "source": _of_hop(_original, lambda hop: hop.source.text),
    "source_kind": _of_hop(_original, lambda hop: hop.kind),
    "source_role": _of_hop(_original, lambda hop: hop.role),
    "source_affiliation": _of_hop(_original, lambda hop: hop.affiliation),
    "cue": _of_hop(_original, lambda hop: hop.cue.text if hop.cue else ""),
    "said": _of_hop(_original, lambda hop: hop.said.edtf or hop.said.text if hop.said else ""),
}
_CONTENT: Mapping[str, ClaimCell] = {
    "when": _of_when(format_when),
    "when_text": _of_when(lambda when: when.text),
    "when_edtf": _of_when(lambda when: when.edtf),
    "when_earliest": _of_when(lambda when: when.earliest),
    "when_latest": _of_when(lambda when: when.latest),
    "when_anchor": _of_when(lambda when: when.anchor),
    "quantity": _of_quantities(format_quantity),
    "quantity_text": _of_quantities(lambda quantity: quantity.text),
    "quantity_lower": _of_quantities(lambda quantity: quantity.lower),
    "quantity_lower_inclusive": _of_quantities(
        lambda quantity: _yes(quantity.lower_inclusive, quantity.lower)
    ),
    "quantity_upper": _of_quantities(lambda quantity: quantity.upper),
    "quantity_upper_inclusive": _of_quantities(
        lambda quantity: _yes(quantity.upper_inclusive, quantity.upper)
    ),
    "quantity_unit": _of_quantities(lambda quantity: quantity.unit),
    "quantity_measure": _of_quantities(lambda quantity: quantity.measure),
    "quantity_basis": _of_quantities(lambda quantity: quantity.basis),
    "quantity_hedge": _of_quantities(lambda quantity: quantity.hedge),
    "place": lambda claim: claim.place.text if claim.place else "",
    "about": lambda claim: claim.about.text if claim.about else "",
    "modality": lambda claim: claim.modality,
    "hedge": lambda claim: claim.hedge.text if claim.hedge else "",
}
_GRADE: Mapping[str, ClaimCell] = {
    "reliability": _of_hop(_graded, lambda hop: hop.reliability),
    "graded_source": _of_hop(_graded, lambda hop: hop.source.text),
    "credibility": lambda claim: claim.credibility,
}
_ASSESSMENT: Mapping[str, ClaimCell] = {
    "assessment": lambda claim: claim.assessment.verdict,
    "rationale": lambda claim: claim.assessment.rationale,
    "assessment_evidence": lambda claim: _joined(claim.assessment.evidence),
    "likelihood": lambda claim: claim.assessment.likelihood,
    "confidence": lambda claim: claim.assessment.confidence,
    "confidence_basis": lambda claim: claim.assessment.confidence_basis,
    "note": lambda claim: claim.note,
    "translation": lambda claim: claim.translation,
}
_EVIDENCE: Mapping[str, Cell] = {
    "highlight": lambda item: item.placed.record.id,
    "highlight_note": lambda item: item.placed.record.note,
    "start": lambda item: _joined(span.start for span in item.placed.record.spans),
    "end": lambda item: _joined(span.end for span in item.placed.record.spans),
    "prefix": lambda item: _joined(span.prefix for span in item.placed.record.spans),
    "suffix": lambda item: _joined(span.suffix for span in item.placed.record.spans),
    "fit": lambda item: item.placed.fit,
    "revision": lambda item: item.placed.record.revision,
    "article": lambda item: item.article.id,
    "title": lambda item: item.article.title,
    "outlet": lambda item: item.article.outlet,
    "published": lambda item: item.article.published,
    "article_modified": lambda item: item.article.modified,
    "url": lambda item: item.article.url,
    "path": lambda item: item.article.path,
    "by": lambda item: _record(item).by,
    "created": lambda item: _record(item).created,
    "modified": lambda item: _record(item).modified,
    "rev": lambda item: _record(item).rev,
    "origin": lambda item: _record(item).origin,
}


def _record(item: Item) -> Any:
    return item.placed.record if item.claim is None else item.claim


def _yes(inclusive: bool, bound: float | None) -> str:
    return "" if bound is None else "yes" if inclusive else "no"


def _field_columns(bundle: Bundle) -> dict[str, Cell]:
    """A column `field:NAME` for each field of the workspace, then for those found besides."""
    names = [spec.name for spec in bundle.settings.fields]
    found = bundle.fields
    if found is None:
        claims = (item.claim for item in bundle.items() if item.claim is not None)
        found = tuple(name for claim in claims for name in sorted(claim.fields))
    return {f"field:{name}": _field_cell(name) for name in dict.fromkeys((*names, *found))}


def _field_cell(name: str) -> Cell:
    def cell(item: Item) -> object:
        value: Any = item.claim.fields.get(name) if item.claim is not None else None
        return _joined(cast(list[object], value)) if isinstance(value, list | tuple) else value

    return cell
