"""Locks that lie beside what they guard, and that the system frees when their holder ends, however it ends.

Process numbers say nothing to another host or container that has the same disk; a lock on a file does. The only file
that imports filelock.
"""

from pathlib import Path

from filelock import FileLock, Timeout

from flows.errors import PlaceError


def hold(path: Path, *, wait_seconds: float = 0) -> FileLock | None:
    """Return the lock on a file, which is made if need be and stays; None where another has it all that time.

    wait_seconds: how long to wait for another (-1: until it is done). The lock is released with `release()`, or when
    this process ends.

    Raises FileNotFoundError where there is no such folder, PlaceError where the disk keeps no locks: two builds at
    once could not be kept apart.
    """
    lock = FileLock(path, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        return None
    except FileNotFoundError:
        raise
    except (OSError, NotImplementedError) as error:
        said = getattr(error, "strerror", None) or error
        raise PlaceError(
            f"{path} cannot be locked: {said}. Builds need a disk that they may write and that keeps locks (flock); "
            "publish to another one"
        ) from error
    return lock
