"""The quality gate: expectations that the written files must meet before they are published.

Great Expectations takes three seconds to import, so it is imported where the gate runs, or ahead of it by `preload`.
"""

from pathlib import Path

from flows.runtime.environment import allow_imports, block_imports
from flows.validate.gate.result import GateResult


def preload() -> None:
    """Import what `run_quality_gate` needs, in a worker that waits while rows are still checked elsewhere.

    Great Expectations can do without what it reads databases and clouds with: a sixth of its imports.
    """
    allow_imports("pandas")
    block_imports("sqlalchemy", "botocore")
    import flows.validate.gate.expectations  # noqa: F401


def run_quality_gate(folder: Path, parent: Path | None, max_shrink: float, min_words: int) -> GateResult:
    """Run `flows.validate.gate.expectations.run_gate`, imported where it is called."""
    allow_imports("pandas")
    from flows.validate.gate.expectations import run_gate

    return run_gate(folder, parent, max_shrink=max_shrink, min_words=min_words)
