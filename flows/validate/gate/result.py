"""What the last gate finds, and the call that runs it: Great Expectations takes three seconds to import, which a
worker process does while rows are still checked here.
"""

from dataclasses import dataclass
from pathlib import Path

from flows.errors import GateError


@dataclass(frozen=True)
class GateCheck:
    """One expectation: of which table, what it says, whether it holds, what was found."""

    table: str
    expectation: str
    meaning: str
    success: bool
    observed: str


@dataclass(frozen=True)
class GateResult:
    """Every expectation with its outcome."""

    success: bool
    checks: tuple[GateCheck, ...]

    def error(self) -> GateError:
        """The refusal as an error: how many expectations fail, the first three, and what to do."""
        broken = [check for check in self.checks if not check.success]
        shown = "; ".join(f"{check.table}: {check.meaning} ({check.observed})" for check in broken[:3])
        more = f"; and {len(broken) - 3} more" if len(broken) > 3 else ""
        return GateError(
            f"the last gate refused the snapshot, {len(broken)} of {len(self.checks)} expectations fail: "
            f"{shown}{more}. Nothing was published; the report is kept under failed/ in the output folder."
        )


def load() -> None:
    """Imports what `last_gate` needs, ahead of it."""
    import flows.validate.gate.expectations  # noqa: F401


def last_gate(folder: Path, parent: Path | None, max_shrink: float, min_words: int) -> GateResult:
    """`flows.validate.gate.expectations.run_gate`, loaded where it is called."""
    from flows.validate.gate.expectations import run_gate

    return run_gate(folder, parent, max_shrink=max_shrink, min_words=min_words)
