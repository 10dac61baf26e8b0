"""What the quality gate finds. Imports nothing heavy: whoever reads a result needs no Great Expectations."""

from dataclasses import dataclass

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
        """Return the refusal as an error: how many expectations fail, the first three, and what to do."""
        broken = [check for check in self.checks if not check.success]
        shown = "; ".join(f"{check.table}: {check.meaning} ({check.observed})" for check in broken[:3])
        more = f"; and {len(broken) - 3} more" if len(broken) > 3 else ""
        return GateError(
            f"the quality gate refused the snapshot, {len(broken)} of {len(self.checks)} expectations fail: "
            f"{shown}{more}. Nothing was published; the report is kept under failed/ in the output folder."
        )
