"""The limits of processes: how long they are waited for, and how often they are tried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RuntimeLimits:
    """Times and numbers of attempts, each with its reason."""

    server_start_seconds: float = 180.0
    """A server that does not answer by then never will; a busy machine takes half a minute."""
    attempts: int = 2
    """Times that work is tried whose worker dies: what dies twice takes too much memory, or crashes a library."""
    look_seconds: float = 0.2
    """How often the main thread looks whether a signal came: what a person takes for at once."""
    parent_seconds: float = 0.5
    """How often a child process looks whether its parent lives."""
    scheduler_seconds: float = 20.0
    """A Dask scheduler on the same network answers within one; its workers have joined by then, too."""
    few_articles: int = 10_000
    """Up to so many, resolution leaves the memory to load the quality gate beside it."""


LIMITS = RuntimeLimits()
