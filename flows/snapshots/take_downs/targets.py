"""Where snapshots of an output folder were published to: `published.json`, so that a take-down finds them all.

An address is kept as it was given, without the options of its store, which may be secrets.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.runtime.atomic_writes import write_whole

FILE = "published.json"


@dataclass(frozen=True, order=True)
class Target:
    """A place, and the kind of store that it is: `delta`, or `snapshots` (a copy of this folder)."""

    address: str
    kind: str


def targets(output: Path) -> list[Target]:
    """Return every place that was published to, in order of address; none where nothing is known."""
    try:
        known = json.loads((output / FILE).read_text(encoding="utf-8"))
        return sorted({Target(str(one["address"]), str(one["kind"])) for one in known["targets"]})
    except (OSError, ValueError, KeyError, TypeError):
        return []


def remember(output: Path, target: Target) -> None:
    """Note a place, in one step. A local folder is noted absolutely: commands start in many folders."""
    if "://" not in target.address:
        target = Target(str(Path(target.address).resolve()), target.kind)
    if target not in (known := targets(output)):
        text = json.dumps({"targets": [asdict(one) for one in sorted([*known, target])]}, indent=2)
        write_whole(output / FILE, text + "\n")
