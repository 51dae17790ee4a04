"""What the commands print, on a workspace that two analysts have worked in."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from tui.config import rescue_file

SEEN = "2025-02-05-news-today-troops-not-seen.txt"
LOSSES = "2025-02-07-northern-desk-higher-losses.txt"
KOREAN = "2025-02-12-naru-ilbo-additional-deployment.txt"
LISTED = [
    "id", "path", "title", "outlet", "byline", "url", "language", "encoding", "published",
    "modified", "revision", "highlights", "claims", "done", "replaced",
]  # fmt: skip


# list


def test_list_prints_the_promised_keys_of_every_article_oldest_first(run, workspace) -> None:
    done = run("list", workspace, "--json")
    assert (done.code, done.err) == (0, "")
    articles = done.json()
    assert len(articles) == 9
    assert all(list(article) == LISTED for article in articles)
    assert [a["published"] for a in articles] == sorted(a["published"] for a in articles)
    by_path = {article["path"]: article for article in articles}
    assert by_path[LOSSES]["claims"] == 1
    assert (by_path[LOSSES]["done"], by_path[SEEN]["done"]) == (True, False)
    assert by_path[SEEN]["published"] == "2025-02-05T18:12:40+09:00"
    assert by_path[KOREAN]["language"] == "ko"


def test_list_draws_a_line_an_article_and_says_how_to_call_each(run, workspace) -> None:
    lines = run("list", cwd=workspace).out.rstrip("\n").split("\n")
    assert len(lines) == 10
    assert lines[0].split() == ["published", "title", "outlet", "marks", "claims", "done", "id"]
    short = lines[1].split()[-1]
    assert run("show", short).out == run("show", SEEN).out


def test_list_of_one_file_is_that_article(run, workspace) -> None:
    (article,) = run("list", workspace / KOREAN, "--json").json()
    assert article["path"] == KOREAN


def test_a_workspace_without_an_article_says_what_would_be_one(run, tmp_path, home) -> None:
    done = run("list", tmp_path / "home", "--json")
    assert (done.code, done.json()) == (1, [])
    assert "`pressmark formats` lists what is read" in done.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "does not exist"),
        ("binary.txt", b"\x00\x01\x02\x00" * 50, "binary data, not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_code_2(
    run, tmp_path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = run("list", path)
    assert done.code == 2
    assert said in done.err
    assert name in done.err


def test_what_had_to_be_passed_over_does_not_hide_the_rest(run, workspace) -> None:
    (workspace / "broken.txt").symlink_to(workspace / "gone")
    (workspace / "binary.txt").write_bytes(b"\x00\x01" * 99)
    done = run("list", workspace, "--json")
    assert (done.code, len(done.json())) == (0, 9)
    assert "broken.txt" in done.err
    assert "binary.txt" in done.err


def test_an_encoding_is_taken_at_its_word(run, tmp_path) -> None:
    path = tmp_path / "wire.txt"
    path.write_bytes("북한군 병력이 이동했다.\n\n국정원이 밝혔다.\n".encode("cp949"))
    assert "read as cp949" in run("show", path).out
    text = run("show", path, "--encoding", "cp949", "--json").json()["text"]
    assert text.startswith("북한군")
    done = run("show", path, "--encoding", "klingon")
    assert done.code == 2
    assert "klingon" in done.err


# show


def test_show_gives_the_text_and_where_everything_stands_in_it(run, workspace) -> None:
    article = run("show", SEEN, "--json", cwd=workspace).json()
    more = ["text", "header", "sections", "paragraphs", "sentences", "annotations"]
    assert list(article) == LISTED + more
    text = article["text"]
    assert text == (workspace / SEEN).read_text(encoding="utf-8")
    assert [section["label"] for section in article["sections"]] == ["LEAD", "REPORT"]
    header = [text[span["start"] : span["end"]] for span in article["header"]]
    assert "[LEAD]" in header
    (first, *_), (headline, *_) = article["paragraphs"], article["sentences"]
    assert set(first) == set(headline) == {"start", "end"}
    assert "DROP OUT OF SIGHT" in text[headline["start"] : headline["end"]]


def test_show_has_each_annotation_as_export_writes_it(run, workspace) -> None:
    shown = run("show", SEEN, "--json", cwd=workspace).json()
    lines = run("export", "--article", SEEN, cwd=workspace).out.rstrip("\n").split("\n")
    exported = [json.loads(line) for line in lines]
    kinds = [item["type"] for item in shown["annotations"]]
    assert sorted(kinds) == ["article", "article", "claim", "highlight", "review"]
    assert all(item in exported for item in shown["annotations"])
    (highlight,) = (item for item in shown["annotations"] if item["type"] == "highlight")
    (span,) = highlight["spans"]
    assert shown["text"][span["start"] : span["end"]] == span["exact"]


def test_show_sets_the_article_and_then_what_is_marked(run, workspace) -> None:
    out = run("show", SEEN, cwd=workspace).out
    assert out.count("DROP OUT OF SIGHT") == 1
    text, _, marked = out.partition("\n1 ")
    assert "LEAD\nSouth Korea's spy agency says" in text
    assert "the whole article · kim\n   the first of a series" in text
    assert "military · kim\n   who counted?" in marked
    assert "accepted · reviewed by lee · B2" in marked


@pytest.mark.parametrize(
    ("reference", "said"), [("nosuchid", "no article 'nosuchid'"), ("", "no article ''")]
)
def test_an_article_that_is_not_there_is_code_1(run, workspace, reference: str, said: str) -> None:
    done = run("show", reference, cwd=workspace)
    assert (done.code, done.out) == (1, "")
    assert said in done.err


# claims and tags


def test_claims_are_those_of_export_with_what_they_stand_in(run, workspace) -> None:
    claims = run("claims", "--json", cwd=workspace).json()
    assert [claim["path"] for claim in claims] == [SEEN, LOSSES]
    assert claims[0]["grade"] == "B2"
    assert claims[1]["tags"] == ["casualties/military"]
    lines = run("export", cwd=workspace).out.rstrip("\n").split("\n")
    exported = [json.loads(line) for line in lines]
    for claim in claims:
        plain = {key: claim[key] for key in claim if key not in ("tags", "title", "path")}
        assert plain in exported


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], [SEEN, LOSSES]),
        (["--status", "accepted"], [SEEN]),
        (["--status", "draft,accepted"], [SEEN, LOSSES]),
        (["--status", "draft", "--status", "accepted"], [SEEN, LOSSES]),
        (["--tag", "casualties"], [LOSSES]),
        (["--tag", "diplomacy"], []),
        (["--grade", "B"], [SEEN]),
        (["--assessment", "unchecked"], [SEEN, LOSSES]),
        (["--analyst", "kim"], [SEEN, LOSSES]),
        (["--analyst", "lee"], []),
        (["--after", "2100"], []),
        (["--before", "2100-01-01"], [SEEN, LOSSES]),
        (["--article", LOSSES], [LOSSES]),
        (["--article", LOSSES, "--article", SEEN], [SEEN, LOSSES]),
        (["--article", LOSSES, "--status", "accepted"], []),
        (["--field", "urgency=high"], []),
        ([LOSSES], [LOSSES]),
        ([KOREAN], []),
    ],
)
def test_a_filter_leaves_the_claims_it_asks_for(
    run, workspace, options: list[str], found: list[str]
) -> None:
    done = run("claims", "--json", *options, cwd=workspace)
    assert done.code == 0
    assert [claim["path"] for claim in done.json()] == found


def test_a_source_is_found_by_any_name_in_the_chain(run, workspace) -> None:
    claims = run("claims", "--json", cwd=workspace).json()
    source = claims[0]["chain"][-1]["source"]["text"]
    found = run("claims", "--json", "--source", source.upper(), cwd=workspace).json()
    assert claims[0] in found


def test_claims_are_drawn_with_their_judgement_words_and_source(run, workspace) -> None:
    out = run("claims", cwd=workspace).out
    blocks = out.rstrip("\n").split("\n\n")
    assert len(blocks) == 2
    assert blocks[0].startswith("2025-02-05 · accepted · B2 · military · ")
    assert "South Korea's spy agency" in blocks[0]


def test_no_claims_is_said_on_standard_error(run, workspace) -> None:
    done = run("claims", "--tag", "diplomacy", cwd=workspace)
    assert (done.code, done.out) == (0, "")
    assert "no claims in" in done.err


def test_tags_are_the_codebook_with_how_often_each_is_used(run, workspace) -> None:
    tags = {tag["path"]: tag for tag in run("tags", "--json", cwd=workspace).json()}
    assert all(
        list(tag) == ["path", "slot", "colour", "description", "was", "uses"]
        for tag in tags.values()
    )
    assert (tags["military"]["slot"], tags["military"]["uses"]) == (1, 1)
    assert tags["casualties/military"]["uses"] == 1
    assert "casualties/military" in run("tags", cwd=workspace).out


# anchors


def test_anchors_say_where_each_highlight_is_today_and_was(run, workspace) -> None:
    done = run("anchors", "--json", cwd=workspace)
    assert done.code == 0
    anchors = done.json()
    assert all(
        list(anchor) == ["id", "article", "fit", "score", "spans", "was"] for anchor in anchors
    )
    assert [anchor["fit"] for anchor in anchors] == ["exact"] * 3
    assert all(anchor["spans"] == anchor["was"] for anchor in anchors)


def test_a_text_that_moved_moves_its_highlights_and_one_that_went_leaves_an_orphan(
    run, workspace
) -> None:
    path = workspace / SEEN
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[LEAD]\n", "[LEAD]\n\n\n\n"), encoding="utf-8")
    done = run("anchors", SEEN, "--json", cwd=workspace)
    (anchor,) = done.json()
    assert (done.code, anchor["fit"]) == (0, "moved")
    assert anchor["spans"][0]["start"] == anchor["was"][0]["start"] + 3

    path.write_text(text.replace("South Korea's spy agency", "Somebody"), encoding="utf-8")
    (anchor,) = run("anchors", SEEN, "--json", cwd=workspace).json()
    assert anchor["fit"] == "changed"
    assert 0.4 < anchor["score"] < 1
    was, today = anchor["was"][0], anchor["spans"][0]
    assert was["exact"].startswith("South Korea's spy agency")
    assert today["exact"] == path.read_text(encoding="utf-8")[today["start"] : today["end"]]
    done = run("anchors", SEEN, cwd=workspace)
    assert "[-South Korea's spy agency-] {+Somebody+}" in done.out
    assert (done.code, done.err) == (0, "pressmark: 1 changed\n")

    start, end = anchor["was"][0]["start"], anchor["was"][0]["end"]
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    done = run("anchors", SEEN, cwd=workspace)
    assert done.code == 1
    assert done.out.split("\n")[1].startswith("orphan")
    assert done.err == "pressmark: 1 orphan\n"


# export and import


def test_export_writes_what_it_prints(run, workspace, tmp_path) -> None:
    for name in ("jsonl", "csv", "md"):
        path = tmp_path / f"out.{name}"
        done = run("export", "-o", path, cwd=workspace)
        assert (done.code, done.out) == (0, "")
        assert f"wrote {path}: 2 claims, 1 accepted, 1 draft" in done.err
        printed = run("export", "--format", name, cwd=workspace)
        assert (printed.code, printed.err) == (0, "")
        made = re.compile(r"Made on [^.]*\.")  # the report says when it was made
        assert made.sub("", path.read_bytes().decode()) == made.sub("", printed.out)


def test_a_csv_has_a_row_a_claim_and_a_row_a_bare_highlight(run, workspace) -> None:
    out = run("export", "--format", "csv", cwd=workspace).out
    kinds = [row["kind"] for row in csv.DictReader(io.StringIO(out, newline=""))]
    assert kinds == ["claim", "claim", "highlight"]
    assert run("export", "--format", "csv", "--bom", cwd=workspace).out == "\ufeff" + out


def test_the_text_of_an_article_travels_only_when_asked_for(run, workspace) -> None:
    def kinds(*options: str) -> set[str]:
        out = run("export", *options, cwd=workspace).out
        return {json.loads(line)["type"] for line in out.rstrip("\n").split("\n")}

    assert kinds("--with-text") - kinds() == {"text"}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--format", "xls"], 2, "no format 'xls'"),
        (["-o", "nowhere/out.csv"], 3, "there is no folder nowhere"),
        (["-o", "."], 3, "is a folder"),
        (["--article", "zzzz"], 1, "no article 'zzzz'"),
        (["missing"], 2, "missing does not exist"),
        ([SEEN, "--article", LOSSES], 1, f"{LOSSES} is not in {SEEN}"),
    ],
)
def test_an_export_that_cannot_be_is_said_so(
    run, workspace, options: list[str], code: int, said: str
) -> None:
    done = run("export", *options, cwd=workspace)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


@pytest.fixture
def colleague(workspace, tmp_path) -> Path:
    """The same articles at a colleague's, with nothing marked."""
    other = tmp_path / "colleague"
    other.mkdir()
    for path in workspace.glob("*.txt"):
        shutil.copy(path, other)
    return other


def test_what_was_exported_comes_back_equal(run, workspace, colleague, tmp_path) -> None:
    out = tmp_path / "all.jsonl"
    run("export", "-o", out, cwd=workspace)

    tried = run("import", out, "--dry-run", "--json", cwd=colleague).json()
    assert not (colleague / "annotations").exists()
    counts = run("import", out, "--json", cwd=colleague).json()
    assert counts["dry_run"] is False
    assert counts | {"dry_run": True} == tried
    assert (counts["added"], counts["equal"], counts["refused"]) == (10, 0, [])
    again = run("import", out, "--json", cwd=colleague).json()
    assert (again["added"], again["equal"]) == (0, 10)

    # `fit` and the like are derived; the records themselves are the same, byte for byte.
    assert run("export", cwd=colleague).out == out.read_text(encoding="utf-8")


def test_a_line_that_cannot_be_read_costs_that_line(run, workspace, colleague, tmp_path) -> None:
    lines = run("export", cwd=workspace).out.split("\n")
    claim = next(i for i, line in enumerate(lines) if '"type":"claim"' in line)
    lines[claim] = lines[claim][:-20]
    out = tmp_path / "torn.jsonl"
    out.write_text("\n".join(lines), encoding="utf-8")
    done = run("import", out, cwd=colleague)
    assert done.code == 1
    assert f"torn.jsonl, line {claim + 1}: no JSON" in done.err
    assert done.out.startswith("9 added")
    counts = run("import", out, "--json", cwd=colleague).json()
    assert [refusal["line"] for refusal in counts["refused"]] == [claim + 1]


@pytest.mark.parametrize("name", ["missing.jsonl", "wrong.jsonl", "table.csv", "binary.jsonl"])
def test_a_file_with_nothing_to_import_is_code_2(run, workspace, tmp_path, name: str) -> None:
    (tmp_path / "wrong.jsonl").write_text("no JSON\n" * 20)
    (tmp_path / "table.csv").write_text("a,b\n")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00" * 9)
    before = sorted(path.read_bytes() for path in workspace.rglob("*.json"))
    done = run("import", tmp_path / name, cwd=workspace)
    assert done.code == 2
    assert name in done.err
    assert done.err.count("\n") < 12
    assert sorted(path.read_bytes() for path in workspace.rglob("*.json")) == before


# keys, formats, doctor


def test_keys_are_those_of_the_registry(run) -> None:
    keys = run("keys", "--json").json()
    assert list(keys[0]) == ["id", "keys", "modes", "group", "summary", "takes", "choices"]
    assert {"mark.highlight", "read.next-sentence"} <= {entry["id"] for entry in keys}
    out = run("keys").out
    assert all(entry["id"] in out for entry in keys)


def test_a_key_of_ones_own_is_shown_and_a_wrong_one_is_said(run, home) -> None:
    config = home / ".config" / "pressmark"
    config.mkdir(parents=True)
    (config / "keymap.toml").write_text('[keys]\n"mark.highlight" = ["H"]\n"no.such" = ["y"]\n')

    def highlight(*options: str) -> list[str]:
        keys = run("keys", "--json", *options).json()
        return next(entry["keys"] for entry in keys if entry["id"] == "mark.highlight")

    assert highlight() == ["H"]
    assert highlight("--default") == ["m"]
    assert "no.such" in run("keys").err
    assert "`H`" in run("keys", "--markdown").out


def test_formats_say_what_is_read_and_written(run) -> None:
    formats = {entry["name"]: entry for entry in run("formats", "--json").json()}
    assert list(formats["jsonl"]) == [
        "name", "kind", "suffixes", "reads", "writes", "unit", "lost", "origin", "summary",
    ]  # fmt: skip
    assert (formats["jsonl"]["reads"], formats["jsonl"]["writes"]) == (True, True)
    assert (formats["csv"]["reads"], formats["csv"]["writes"]) == (False, True)
    assert formats["markdown"]["suffixes"] == [".md", ".markdown"]
    assert all(name in run("formats").out for name in formats)


def test_a_healthy_workspace_has_no_problems(run, workspace) -> None:
    done = run("doctor", "--json", cwd=workspace)
    assert done.code == 0
    report = done.json()
    assert list(report) == ["versions", "places", "workspace", "terminal", "problems"]
    assert report["problems"] == []
    assert {"textual", "msgspec", "rapidfuzz", "lxml"} <= set(report["versions"])
    assert Path(report["workspace"]["root"]) == workspace
    assert report["workspace"]["analysts"] == {"kim": 3, "lee": 1}
    assert (report["workspace"]["articles"], report["workspace"]["highlights"]) == (9, 3)
    assert report["terminal"]["output"] is False
    drawn = run("doctor", cwd=workspace)
    assert drawn.code == 0
    assert str(workspace) in drawn.out


def test_what_something_else_changed_and_what_is_damaged_is_found(run, workspace) -> None:
    shards = sorted((workspace / "annotations" / "kim").glob("??/*.json"))
    altered = next(path for path in shards if "who counted?" in path.read_text())
    altered.write_text(altered.read_text().replace("who counted?", "who cares?"))
    torn = next(path for path in shards if path != altered)
    torn.write_bytes(torn.read_bytes().replace(b'"spans"', b'"spa'))
    done = run("doctor", "--json", cwd=workspace)
    assert done.code == 1
    report = done.json()
    assert list(report["workspace"]["altered"]) == [altered.stem]
    problems = "\n".join(report["problems"])
    assert "altered outside Pressmark" in problems
    assert torn.name in problems
    assert all(problem in run("doctor", cwd=workspace).out for problem in report["problems"])


def test_changes_that_wait_in_a_rescue_file_are_said(run, workspace, home) -> None:
    for name in ("kim", "lee"):
        file = rescue_file(workspace, name)
        assert file.is_relative_to(home)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    problems = run("doctor", "--json", cwd=workspace).json()["problems"]
    assert [p for p in problems if "not saved" in p] == problems
    assert len(problems) == 1, "each analyst's own"


def test_settings_that_cannot_be_read_are_named_and_the_rest_is_said_all_the_same(
    run, workspace
) -> None:
    (workspace / "pressmark.toml").write_text('[fields.urgency]\ntype = "colour"\n')
    done = run("doctor", "--json", cwd=workspace)
    assert done.code == 1
    assert "no type 'colour'" in done.json()["problems"][0]
    assert done.json()["versions"]["tinydb"]
    other = run("claims", cwd=workspace)
    assert other.code == 2
    assert "[fields.urgency]" in other.err


# Workspaces


def test_an_article_of_another_workspace_is_refused_with_the_way_out(run, workspace) -> None:
    other = workspace.parent / "other"
    (other / "annotations" / "revisions").mkdir(parents=True)
    shutil.copy(workspace / KOREAN, other)
    done = run("list", workspace / SEEN, other / KOREAN)
    assert done.code == 2
    assert "--workspace" in done.err
    done = run("list", workspace / SEEN, other / KOREAN, "--workspace", workspace, "--json")
    assert (done.code, len(done.json())) == (0, 2)


def test_options_may_stand_before_the_command(run, workspace, home) -> None:
    one = run("--workspace", workspace, "claims", "--json", cwd=home)
    assert one.out == run("claims", "--json", "--workspace", workspace).out
    assert len(one.json()) == 2
    missing = run("--workspace", workspace / "gone", "claims")
    assert (missing.code, "does not exist" in missing.err) == (2, True)


def test_an_analyst_sees_what_is_theirs_as_done(run, workspace) -> None:
    def done(analyst: str) -> list[bool]:
        listed = run("list", "--json", "--analyst", analyst, cwd=workspace).json()
        return [article["done"] for article in listed if article["path"] == LOSSES]

    assert (done("kim"), done("lee")) == ([True], [False])


def test_reading_writes_nothing(run, workspace) -> None:
    def state() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()}

    before = state()
    for command in ("list", "claims", "tags", "suggest", "anchors", "doctor", "export"):
        run(command, cwd=workspace)
    run("show", SEEN)
    assert state() == before
