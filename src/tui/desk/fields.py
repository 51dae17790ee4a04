"""The rows of the claim form: each field of a claim as words, and words as a field of a claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from tui.model.records import (
    CONFIDENCES,
    LIKELIHOODS,
    MODALITIES,
    NO_OUTLET,
    VERDICTS,
    Assessment,
    Claim,
    Hop,
    Phrase,
    When,
)
from tui.model.settings import FieldSpec, Settings
from tui.model.sources import Registry, Source, folded
from tui.model.spans import Span


class FormField(Struct, frozen=True):
    """One row of the form. `letter` follows `;`; `values` are the words of a choice."""

    name: str
    letter: str
    label: str
    values: tuple[str, ...] = ()
    from_text: bool = True  # a selection in the article can fill it


FIELDS = (
    FormField("statement", "s", "statement"),
    FormField("source", "a", "source"),
    FormField("cue", "u", "cue"),
    FormField("said", "d", "said on"),
    FormField("when", "w", "when"),
    FormField("quantity", "q", "quantity"),
    FormField("place", "p", "place"),
    FormField("about", "b", "about"),
    FormField("modality", "m", "modality", MODALITIES, from_text=False),
    FormField("hedge", "h", "hedge"),
    FormField("role", "k", "role"),
    FormField("affiliation", "f", "affiliation"),
    FormField("verdict", "v", "assessment", VERDICTS, from_text=False),
    FormField("rationale", "r", "rationale", from_text=False),
    FormField("evidence", "e", "evidence", from_text=False),
    FormField("likelihood", "l", "likelihood", LIKELIHOODS, from_text=False),
    FormField("confidence", "c", "confidence", CONFIDENCES, from_text=False),
    FormField("basis", "g", "basis", from_text=False),
    FormField("translation", "t", "translation", from_text=False),
    FormField("note", "n", "note", from_text=False),
)


def form_fields(settings: Settings) -> tuple[FormField, ...]:
    """All rows of the form: ours, then the workspace's own under the digits 1 to 9."""
    own = [own_field(spec, index) for index, spec in enumerate(settings.fields, 1)]
    return (*FIELDS, *own)


def own_field(spec: FieldSpec, index: int) -> FormField:
    """The row of one of the workspace's own fields; beyond the ninth there is no key for it."""
    values = ("yes", "no") if spec.type == "flag" else spec.values
    letter = str(index) if index < 10 else ""
    return FormField(f"field:{spec.name}", letter, spec.label or spec.name, values)


def innermost(claim: Claim) -> Hop | None:
    """The hop of the original source: the last, unless that is the outlet alone."""
    return claim.chain[-1] if len(claim.chain) > 1 else None


def field_text(claim: Claim, name: str) -> str:
    """What a field says, as the analyst would type it; the empty string if it is not set."""
    if name.startswith("field:"):
        return str(claim.fields.get(name[6:], ""))
    return _READ[name](claim)


def _words(phrase: Phrase | None) -> str:
    return phrase.text if phrase else ""


def _hop_words(part: str) -> Callable[[Claim], str]:
    def read(claim: Claim) -> str:
        hop = innermost(claim)
        if hop is None:
            return ""
        return {
            "source": hop.source.text,
            "role": hop.role,
            "affiliation": hop.affiliation,
            "cue": _words(hop.cue),
            "said": _time(hop.said),
        }[part]

    return read


def _time(when: When | None) -> str:
    return (when.edtf or when.text) if when else ""


def _quantities(claim: Claim) -> str:
    from tui.model.wording import format_quantity

    return "; ".join(format_quantity(q) for q in claim.quantities)


_READ: Mapping[str, Callable[[Claim], str]] = {
    "statement": lambda claim: claim.statement,
    "source": _hop_words("source"),
    "role": _hop_words("role"),
    "affiliation": _hop_words("affiliation"),
    "cue": _hop_words("cue"),
    "said": _hop_words("said"),
    "when": lambda claim: _time(claim.when),
    "quantity": _quantities,
    "place": lambda claim: _words(claim.place),
    "about": lambda claim: _words(claim.about),
    "modality": lambda claim: claim.modality,
    "hedge": lambda claim: _words(claim.hedge),
    "verdict": lambda claim: "" if claim.assessment == Assessment() else claim.assessment.verdict,
    "rationale": lambda claim: claim.assessment.rationale,
    "evidence": lambda claim: " ".join(claim.assessment.evidence),
    "likelihood": lambda claim: claim.assessment.likelihood,
    "confidence": lambda claim: claim.assessment.confidence,
    "basis": lambda claim: claim.assessment.confidence_basis,
    "translation": lambda claim: claim.translation,
    "note": lambda claim: claim.note,
}


class Context(Struct, frozen=True):
    """What a field is understood against: the registry, the settings, the anchors of times.

    `published` is the anchor of when something was said; `anchor` that of what the claim is
    about: the publication outside a quotation, the hop's `said` inside one, empty if unknown.
    """

    registry: Registry
    settings: Settings
    published: str = ""
    anchor: str = ""


def with_field(
    claim: Claim, name: str, text: str, context: Context, span: Span | None = None
) -> Claim:
    """The claim with a field set from words, typed or (with their span) taken from the text.

    An empty text clears the field. Raises ValueError with one sentence if the words do not fit.
    """
    text = " ".join(text.split())
    phrase = Phrase(text, span) if text else None
    if name.startswith("field:"):
        return _with_own(claim, name[6:], text, context.settings)
    if name in ("source", "role", "affiliation", "cue", "said"):
        return _with_hop(claim, name, phrase, context)
    if name in ("place", "about", "hedge"):
        return replace(claim, **{name: phrase})
    if name in ("statement", "translation", "note"):
        return replace(claim, **{name: text})
    if name == "modality":
        return replace(claim, modality=_choice(text, MODALITIES))
    if name == "when":
        when = _resolved(text, context.anchor, span) if text else None
        return replace(claim, when=when)
    if name == "quantity":
        return _with_quantities(claim, text, span)
    return replace(claim, assessment=_assessed(claim.assessment, name, text))


def _choice(text: str, values: tuple[str, ...]) -> str:
    found = [v for v in values if v.startswith(text.casefold())] if text else [""]
    if text in values:
        return text
    if len(found) != 1:
        raise ValueError(f"{text!r} is none of: {', '.join(values)}")
    return found[0]


def _resolved(text: str, anchor: str, span: Span | None) -> When:
    from tui.analysis import resolve_when

    return replace(resolve_when(text, anchor), span=span)


def _with_hop(claim: Claim, part: str, phrase: Phrase | None, context: Context) -> Claim:
    hop = innermost(claim)
    if part == "source" and phrase is None:
        return replace(claim, chain=claim.chain[:-1]) if hop else claim
    outlet = claim.chain[:1] or (NO_OUTLET,)
    if part == "source" and phrase is not None:
        known = context.registry.find(phrase.text) or Source(phrase.text)
        fresh = replace(hop or Hop(phrase), source=phrase, kind=known.kind, resolved=False)
        if hop is None or folded(hop.source.text) != folded(phrase.text):
            fresh = replace(fresh, role=known.role, affiliation=known.affiliation)
    else:
        fresh = hop or Hop(Phrase(""), "none")
        if part in ("role", "affiliation"):
            fresh = replace(fresh, **{part: phrase.text if phrase else ""})
        elif part == "cue":
            fresh = replace(fresh, cue=phrase)
        else:
            said = _resolved(phrase.text, context.published, phrase.span) if phrase else None
            fresh = replace(fresh, said=said)
    return replace(claim, chain=(*(claim.chain[:-1] if hop else outlet), fresh))


def _with_quantities(claim: Claim, text: str, span: Span | None) -> Claim:
    from tui.analysis import parse_quantity

    found = [replace(parse_quantity(part), span=span) for part in text.split(";") if part.strip()]
    return replace(claim, quantities=tuple(found))


def _assessed(assessment: Assessment, name: str, text: str) -> Assessment:
    if name == "verdict":
        return replace(assessment, verdict=_choice(text, VERDICTS) or "unchecked")
    if name == "likelihood":
        return replace(assessment, likelihood=_choice(text, LIKELIHOODS))
    if name == "confidence":
        return replace(assessment, confidence=_choice(text, CONFIDENCES))
    if name == "evidence":
        return replace(assessment, evidence=tuple(text.split()))
    if name == "basis":
        return replace(assessment, confidence_basis=text)
    return replace(assessment, rationale=text)


def _with_own(claim: Claim, name: str, text: str, settings: Settings) -> Claim:
    spec = next((s for s in settings.fields if s.name == name), FieldSpec(name))
    fields = dict(claim.fields)
    if text:
        fields[name] = _own_value(spec, text)
    else:
        fields.pop(name, None)
    return replace(claim, fields=fields)


def _own_value(spec: FieldSpec, text: str) -> str:
    if spec.type == "choice":
        return _choice(text, spec.values)
    if spec.type == "flag":
        return _choice(text, ("yes", "no"))
    if spec.type == "number":
        try:
            float(text.replace(",", ""))
        except ValueError:
            raise ValueError(f"{spec.label or spec.name} takes a number, not {text!r}") from None
    if spec.type == "date":
        from tui.analysis import edtf_bounds

        edtf_bounds(text)
    return text
