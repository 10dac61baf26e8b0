"""How many processors there are to use. It decides how fast something is, never what comes out."""

import math
import os
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")


def usable_processors() -> int:
    """Return how many processors this process may run on, of the machine and of what its container is given."""
    allowed = len(os.sched_getaffinity(0))
    return max(1, math.ceil(min(allowed, granted_processors())))


def granted_processors(cgroups: Path = CGROUPS, own: Path = OWN) -> float:
    """Return the share of processors that control groups grant: the least of the group's own and all above it.

    Infinity where none is limited. Reads version 2 (`cpu.max`) and version 1 (`cpu.cfs_quota_us`): a container sees its
    own group as the root.
    """
    granted = math.inf
    for folder in _groups(cgroups, own):
        granted = min(granted, _quota(folder))
    return granted


def _groups(cgroups: Path, own: Path) -> list[Path]:
    """The folders of this process's groups and of all above them, and the roots."""
    try:
        lines = own.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    found = [cgroups, cgroups / "cpu"]
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        root = cgroups / "cpu" if controllers else cgroups
        inner = [part for part in Path(path).parts if part not in ("/", "..")]
        found += [root.joinpath(*inner[:depth]) for depth in range(1, len(inner) + 1)]
    return found


def _quota(group: Path) -> float:
    try:
        quota, period = (group / "cpu.max").read_text(encoding="ascii").split()[:2]
    except (OSError, ValueError):
        try:
            quota = (group / "cpu.cfs_quota_us").read_text(encoding="ascii").strip()
            period = (group / "cpu.cfs_period_us").read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return math.inf
    share = int(quota) / int(period) if quota.isdecimal() and period.isdecimal() and int(period) else 0.0
    return share or math.inf  # "max", -1: no limit
