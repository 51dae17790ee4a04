"""Label Studio's own validator and converter take every export."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.clients.conftest import ClientEnv
from tests.exchange.telling import SENTENCE, telling_bundle

from tui.exchange import Bundle, write_out

DRIVER = Path(__file__).with_name("labelstudio_client.py")


def read_there(bundle: Bundle, python: Path, folder: Path) -> dict[str, Any]:
    write_out(bundle, "labelstudio", folder / "out")
    done = subprocess.run(
        [str(python), str(DRIVER), str(folder / "out"), str(folder / "made")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"said"') :])
    assert (found["said"], found["valid"], found["csv"]) == ([], True, 1)
    return found


@pytest.fixture(scope="module")
def python(client_env: ClientEnv) -> Path:
    return client_env("labelstudio", "label-studio-sdk")


def test_label_studio_takes_the_telling_sentence(python: Path, tmp_path: Path) -> None:
    found = read_there(telling_bundle(), python, tmp_path)
    (task,) = found["small"]
    labels = [(SENTENCE[v["start"] : v["end"]], v["labels"]) for v in task["label"]]
    assert ("NIS 🇰🇷 (국가정보원)", ["people/source"]) in labels
    assert ("3,000", ["war/사상자", "figure"]) in labels
    assert "B-people/source" in found["conll"]


def test_label_studio_takes_an_export_of_several_articles(
    python: Path, tmp_path: Path, bundle: Bundle
) -> None:
    found = read_there(bundle, python, tmp_path)
    assert len(found["small"]) == len(bundle.articles)
