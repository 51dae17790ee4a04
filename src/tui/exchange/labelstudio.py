"""Label Studio: a folder with `tasks.json` and the labelling configuration `labels.xml`.

A task is an article, a region a span with its tags as labels; notes are a text area of the region,
modality a choice, links and the pieces of one highlight are relations. Offsets are code points.
What Label Studio has no place for goes along in the data of the task, which it keeps.
(https://labelstud.io/guide/task_format)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, cast
from xml.sax.saxutils import quoteattr

from tui.exchange import native
from tui.exchange.bundles import Bundle, Item
from tui.exchange.files import ExchangeError, read_text
from tui.exchange.folders import files_in
from tui.exchange.foreign import (
    UNTAGGED,
    Mark,
    about,
    document_about,
    highlight,
    quoted_span,
    tag_for,
)
from tui.exchange.fragments import note_line
from tui.exchange.incoming import Document, Incoming, Refused, joined
from tui.exchange.json_values import array, object_in, objects_in, parsed, words
from tui.exchange.json_values import carried as carried_in
from tui.exchange.offsets import CODE_POINTS, UTF16, ForeignText
from tui.exchange.remarks import reunited_with_notes
from tui.model.records import LINK_KINDS, MODALITIES, Record
from tui.model.spans import Extent, merged

TASKS, CONFIG = "tasks.json", "labels.xml"
PIECE = "goes on"  # the relation between the pieces of one highlight


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle into a new folder, an article each step; nothing is lost."""
    path.mkdir()
    colours = {tag.path: bundle.codebook.colour(tag.path) for tag in bundle.codebook.tags}
    with (path / TASKS).open("w", encoding="utf-8", newline="") as file:
        for piece in array(_tasks(bundle, colours)):
            file.write(piece)
            yield ""
        file.write("\n")
    (path / CONFIG).write_text(_config({UNTAGGED: "", **colours}), encoding="utf-8")


def _tasks(bundle: Bundle, colours: dict[str, str]) -> Iterator[dict[str, Any]]:
    """A task an article; tags in use that the codebook does not have are added to `colours`."""
    for number, (part, items, objects) in enumerate(native.packed(bundle), 1):
        article = part.article
        for placed in part.annotations.highlights:
            for tag in placed.record.tags:
                colours.setdefault(tag, bundle.codebook.colour(tag))
        yield {
            "id": number,
            "annotations": [{"id": number, "result": list(_regions(article.text, items))}],
            "data": {
                "text": article.text,
                **about(article),
                native.KEY: objects,
            },
        }


def _config(colours: Mapping[str, str]) -> str:
    """The labelling configuration: the tags in their colours, and what else a region has."""
    labels = (
        f"    <Label value={quoteattr(tag)}"
        + (f" background={quoteattr(colour)}" if colour.startswith("#") else "")
        + "/>"
        for tag, colour in colours.items()
    )
    relations = (f'    <Relation value="{kind}"/>' for kind in (*LINK_KINDS, PIECE))
    choices = (f'    <Choice value="{each}"/>' for each in MODALITIES)
    lines = (
        "<View>",
        *("  <Relations>", *relations, "  </Relations>"),
        *('  <Labels name="label" toName="text" choice="multiple">', *labels, "  </Labels>"),
        '  <Text name="text" value="$text" granularity="symbol"/>',
        '  <TextArea name="note" toName="text" perRegion="true" editable="true"/>',
        '  <Choices name="modality" toName="text" choice="single" perRegion="true">',
        *(*choices, "  </Choices>", "</View>", ""),
    )
    return "\n".join(lines)


def _regions(text: str, items: Sequence[Item]) -> Iterator[dict[str, Any]]:
    """The result of an annotation: regions, what is said of each, and relations between them."""
    first: dict[str, str] = {}  # the region of each claim
    for _, group in groupby(items, key=lambda item: item.placed.record.id):
        same = list(group)
        placed = same[0].placed
        claims = [item.claim for item in same if item.claim is not None]
        extents = merged(placed.extents)
        names = [f"{placed.record.id}-{number}" for number, _ in enumerate(extents, 1)]
        for name, extent in zip(names, extents, strict=True):
            labels = list(placed.record.tags) or [UNTAGGED]
            yield _region(name, "label", "labels", _place(text, extent) | {"labels": labels})
        if not names:
            continue
        first |= {claim.id: names[0] for claim in claims}
        place = _place(text, extents[0])
        if note := note_line(placed.record, claims):
            yield _region(names[0], "note", "textarea", place | {"text": [note]})
        modality = next((c.modality for c in claims if c.modality), "")
        if modality:
            yield _region(names[0], "modality", "choices", place | {"choices": [modality]})
        for one, other in pairwise(names):
            yield _relation(one, other, PIECE)
    links = {link.id: link for item in items for link in item.links}
    for link in links.values():
        if link.from_ in first and link.to in first:
            yield _relation(first[link.from_], first[link.to], link.kind)


def _place(text: str, extent: Extent) -> dict[str, Any]:
    start, end = extent
    return {
        "start": start,
        "end": end,
        "text": extent.of(text),
        "globalOffsets": {"start": start, "end": end},
    }


def _region(name: str, control: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}


def _relation(one: str, other: str, kind: str) -> dict[str, Any]:
    direction = {"type": "relation", "direction": "right"}
    return {"from_id": one, "to_id": other, "labels": [kind], **direction}


def read_path(path: Path) -> Incoming:
    """What a folder or a file of tasks brings; a bad task costs that task, a bad region itself.

    Raises ExchangeError, with one sentence, if there are no tasks in it.
    """
    if path.is_dir():
        given = files_in(path, TASKS) or files_in(path, ".json")
        if len(given) != 1:
            raise ExchangeError(f"{path} holds no {TASKS}: name the file that was exported")
        path = given[0]
    data = parsed(read_text(path), str(path))
    tasks = cast("list[object]", data if isinstance(data, list) else [data])
    if not any(isinstance(task, dict) and "data" in task for task in tasks):
        raise ExchangeError(f"{path} holds no tasks of Label Studio: export it as JSON")
    parts: list[Incoming] = []
    for number, task in enumerate(tasks, 1):
        try:
            parts.append(_task(task, number))
        except ValueError as error:
            parts.append(
                Incoming(f"task {number}", refused=(Refused(0, f"task {number}: {error}"),))
            )
    return joined(str(path), parts)


def _task(task: object, number: int) -> Incoming:
    """What one task brings. Raises ValueError, with the end of a sentence, if it is none."""
    if isinstance(task, list):
        raise ValueError("a list where an object should be")
    given = object_in(task)
    data = object_in(given.get("data"))
    text = data.get("text")
    if not isinstance(text, str):
        texts = [v for k, v in data.items() if isinstance(v, str) and k != native.KEY]
        text = max(texts, key=len, default=None)
    if not text:
        raise ValueError("no text in its data")
    theirs = ForeignText(text, CODE_POINTS)
    where = document_about(theirs.text, data, name=words(given, "file_upload"))
    results: list[dict[str, Any]] = []
    ignored: Counter[str] = Counter()
    for annotation in objects_in(given.get("annotations") or given.get("completions")):
        if annotation.get("was_cancelled"):
            ignored["cancelled annotation"] += 1
        else:
            results += objects_in(annotation.get("result"))
    for prediction in objects_in(given.get("predictions")):
        ignored["prediction"] += len(objects_in(prediction.get("result")))
    ignored.update(_uncounted(results))
    refused: list[Refused] = []
    records, changed = _records(where, results, theirs, carried_in(data), number, refused)
    return Incoming(
        f"task {number}",
        tuple(records),
        refused=tuple(refused),
        ignored=ignored,
        changed=changed,
        documents=(where,),
    )


def _records(
    where: Document,
    results: Sequence[Mapping[str, Any]],
    theirs: ForeignText,
    carried: native.Packed,
    number: int,
    refused: list[Refused],
) -> tuple[list[Record], int]:
    """The records of a task's regions; a region whose words stand elsewhere is looked for."""
    marks: list[tuple[Mark, str]] = []
    lost: list[Record] = []
    notes = _notes(results)
    units = (theirs, ForeignText(theirs.raw, UTF16))
    for result in results:
        kind, key = str(result.get("type")), str(result.get("id"))
        if not kind.endswith("labels"):
            continue
        value = object_in(result.get("value"))
        names = value.get(kind)
        tags = [
            tag_for(str(n)) for n in cast("list[object]", names if isinstance(names, list) else [])
        ]
        words, note = value.get("text"), notes.get(key, "")
        try:
            start, end = _offsets(value)
            place = _place_of(start, end, words, units)
            if place is None and isinstance(words, str):
                spans = [quoted_span(start, words.replace("\\n", "\n"))]
                lost.append(highlight(where, f"{start}:{words}", spans, tags=tags, note=note))
                continue
            if place is None:
                raise ValueError(f"{start}-{end} is no range of the text")
        except ValueError as error:
            refused.append(Refused(0, f"task {number}, region {key[:40]}: {error}"))
            continue
        for tag in tags or [UNTAGGED]:
            marks.append((Mark(*place, tag or UNTAGGED), note))
            note = ""
    records, changed = reunited_with_notes(where, marks, carried)
    return [*records, *lost], changed


def _offsets(value: Mapping[str, Any]) -> tuple[int, int]:
    """The offsets of a region as it has them; raises ValueError if there are none."""
    globally = object_in(value.get("globalOffsets"))
    start, end = value.get("start"), value.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        start, end = globally.get("start"), globally.get("end")  # in markup the others are paths
    if not isinstance(start, int) or not isinstance(end, int):
        raise ValueError("it has no offsets")
    return start, end


def _place_of(
    start: int, end: int, words: object, units: Sequence[ForeignText]
) -> tuple[int, int] | None:
    """Where a region is: by code points, or by UTF-16 units, as old versions have it."""
    for unit in units:
        try:
            found = unit.back(start), unit.back(end)
        except ValueError:
            continue
        if found[0] < found[1] and _reads(words, unit.text[found[0] : found[1]]):
            return found
    return None


def _reads(words: object, text: str) -> bool:
    """Whether a region's own words are these; Label Studio writes line breaks in other ways."""
    if not isinstance(words, str) or not words:
        return True
    return "".join(words.replace("\\n", "\n").split()) == "".join(text.replace("\\n", "\n").split())


def _notes(results: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What is said of each region, by its id: in text areas and in the notes of regions."""
    found: dict[str, list[str]] = {}
    for result in results:
        said: Any = object_in(result.get("meta")).get("text")
        if result.get("type") == "textarea":
            said = object_in(result.get("value")).get("text")
        words: list[object] = [said] if isinstance(said, str) else []
        if isinstance(said, list):
            words = cast("list[object]", said)
        found.setdefault(str(result.get("id")), []).extend(map(str, words))
    return {key: "\n".join(words) for key, words in found.items()}


def _uncounted(results: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What is neither a region nor written by us for what is carried along anyway, by its type."""
    for result in results:
        kind = str(result.get("type"))
        labels = result.get("labels")
        names = cast("list[object]", labels if isinstance(labels, list) else [])
        ours = kind == "relation" and all(each in (*LINK_KINDS, PIECE) for each in names)
        ours = ours or result.get("from_name") == "modality"
        if not (kind.endswith("labels") or kind == "textarea" or ours):
            yield kind
