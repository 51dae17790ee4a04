"""REFI-QDA: our files are valid by its schemas, and QualCoder reads and writes them.

QualCoder is in no package index: `QUALCODER=DIR` names the folder of its source, with
`qualcoder/refi.py` in it (its repository's `src`). Without it these tests are skipped.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.clients.conftest import ClientEnv
from tests.exchange.telling import SENTENCE, telling_bundle
from tests.exchange.test_both_ways import there_in
from tests.exchange.test_codebooks import BOOK

from tui.exchange import Bundle, export_text, read_in, write_out
from tui.model.records import Highlight

SESSION = Path(__file__).with_name("qualcoder_session.py")


def test_the_schemas_hold(bundle: Bundle, tmp_path: Path, schemas: Path) -> None:
    etree: Any = importlib.import_module("lxml.etree")
    project = etree.XMLSchema(etree.parse(schemas / "refi-qda" / "Project.xsd"))
    codebook = etree.XMLSchema(etree.parse(schemas / "refi-qda" / "Codebook.xsd"))
    for number, each in enumerate((bundle, telling_bundle(), Bundle("none"))):
        path = tmp_path / f"{number}.qdpx"
        write_out(each, "qdpx", path)
        with zipfile.ZipFile(path) as archive:
            project.assertValid(etree.fromstring(archive.read("project.qde")))
    text = export_text(replace(bundle, codebook=BOOK), "qdc")
    codebook.assertValid(etree.fromstring(text.encode()))


def run(path: Path, folder: Path, client_env: ClientEnv) -> dict[str, Any]:
    source = os.environ.get("QUALCODER", "")
    if not source or not (Path(source) / "qualcoder" / "refi.py").is_file():
        pytest.skip("needs QualCoder's source: make test-clients QUALCODER=DIR")
    python = client_env("qualcoder", "PyQt6==6.11.0")
    done = subprocess.run(
        [python, SESSION, Path(source).resolve(), path, folder],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_qualcoder_says_the_words_and_gives_all_back(tmp_path: Path, client_env: ClientEnv) -> None:
    write_out(telling_bundle(), "qdpx", tmp_path / "claims.qdpx")
    said = run(tmp_path / "claims.qdpx", tmp_path, client_env)
    words = {(code, words) for code, words, *_ in said["codings"]}
    assert ("source", SENTENCE[4:18]) in words
    assert ("사상자", SENTENCE[24:73]) in words
    assert {("figure", "3,000"), ("사상자", "3,000")} <= words
    assert ["URL", "https://example.org/nis"] in said["attributes"]
    assert [(r[0], r[3]) for r in said["codes"]][:2] == [("source", "people"), ("사상자", "war")]
    found = read_in(Path(said["out"][0]))
    assert {r.id: r for r in found.records} == there_in(telling_bundle())
    assert found.refused == ()


def test_qualcoder_takes_thirteen_claims(
    bundle: Bundle, tmp_path: Path, client_env: ClientEnv
) -> None:
    write_out(bundle, "qdpx", tmp_path / "claims.qdpx")
    said = run(tmp_path / "claims.qdpx", tmp_path, client_env)
    placed = [each for part in bundle.articles for each in part.annotations.highlights]
    codings = sum(len(each.extents) * max(1, len(each.record.tags)) for each in placed)
    assert len(said["codings"]) == codings
    ours = {
        extent.of(part.article.text)
        for part in bundle.articles
        for placed in part.annotations.highlights
        for extent in placed.extents
    }
    assert {row[1] for row in said["codings"]} == ours
    found = read_in(Path(said["out"][0]))
    assert {r.id for r in found.records if isinstance(r, Highlight)} == {
        each.record.id for each in placed
    }


def test_qualcoder_takes_a_codebook(bundle: Bundle, tmp_path: Path, client_env: ClientEnv) -> None:
    write_out(telling_bundle(), "qdc", tmp_path / "x.qdc")
    said = run(tmp_path / "x.qdc", tmp_path, client_env)
    assert [row[0] for row in said["codes"]] == ["source", "사상자", "figure"]
    tags = {tag.path: tag.slot for tag in read_in(Path(said["out"][0])).codebook.tags}
    assert tags == {"people/source": 1, "war/사상자": 2, "figure": 3}
