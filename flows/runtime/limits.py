"""The limits of processes and caches: how long workers are waited for and tried, and how much is kept."""

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
    health_seconds: float = 4.0
    """An answer to a health check that takes longer is none: the check itself is ended after five."""
    poll_seconds: float = 25.0
    """How long a deployment is watched that another may serve: whoever does asks for its runs every ten seconds."""
    calls_ahead: int = 16
    """Calls whose arguments lie ready while workers are busy: two a worker on eight processors, 3 MiB each where claims
    are compared."""
    few_articles: int = 10_000
    """Up to so many, resolution leaves the memory to load the quality gate beside it."""
    cache_files: int = 16
    """Small files of a cache before they are written together: opening more takes longer than reading."""
    cache_shard_bytes: int = 16 * 1024 * 1024
    """A file of a cache that is as large as this stays as it is: it is read in a tenth of a second."""
    cached_versions: int = 2
    """Versions of what makes a cache's rows that are kept: this one, and the one that a rollback of the program returns
    to."""


LIMITS = RuntimeLimits()
