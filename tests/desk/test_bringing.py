"""What another program wrote comes in as one's own, in one step, and never over what is here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.desk.conftest import Opener
from tests.desk.marking import FILES, mark

from tui.desk import Desk
from tui.model.codebook import Codebook, Tag

NAME, TEXT = next(iter(FILES.items()))


def doccano(file: Path, text: str, *labels: tuple[int, int, str], **more: object) -> Path:
    file.write_text(json.dumps({"text": text, "label": labels, **more}) + "\n", encoding="utf-8")
    return file


def article_with(desk: Desk, path: str) -> str:
    return next(entry.id for entry in desk.entries() if entry.path == path)


def quotes(desk: Desk, article: str) -> list[tuple[str, str, tuple[str, ...]]]:
    text = desk.article(article).text
    return [
        (placed.fit, "|".join(e.of(text) for e in placed.extents), placed.record.tags)
        for placed in desk.annotations(article).highlights
    ]


def test_marks_of_another_program_are_one_s_own_in_one_step(desk: Desk, tmp_path: Path) -> None:
    file = doccano(tmp_path / "marks.jsonl", TEXT, (0, 5, "people, named"), (0, 5, "war"))
    article = article_with(desk, NAME)
    dry = desk.import_(file, dry_run=True)
    assert (dry.added, dry.articles, quotes(desk, article)) == (1, 0, [])
    desk.import_(file)
    assert quotes(desk, article) == [("exact", TEXT[:5], ("people named", "war"))]
    assert desk.annotations(article).highlights[0].record.by == "kim"
    again = desk.import_(file)
    assert (again.added, again.equal) == (0, 1)
    desk.undo()
    assert quotes(desk, article) == []
    assert desk.import_(file).deleted == 1  # what was taken back stays so


def test_what_is_here_is_never_overwritten(desk: Desk, tmp_path: Path) -> None:
    file = doccano(tmp_path / "marks.jsonl", TEXT, (0, 5, "war"))
    article = article_with(desk, NAME)
    desk.import_(file)
    desk.note(desk.annotations(article).highlights[0].record.id, "mine")
    assert desk.import_(file).older == 1
    assert desk.annotations(article).highlights[0].record.note == "mine"


def test_a_note_that_was_changed_elsewhere_stands_beside_ours(desk: Desk, tmp_path: Path) -> None:
    ours = mark(desk, NAME, "more than 3,000 men", "losses")
    desk.note(ours, "who counted?")
    desk.export("labelstudio", None, tmp_path / "out")
    tasks = tmp_path / "out" / "tasks.json"
    tasks.write_text(tasks.read_text().replace('["who counted?"]', '["the service did"]'))
    assert desk.import_(tasks, dry_run=True).words == (
        "1 added, 2 equal, 1 changed elsewhere, beside yours (nothing written)"
    )
    desk.import_(tasks)
    article = desk.find(NAME)
    notes = {p.record.note: p.record for p in desk.annotations(article).highlights}
    assert set(notes) == {"who counted?", "the service did"}
    assert notes["the service did"].spans == notes["who counted?"].spans
    assert (notes["the service did"].by, notes["who counted?"].id) == ("kim", ours)
    again = desk.import_(tasks)
    assert (again.added, again.updated) == (0, 0)
    desk.export("labelstudio", None, tmp_path / "more")
    more = desk.import_(tmp_path / "more" / "tasks.json")
    assert (more.added, more.changed) == (0, 0)
    assert desk.undo() is not None
    assert len(desk.annotations(article).highlights) == 1


def test_what_was_marked_elsewhere_comes_in_one_step_with_one_s_own(
    desk: Desk, open_desk: Opener, root: Path, tmp_path: Path
) -> None:
    mark(desk, NAME, "more than 3,000 men", "losses")
    desk.note_article(desk.find(NAME), "read twice")
    file = tmp_path / "all.jsonl"
    desk.export("doccano", None, file)
    desk.close()
    shutil.rmtree(root / "annotations")
    given = json.loads(file.read_text())
    file.write_text(json.dumps(given | {"label": [*given["label"], [0, 4, "new"]]}))
    again = open_desk()
    done = again.import_(file, "doccano")
    article = again.find(NAME)
    assert (done.added, len(again.annotations(article).highlights)) == (3, 2)
    assert [said.note for said in again.annotations(article).records] == ["read twice"]
    again.undo()
    assert quotes(again, article) == []
    assert not any(said.note for said in again.annotations(article).records)
    again.redo()
    assert len(quotes(again, article)) == 2
    assert [said.note for said in again.annotations(article).records] == ["read twice"]


def test_what_is_left_out_is_named(desk: Desk, tmp_path: Path) -> None:
    row = {"uri": "https://example.org/x", "text": "x", "target": [{"source": "x"}]}
    file = tmp_path / "rows.json"
    file.write_text(json.dumps({"rows": [row | {"references": ["a"]}, row, row]}))
    done = desk.import_(file, "hypothesis")
    assert done.words == "0 added, left out: replies (1), notes on a whole page (2)"


def test_an_offset_is_not_trusted_where_the_text_reads_otherwise(
    desk: Desk, tmp_path: Path
) -> None:
    theirs = "A line of theirs alone.\r\n" + TEXT.replace("\n", "\r\n")
    at = theirs.index("combat")
    labels = (0, 16, "lost"), (at, at + 6, "war")
    file = doccano(tmp_path / "marks.jsonl", theirs, *labels, path=f"elsewhere/{NAME}")
    done = desk.import_(file)
    assert (done.added, done.articles, done.reanchored, done.orphaned) == (2, 0, 1, 1)
    article = article_with(desk, NAME)
    assert quotes(desk, article) == [("moved", "combat", ("war",)), ("orphan", "", ("lost",))]


def test_what_was_marked_on_the_web_page_of_an_article_is_found_by_its_words(
    open_desk: Opener, root: Path, tmp_path: Path
) -> None:
    page = "https://예.kr/뉴스?tag[]=국"
    text = "The troops 😀 are gone.\n\nMore than 3,000 men are lost.\n"
    (root / "saved.md").write_text(f"---\nurl: {page}\n---\n\n{text}", encoding="utf-8")
    place = {"type": "TextPositionSelector", "start": 1203, "end": 1218}
    words = {"exact": "More than 3,000", "prefix": "gone.\n", "suffix": " men are lost."}
    quote = {"type": "TextQuoteSelector", **words}

    def row(uri: str) -> dict[str, object]:
        target = [{"source": uri, "selector": [place, quote]}]
        return {"uri": uri, "user": "acct:min@h", "tags": ["war"], "text": "", "target": target}

    file = tmp_path / "rows.json"
    shown = "https://xn--2j5b.kr/%EB%89%B4%EC%8A%A4?tag%5B%5D=%EA%B5%AD"  # as browsers have it
    rows = [row(shown), row("https://example.org/other/plain")]
    file.write_text(json.dumps({"rows": rows}), encoding="utf-8")
    desk = open_desk()
    done = desk.import_(file)
    assert (done.added, done.orphaned, len(done.refused)) == (1, 0, 1)
    assert quotes(desk, article_with(desk, "saved.md")) == [
        ("moved", "More than 3,000", ("war",)),
    ]
    assert desk.import_(file).equal == 1


def test_a_text_that_is_not_here_becomes_an_article(open_desk: Opener, tmp_path: Path) -> None:
    desk = open_desk()
    text = "Nobody had this text.\nIt is new.\n"
    file = doccano(tmp_path / "new.jsonl", text, (0, 6, "people"), title="Nobody")
    assert desk.import_(file, dry_run=True).articles == 1
    assert desk.import_(file).articles == 1
    assert desk.import_(file).articles == 0
    fresh = [entry for entry in open_desk("kim").entries() if entry.path.startswith("imported/")]
    assert [(e.highlights, e.title) for e in fresh] == [(1, "Nobody had this text.")]


def test_a_codebook_by_itself_adds_tags(open_desk: Opener, tmp_path: Path) -> None:
    desk = open_desk()
    desk.change_codebook(Codebook((Tag("war", 1, "red"),)), "a tag")
    file = tmp_path / "codebook.csv"
    file.write_text("tag,description,slot\nwar,theirs,2\npeace,Talks,1\n", encoding="utf-8")
    assert (desk.import_(file, dry_run=True).tags, len(desk.codebook.tags)) == (1, 1)
    assert desk.import_(file).tags == 1
    assert desk.codebook.tags == (Tag("war", 1, "red"), Tag("peace", 0, "", "Talks"))
