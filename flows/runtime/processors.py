"""How many processors there are to use. It decides how fast something is, never what comes out."""

import os


def usable_processors() -> int:
    """Return how many processors this process may run on."""
    return len(os.sched_getaffinity(0))
