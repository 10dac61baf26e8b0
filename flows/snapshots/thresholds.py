"""The threshold of what is offered in place of a name that nobody has."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SnapshotThresholds:
    """Shares, each with its reason."""

    little_alike: float = 0.45
    """Share of letters in common from which a name is offered where none is much alike: "Foks" for "Fox"."""


THRESHOLDS = SnapshotThresholds()
