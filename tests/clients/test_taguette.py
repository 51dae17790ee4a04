"""Taguette opens, checks and copies our projects, and says the same words for each highlight."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.clients.conftest import ClientEnv
from tests.exchange.telling import SENTENCE, telling_bundle
from tests.exchange.test_both_ways import there_in

from tui.exchange import Bundle, read_in, write_out
from tui.model.records import Highlight
from tui.model.spans import joined_quote

SESSION = Path(__file__).with_name("taguette_session.py")
REQUIREMENTS = ("taguette==1.5.2",)


def run(bundle: Bundle, folder: Path, client_env: ClientEnv) -> dict[str, Any]:
    project, book = folder / "claims.sqlite3", folder / "x.codebook.csv"
    write_out(bundle, "taguette", project)
    write_out(bundle, "codebook-csv", book)
    done = subprocess.run(
        [client_env("taguette", *REQUIREMENTS), SESSION, project, book, folder],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_it_says_the_words_of_the_telling_sentence(tmp_path: Path, client_env: ClientEnv) -> None:
    said = run(telling_bundle(), tmp_path, client_env)
    rows = {(row["tag"], row["content"]) for row in said["rows"]}
    assert ("people/source", SENTENCE[4:18]) in rows
    assert ("war/사상자", SENTENCE[24:73]) in rows
    assert {("figure", "3,000"), ("war/사상자", "3,000")} <= rows
    assert all(ours == theirs for ours, theirs in said["marked"])
    assert [tag["path"] for tag in said["listed"]] == ["people/source", "war/사상자", "figure"]
    found = read_in(tmp_path / "copy.sqlite3")
    assert {r.id: r for r in found.records} == there_in(telling_bundle())
    assert found.refused == ()
    for name in ("codebook.csv", "theirs.qdc"):
        paths = {tag.path for tag in read_in(tmp_path / name).codebook.tags}
        assert {"people/source", "war/사상자", "figure"} <= paths


def test_it_says_the_words_of_thirteen_claims(
    bundle: Bundle, tmp_path: Path, client_env: ClientEnv
) -> None:
    said = run(bundle, tmp_path, client_env)
    assert all(ours == theirs for ours, theirs in said["marked"])
    quotes = {" ".join(ours.split()) for ours, _ in said["marked"]}
    placed = [each for part in bundle.articles for each in part.annotations.highlights]
    here = (each.record for each in placed if each.extents)
    assert quotes >= {joined_quote(r.spans) for r in here if len(r.spans) == 1}
    found = read_in(tmp_path / "copy.sqlite3")
    assert {r.id for r in found.records if isinstance(r, Highlight)} == {
        p.record.id for p in placed
    }
