"""pandas and polars read the table and the workbook: each row, each quote, numbers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.clients.conftest import ClientEnv
from tests.exchange.telling import SENTENCE, telling_bundle

from tui.exchange import Bundle, export_text, write_out

SESSION = Path(__file__).with_name("table_session.py")
READERS = ("pandas==3.1.1", "polars==2.1.0", "pyarrow", "openpyxl==3.1.5")


@pytest.mark.parametrize("bom", [False, True])
def test_what_they_read_is_what_was_marked(
    client_env: ClientEnv, bundle: Bundle, tmp_path: Path, bom: bool
) -> None:
    python = client_env("tables", *READERS)
    for number, each in enumerate((bundle, telling_bundle())):
        table, workbook = tmp_path / f"{number}.csv", tmp_path / f"{number}.xlsx"
        table.write_text(export_text(each, "csv", bom=bom), "utf-8", newline="")
        write_out(each, "xlsx", workbook)
        done = subprocess.run(
            [python, SESSION, table, workbook],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        items = list(each.items())
        spans = [item.placed.record.spans for item in items]
        rows: list[dict[str, object]] = []
        for seen in json.loads(done.stdout).values():
            rows = seen["rows"]
            assert [row["quote"] for row in rows] == [" | ".join(s.exact for s in x) for x in spans]
            assert [str(row["start"]) for row in rows] == [
                " | ".join(str(span.start) for span in each) for each in spans
            ]
            assert [row["kind"] for row in rows] == [
                "highlight" if item.claim is None else "claim" for item in items
            ]
            assert "rev" in seen["numbers"]
        assert any(SENTENCE[24:73] == row["quote"] for row in rows) == (number == 1)
