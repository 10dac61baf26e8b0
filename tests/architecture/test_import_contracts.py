"""The import contracts of pyproject.toml hold, and each of them notices when it is broken."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import grimp
import pytest

from flows.runtime.fingerprints import (
    DECISION_CODE,
    DECISION_LIBRARIES,
    EXTRACTION_CODE,
    EXTRACTION_LIBRARIES,
    PAIR_CODE,
    PAIR_LIBRARIES,
    READING_CODE,
    READING_LIBRARIES,
    code_files,
)
from tests.architecture.one_door import OneDoor

ROOT = Path(__file__).resolve().parents[2]


def test_the_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken." in done.stdout  # they were looked at


def graph_of(*imports: tuple[str, str]) -> grimp.ImportGraph:
    """A graph of some imports; names without a dot are libraries."""
    graph = grimp.ImportGraph()
    for importer, imported in imports:
        graph.add_module(importer)
        graph.add_module(imported, is_squashed="." not in imported)
        graph.add_import(importer=importer, imported=imported)
    return graph


ONE_FILE = ("flows.ingest.pages", "parser")
DOORS = {
    "one file": ([ONE_FILE], True),
    "two files": ([ONE_FILE, ("flows.ingest.feeds", "parser")], False),
    "two files of a package that is one door": ([("flows.gate.a", "parser"), ("flows.gate.b", "parser")], True),
    "a package that is one door, and another file": ([ONE_FILE, ("flows.gate.b", "parser")], False),
    "a library for all": ([("flows.a", "frames"), ("flows.b", "frames")], True),
    "a module of Python": ([("flows.a", "json"), ("flows.b", "json")], True),
    "a file that is no part of a build": ([ONE_FILE, ("flows.train.a", "parser")], True),
}


@pytest.mark.parametrize("case", DOORS)
def test_a_library_has_one_door(case: str) -> None:
    imports, kept = DOORS[case]
    options = {"shared": ["frames"], "packages": ["flows.gate"], "exempt": ["flows.train"]}
    contract = OneDoor(name="doors", session_options={}, contract_options=options)
    assert contract.check(graph_of(("flows.z", "frames"), *imports), verbose=False).kept == kept


STEPS = {
    "flows.extract.extract_articles": (EXTRACTION_CODE, EXTRACTION_LIBRARIES),
    "flows.ingest.read_and_clean": (READING_CODE, READING_LIBRARIES),
    "flows.resolve.claims.matching.decisions": (DECISION_CODE, DECISION_LIBRARIES),
    "flows.resolve.claims.pairs.pair_model": (PAIR_CODE, PAIR_LIBRARIES),
    "flows.resolve.conflicts.at_issue": (DECISION_CODE, DECISION_LIBRARIES),
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """All imports of the program."""
    return grimp.build_graph("flows", "schemas", include_external_packages=True)


@pytest.mark.parametrize("step", STEPS)
def test_the_fingerprint_of_what_is_kept_covers_all_that_makes_it(step: str, graph: grimp.ImportGraph) -> None:
    code, declared = STEPS[step]
    needed = graph.find_upstream_modules(step) | {step}
    own = {name for name in needed if name.startswith(("flows.", "schemas."))}
    covered = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in code_files(code)}
    assert own - {name.removesuffix(".__init__") for name in covered} == set()
    libraries = {
        name for name in needed - own if graph.is_module_squashed(name) and name not in sys.stdlib_module_names
    }
    distributed = {distribution for name in libraries for distribution in metadata.packages_distributions()[name]}
    assert {name.lower() for name in distributed} - {*declared, "onrecord"} == set()
