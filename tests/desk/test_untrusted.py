"""Annotation files come by mail and by git: each bad record costs itself and a sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import FILES, mark

from tui.desk import Desk, DeskError
from tui.model.ids import sha256

SECRET = "ssh-secret-of-the-analyst"


@pytest.fixture(scope="module")
def _annotated_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """An article's id, and a folder of annotations; to be copied, not changed."""
    top = tmp_path_factory.mktemp("shared")
    root, article = top / "news", ""
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    for analyst, words in (("eve", "Kursk"), ("kim", "mid-January")):
        desk = Desk.open(root=root, analyst=analyst, locks=top / "locks")
        desk.scan()
        article = desk.find("nis.txt")
        mark(desk, "nis.txt", words)
        desk.close()
    return article, root / "annotations"


@pytest.fixture
def shared(root: Path, _annotated_once: tuple[str, Path]) -> tuple[str, Path]:
    """An article on which eve and kim made a highlight; its id, and eve's file."""
    article, annotations = _annotated_once
    shutil.copytree(annotations, root / "annotations")
    (shard,) = (root / "annotations" / "eve").rglob(f"{article}.json")
    return article, shard


def rewritten(shard: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Add a copy of the first highlight with another id, changed, as another tool would."""
    data = json.loads(shard.read_text(encoding="utf-8"))
    rows = data["_default"]
    row = json.loads(json.dumps(next(r for r in rows.values() if r["type"] == "highlight")))
    row["id"] = row["id"][:-4] + "0000"
    row.pop("sum", None)
    changed = change(row)
    rows["1234567"] = changed if isinstance(changed, dict) else row
    tables = (
        f'"{name}":{{\n'
        + ",\n".join(f'"{number}":{json.dumps(each)}' for number, each in docs.items())
        + "\n}"
        for name, docs in data.items()
    )
    shard.write_text("{" + ",\n".join(tables) + "}\n", encoding="utf-8")


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def put(**fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda row: row.update(fields)


def span(**fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda row: row["spans"][0].update(fields)


DEEDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a wrong type": put(spans="everything"),
    "a list for words": put(note=["a"]),
    "no spans": put(spans=[]),
    "no id": lambda row: row.pop("id"),
    "an id that is a path": put(id="../../../x"),
    "an id that is a number": put(id=7),
    "an article that is a path": put(article="../../../../x"),
    "an unknown type": put(type="../x"),
    "a span outside the text": span(start=10**6, end=10**6 + 5),
    "a span before the text": span(start=-50, end=-45),
    "a span that ends before it begins": span(start=50, end=40),
    "a huge number": span(start=10**30, end=10**31),
    "a fraction": span(start=0.5),
    "not a number": span(start=float("nan")),
    "infinity": span(end=float("inf")),
    "a truth": span(start=True),
    "a revision that is a path": put(revision="../../../../x"),
    "a link to nothing": put(type="link", **{"from": "01J0", "to": "01J1", "kind": "supports"}),
    "deep nesting": put(extra=nested(500)),
    "a huge revision count": put(rev=10**40),
    "a negative revision count": put(rev=-1),
    "a time that is none": put(modified="\x1b[2J", created="9" * 5000),
    "no object": lambda _row: {"type": None},
    "a copy of another one": put(re="01JKZZZZZZZZZZZZZZZZZZZZZZ"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_bad_record_costs_itself_alone(
    deed: str, root: Path, open_desk: Opener, shared: tuple[str, Path]
) -> None:
    article, shard = shared
    rewritten(shard, DEEDS[deed])
    sent = shard.read_bytes()
    before = everything_but(root / "annotations", root.parent)
    desk = open_desk("kim")
    placed = desk.annotations(article).highlights
    assert sum(p.fit == "exact" and p.record.note == "" for p in placed) >= 2, desk.troubles
    for each in placed:
        assert all(0 <= e.start < e.end <= len(desk.article(article).text) for e in each.extents)
    for form in ("jsonl", "csv", "md"):
        assert desk.export(form).text
    mark(desk, "nis.txt", "Wednesday")
    desk.close()
    assert shard.read_bytes() == sent, "what somebody else wrote is never changed"
    assert everything_but(root / "annotations", root.parent) == before


def everything_but(folder: Path, top: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for path in top.rglob("*")
        if path.is_file() and not path.is_relative_to(folder) and "locks" not in path.parts
    }


RAW: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "a list": lambda _: b"[]",
    "nested without end": lambda _: b'{"_default":' + b"[" * 200_000,
    "a number without end": lambda data: data.replace(b'"rev":1', b'"rev":' + b"9" * 10_000),
    "no UTF-8": lambda data: data.replace(b"Kursk", b"\xff\xfe\x80"),
    "NUL": lambda _: b"\0" * 4096,
    "NaN": lambda data: data.replace(b'"rev":1', b'"rev":NaN'),
    "two of one id": lambda data: data.replace(b"\n}", b"," + data.split(b"\n")[2] + b"\n}"),
}


@pytest.mark.parametrize("damage", RAW)
def test_a_damaged_file_of_somebody_else_costs_itself_alone(
    damage: str, root: Path, open_desk: Opener, shared: tuple[str, Path]
) -> None:
    article, shard = shared
    sent = RAW[damage](shard.read_bytes())
    shard.write_bytes(sent)
    desk = open_desk("kim")
    notes = desk.annotations(article)
    assert [p.record.by for p in notes.highlights].count("kim") == 1
    said = [sentence for sentence in desk.passed if str(shard) in sentence]
    assert said or damage == "empty", "nothing is left out without a word"
    mark(desk, "nis.txt", "Wednesday")
    desk.close()
    assert shard.read_bytes() == sent


@pytest.mark.parametrize("author", ["eve", "kim"])
def test_nobody_takes_the_id_of_another_ones_annotation(
    author: str, root: Path, open_desk: Opener, shared: tuple[str, Path]
) -> None:
    article, shard = shared
    desk = open_desk("kim")
    (own,) = (p.record for p in desk.annotations(article).highlights if p.record.by == "kim")
    desk.close()
    rewritten(shard, put(id=own.id, by=author, rev=99, note="mine now", created=own.created))
    desk = open_desk("kim")
    found = {p.record.id: p.record for p in desk.annotations(article).highlights}
    assert found[own.id] == own
    assert len(found) == 2
    assert any(f"{shard}: 1 annotation under an id" in said for said in desk.passed)


@pytest.mark.parametrize("bit", [0, 3, 6])
def test_a_changed_bit_is_noticed(
    bit: int, root: Path, open_desk: Opener, shared: tuple[str, Path]
) -> None:
    article, shard = shared
    data = bytearray(shard.read_bytes())
    data[data.index(b"Kursk") + 2] ^= 1 << bit
    shard.write_bytes(bytes(data))
    desk = open_desk("kim")
    notes = desk.annotations(article)
    assert notes.altered or notes.troubles
    desk.close()


LINKS = ["shard", "folder", "analyst", "revisions", "own shard", "codebook", "sources"]
LINKS += ["own folder", "own codebook", "own sources", "own encodings", "shared codebook"]


@pytest.mark.parametrize("which", LINKS)
def test_a_link_leads_nowhere(
    which: str, root: Path, open_desk: Opener, shared: tuple[str, Path], tmp_path: Path
) -> None:
    article, shard = shared
    annotations = root / "annotations"
    (own,) = (annotations / "kim").rglob(f"{article}.json")
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / f"{article}.json"
    secret.write_text(SECRET)
    link, target = {
        "shard": (shard, secret),
        "folder": (shard.parent, outside),
        "analyst": (shard.parent.parent, outside),
        "revisions": (annotations / "revisions", outside),
        "own shard": (own, secret),
        "codebook": (annotations / "eve" / "codebook.toml", secret),
        "sources": (annotations / "eve" / "sources.json", secret),
        "own folder": (annotations / "kim", outside),
        "own codebook": (annotations / "kim" / "codebook.toml", secret),
        "own sources": (annotations / "kim" / "sources.json", secret),
        "own encodings": (annotations / "kim" / "encodings.json", secret),
        "shared codebook": (annotations / "codebook.toml", secret),
    }[which]
    if link.exists():
        link.rename(tmp_path / "moved")
    link.symlink_to(target)
    desk = open_desk("kim")
    said = [*desk.troubles, *desk.annotations(article).troubles]
    try:
        mark(desk, "nis.txt", "Wednesday")
        desk.flush()
    except DeskError as error:
        said.append(str(error))
        link.unlink()
        (tmp_path / "moved").rename(link)  # which is the mend
    desk.close()
    silent = ("revisions", "own encodings")  # said where somebody wants to write there
    assert any("link" in sentence for sentence in said) or which in silent
    assert not any(SECRET in sentence for sentence in said)
    assert secret.read_text() == SECRET
    assert [path.name for path in outside.iterdir()] == [secret.name]
    for path in annotations.rglob("*"):
        if path.is_file() and not path.is_symlink():
            assert SECRET not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("which", ["folder", "file"])
def test_an_export_below_the_annotations_goes_through_no_link(
    which: str, root: Path, open_desk: Opener, shared: tuple[str, Path], tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    desk = open_desk("kim")
    place = desk.export_path("csv")
    if which == "folder":
        place.parent.symlink_to(outside)
        with pytest.raises(DeskError, match="is a link that leads out of the annotations"):
            desk.export("csv", output=place)
    else:
        place.parent.mkdir()
        place.symlink_to(outside / "planted.csv")
        assert desk.export_path("csv") != place
        desk.export("csv", output=desk.export_path("csv"))
    assert list(outside.iterdir()) == []


def lines(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(line) for line in desk.export("jsonl").text.splitlines()]


@pytest.mark.parametrize("deed", DEEDS)
def test_an_import_refuses_what_is_wrong_and_takes_the_rest(
    deed: str, root: Path, open_desk: Opener, shared: tuple[str, Path], tmp_path: Path
) -> None:
    article, _ = shared
    desk = open_desk("kim")
    sent = lines(desk)
    bad = json.loads(json.dumps(next(x for x in sent if x["type"] == "highlight")))
    bad["id"] = bad["id"][:-4] + "0000"
    changed = DEEDS[deed](bad)
    bad = changed if isinstance(changed, dict) and "type" in changed else bad
    good = json.loads(json.dumps(next(x for x in sent if x["type"] == "highlight")))
    good |= {"id": good["id"][:-4] + "0001", "note": "came", "rev": 1}
    file = tmp_path / "sent.jsonl"
    file.write_text("".join(json.dumps(x) + "\n" for x in [*sent, bad, good]), encoding="utf-8")
    before = everything_but(root / "annotations", root.parent)
    desk.import_(file)
    assert any(p.record.note == "came" for p in desk.annotations(article).highlights)
    desk.close()
    assert everything_but(root / "annotations", root.parent) == before
    again = open_desk("kim")
    assert len(again.annotations(article).highlights) >= 3
    again.close()


@pytest.mark.parametrize("by", ["kim", "eve"])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_bad_rescue_file_is_left_alone_or_taken_and_the_desk_saves(
    deed: str, by: str, root: Path, open_desk: Opener, shared: tuple[str, Path], tmp_path: Path
) -> None:
    article, _ = shared
    desk = open_desk("kim")
    bad = next(x for x in lines(desk) if x["type"] == "highlight" and x["by"] == by)
    bad["id"] = bad["id"][:-4] + "0000"
    DEEDS[deed](bad)
    file = tmp_path / "rescue.jsonl"
    head = {"type": "rescue", "id": "01JKZZZZZZZZZZZZZZZZZZZZZZ", "analyst": "kim", "made": "2025"}
    file.write_text("".join(json.dumps(x) + "\n" for x in (head, bad)), encoding="ascii")
    before = everything_but(root / "annotations", root.parent)
    desk.take_rescued([file])
    assert len(desk.annotations(article).highlights) >= 2
    mark(desk, "nis.txt", "Wednesday")
    desk.close()
    left = everything_but(root / "annotations", root.parent)
    assert {p: d for p, d in before.items() if p != file} == {
        p: d for p, d in left.items() if p != file
    }
    again = open_desk("kim")
    assert len(again.annotations(article).highlights) >= 3


def test_a_text_that_is_sent_along_makes_no_path_of_an_id(
    root: Path, open_desk: Opener, shared: tuple[str, Path], tmp_path: Path
) -> None:
    desk = open_desk("kim")
    bad = next(x for x in lines(desk) if x["type"] == "highlight")
    text = "Kursk " * 50
    bad |= {"article": "../../../x", "revision": sha256(text)}
    sent = [bad, {"type": "text", "article": "../../../x", "revision": sha256(text), "text": text}]
    file = tmp_path / "sent.jsonl"
    file.write_text("".join(json.dumps(x) + "\n" for x in sent), encoding="utf-8")
    done = desk.import_(file)
    assert len(done.refused) == 2
    assert all("is no article id" in refusal.reason for refusal in done.refused)
    mark(desk, "nis.txt", "Wednesday")
    desk.close()


@pytest.mark.parametrize("deed", DEEDS)
def test_a_bad_record_in_a_file_of_one_s_own_keeps_nothing_from_being_saved(
    deed: str, root: Path, open_desk: Opener, shared: tuple[str, Path]
) -> None:
    article, _ = shared
    (own,) = (root / "annotations" / "kim").rglob(f"{article}.json")
    rewritten(own, DEEDS[deed])
    before = everything_but(root / "annotations", root.parent)
    desk = open_desk("kim")
    mark(desk, "nis.txt", "Wednesday")
    desk.undo()
    mark(desk, "nis.txt", "Wednesday")
    desk.close()
    again = open_desk("kim")
    placed = again.annotations(article).highlights
    words = {p.record.spans[0].exact for p in placed if p.record.spans}
    assert {"Kursk", "mid-January", "Wednesday"} <= words
    assert everything_but(root / "annotations", root.parent) == before
