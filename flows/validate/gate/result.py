"""What the quality gate finds. Imports nothing heavy: whoever reads a result needs no Great Expectations."""

from dataclasses import dataclass
from pathlib import Path

from flows.errors import GateError


@dataclass(frozen=True)
class GateCheck:
    """One expectation: of which table, what it says, whether it holds, what was found, which setting it depends on."""

    table: str
    expectation: str
    meaning: str
    success: bool
    observed: str
    setting: str | None = None


@dataclass(frozen=True)
class GateResult:
    """Every expectation with its outcome."""

    success: bool
    checks: tuple[GateCheck, ...]

    def error(self, report: Path) -> GateError:
        """Return the refusal as an error: how many expectations fail, the first three, and what to do.

        report: the folder that keeps what was found.
        """
        broken = [check for check in self.checks if not check.success]
        shown = "; ".join(_said(check) for check in broken[:3])
        more = f"; and {len(broken) - 3} more" if len(broken) > 3 else ""
        settings = sorted({check.setting for check in broken if check.setting})
        loosen = f" If that is as it should be, set {' and '.join(settings)} for this run." if settings else ""
        return GateError(
            f"the quality gate refused the snapshot, {len(broken)} of {len(self.checks)} expectations fail: "
            f"{shown}{more}. Nothing was published; what was found is in {report}, see its report.html.{loosen}"
        )


def _said(check: GateCheck) -> str:
    return f"table {check.table}: {check.meaning} ({check.expectation}: {check.observed})"
