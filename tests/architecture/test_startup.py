"""A command imports what it uses: no seconds are measured, but the libraries that cost them are looked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import report_corpus

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "tests" / "golden" / "contract-2.2" / "2.2.0"
HEAVY = ("prefect", "great_expectations", "onnxruntime", "altair", "trafilatura")
TABLES = ("polars", "pandera", "pandas", "numpy", "scipy", "pyarrow")
PROBE = """
import sys
sys.argv = ["onrecord", *sys.argv[1:]]
from flows.cli.main import main
try:
    main()
except SystemExit as ended:
    print("\\nended", ended.code, *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def imported(*arguments: object) -> tuple[int, set[str]]:
    """The exit code of a command, and the packages that it has imported when it ends."""
    command = [sys.executable, "-c", PROBE, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    _, code, *names = done.stdout.splitlines()[-1].split()
    return int(code), set(names)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("build", "--help"), ("show", "--help")])
def test_help_imports_no_library_of_tables(arguments: tuple[str, ...]) -> None:
    code, names = imported(*arguments)
    assert code == 0
    assert not names & {*HEAVY, *TABLES}
    assert "pydantic" not in names or len(arguments) > 1  # typer's own: it looks at the types of a command's options


@pytest.mark.parametrize("what", ["claims", "speakers", "stories"])
def test_show_reads_tables_with_polars_alone(tmp_path: Path, what: str) -> None:
    code, names = imported("show", what, "--output", report_corpus.output(tmp_path, articles=4))
    assert code == 0
    assert "polars" in names
    assert not names & {*HEAVY, "pandera", "pandas", "numpy", "scipy", "pyarrow"}


def test_validate_loads_neither_prefect_nor_the_gate_nor_the_reader() -> None:
    code, names = imported("validate", PUBLISHED)
    assert code == 0
    assert not names & {*HEAVY, "scipy"}  # no article in it is a copy of another


def test_opening_a_snapshot_loads_polars_alone(tmp_path: Path) -> None:
    output = report_corpus.output(tmp_path, articles=4)
    script = (
        "import sys; from flows.snapshots import open_snapshot; "
        f"print(open_snapshot({str(output)!r}).statements(outlet='ledger').collect().height); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    names = set(done.stdout.splitlines()[-1].split())
    assert "polars" in names
    assert not names & {*HEAVY, "pandera", "pandas", "numpy"}


def test_the_names_of_tables_are_those_of_the_models() -> None:
    from schemas.tables import TABLES as MODELS
    from schemas.vocabularies import TABLE_NAMES

    assert tuple(MODELS) == TABLE_NAMES
