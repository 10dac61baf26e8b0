"""Every recipe for data scientists runs, as it stands, against a snapshot."""

import re
import subprocess
import sys
from pathlib import Path

import polars as pl

from flows.snapshots.flat_files import to_csv
from tests.builders import report_corpus

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "data-scientists.md"


def recipes() -> list[tuple[str, str]]:
    """Every block of Python with the heading that it stands under."""
    found, heading = [], ""
    for part in re.split(r"^(## [^\n]*|```python\n.*?^```)", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S):
        if part.startswith("## "):
            heading = part[3:]
        elif part.startswith("```python"):
            found.append((heading, part.removeprefix("```python\n").removesuffix("```")))
    return found


def test_the_page_shows_all_three_libraries() -> None:
    code = "\n".join(block for _, block in recipes())
    assert all(code.count(f"import {library}") >= 2 for library in ("polars", "pandas", "duckdb"))


def test_every_recipe_runs_as_it_stands(tmp_path: Path) -> None:
    """All in one process, one after the other, each with names of its own: a library is started only once."""
    latest = report_corpus.output(tmp_path / "output", articles=6) / "latest"
    statements = to_csv(pl.read_parquet(latest / "statements.parquet"), bom=True)
    (latest / "statements.csv").write_text(statements, encoding="utf-8", newline="")
    blocks = recipes()
    assert len(blocks) >= 12
    script = "\n".join(
        f"print({f'## {title}, recipe {number}'!r})\nexec(compile({block!r}, {title!r}, 'exec'), {{}})"
        for number, (title, block) in enumerate(blocks, 1)
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-600:]}\n{done.stderr[-1500:]}"
