"""The limits of what commands print, unless an option says otherwise."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CommandLimits:
    """Rows, columns and bytes, each with its reason."""

    rows: int = 20
    """Rows of a table that a terminal shows without scrolling."""
    piped_columns: int = 160
    """Columns of a table that goes to a file or another program, which have no width."""
    columns_for_counts: int = 80
    """Columns from which a terminal has room for every count of a version."""
    examples: int = 3
    """Changed rows of each kind: enough to see what a change is about."""
    free_bytes: int = 2 * 1024 * 1024
    """Below this a disk is taken for full whatever the error was: libraries do not all say why they failed."""


LIMITS = CommandLimits()
