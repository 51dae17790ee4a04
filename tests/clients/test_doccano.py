"""doccano imports what we export with every span where its words stand, and gives all back."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.clients.conftest import ClientEnv
from tests.exchange.telling import SENTENCE, telling_bundle
from tests.exchange.test_both_ways import there_in

from tui.exchange import Bundle, Incoming, read_in, write_out
from tui.model.records import Highlight

SESSION = Path(__file__).with_name("doccano_session.py")
# Its own bounds let in what it does not run with.
NEEDED = ("doccano==1.8.4", "marshmallow<4", "numpy<2", "setuptools<81")


def through(bundle: Bundle, python: Path, folder: Path) -> tuple[dict[str, Any], Incoming]:
    file = folder / "claims.doccano.jsonl"
    write_out(bundle, "doccano", file)
    done = subprocess.run(
        [python, SESSION, file, folder], capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["errors"] == []
    return seen, read_in(folder / "out" / "all.jsonl", "doccano")


@pytest.fixture(scope="module")
def python(client_env: ClientEnv) -> Path:
    return client_env("doccano", *NEEDED)


def test_it_keeps_the_spans_and_records_of_the_telling_sentence(
    python: Path, tmp_path: Path
) -> None:
    seen, back = through(telling_bundle(), python, tmp_path)
    units = SENTENCE.encode("utf-16-le")
    words = {
        (units[2 * start : 2 * end].decode("utf-16-le"), label)
        for _text, start, end, label in seen["spans"]
    }
    assert {("NIS 🇰🇷 (국가정보원)", "people/source"), ("3,000", "figure")} <= words
    assert {r.id: r for r in back.records} == there_in(telling_bundle())
    assert back.refused == ()


def test_it_takes_four_articles(python: Path, tmp_path: Path, bundle: Bundle) -> None:
    seen, back = through(bundle, python, tmp_path)
    assert {text for text, *_ in seen["spans"]} == {p.article.text for p in bundle.articles}
    highlights = {each.record.id for p in bundle.articles for each in p.annotations.highlights}
    assert {r.id for r in back.records if isinstance(r, Highlight)} == highlights
