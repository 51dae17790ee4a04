"""brat's own parser reads every export, and nothing in it is an error to brat."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.clients.conftest import ClientEnv
from tests.exchange.telling import SENTENCE, marked_bundles, telling_bundle

from tui.exchange import Bundle, write_out

REPOSITORY = "https://github.com/nlplab/brat"
COMMIT = "44ecd825810167eed2a5d8ad875d832218e734e8"
DRIVER = Path(__file__).with_name("brat_client.py")


@pytest.fixture(scope="module")
def server(checkout: Callable[..., Path]) -> Path:
    """`server/src` of brat."""
    return checkout("brat", REPOSITORY, COMMIT, "server/src") / "server" / "src"


def read_by_brat(bundle: Bundle, server: Path, python: Path, folder: Path) -> dict[str, Any]:
    write_out(bundle, "brat", folder)
    done = subprocess.run(
        [str(python), str(DRIVER), str(server), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["said"] == []
    for document in found["documents"].values():
        assert (document["failed"], document["said"], document["same"]) == ([], [], True)
    return found


def test_brat_reads_the_telling_sentence(
    server: Path, client_env: ClientEnv, tmp_path: Path
) -> None:
    found = read_by_brat(telling_bundle(), server, client_env("brat", "filelock"), tmp_path / "out")
    (document,) = found["documents"].values()
    spans = [(kind, [SENTENCE[a:b] for a, b in ranges]) for kind, ranges, _ in document["spans"]]
    assert ("people_source", ["NIS 🇰🇷 (국가정보원)"]) in spans
    assert ("figure", ["3,000"]) in spans
    assert sum(len(ranges) == 2 for _, ranges in spans) == 1
    assert document["attributes"] == [["Modality", "T2", "reported"]]
    assert {kind for kind, _ in spans} <= set(found["types"])
    assert found["attributes"] == ["Modality"]
    assert found["labels"]["war_uC0ACuC0C1uC790"] == ["war/사상자"]


def test_brat_reads_an_export_of_several_articles(
    server: Path, client_env: ClientEnv, tmp_path: Path, bundle: Bundle
) -> None:
    found = read_by_brat(bundle, server, client_env("brat", "filelock"), tmp_path / "out")
    assert len(found["documents"]) == len(bundle.articles)
    assert any(document["relations"] for document in found["documents"].values())


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(bundle=marked_bundles())
def test_brat_reads_any_text(bundle: Bundle, server: Path, client_env: ClientEnv) -> None:
    with TemporaryDirectory() as folder:
        read_by_brat(bundle, server, client_env("brat", "filelock"), Path(folder) / "out")
