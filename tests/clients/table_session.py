"""pandas and polars read a table of claims, pandas the workbook too; what they read, as JSON.

python table_session.py CSV WORKBOOK
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any


def main(table: str, workbook: str) -> dict[str, Any]:
    pandas: Any = importlib.import_module("pandas")
    polars: Any = importlib.import_module("polars")
    frames = {
        "pandas": pandas.read_csv(table),
        "workbook": pandas.read_excel(workbook, sheet_name="claims"),
        "polars": polars.read_csv(table).to_pandas(),
    }
    return {
        name: {
            "rows": json.loads(frame.to_json(orient="records")),
            "numbers": [c for c in frame.columns if pandas.api.types.is_numeric_dtype(frame[c])],
        }
        for name, frame in frames.items()
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:3])))
