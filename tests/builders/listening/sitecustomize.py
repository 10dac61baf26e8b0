"""Notes every connection that a process asks for in the file that CONNECTIONS names.

Every Python process that has this folder on its path imports a module of this name: a build, its server, its workers.
"""

import os
import sys

ASKING = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname")


def note(event: str, arguments: tuple[object, ...]) -> None:
    """Write the process, the event and the place that is asked for, a line each."""
    if event in ASKING:
        place = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments
        with open(os.environ["CONNECTIONS"], "a", encoding="utf-8") as log:  # noqa: PTH123 - nothing more is imported
            log.write(f"{os.getpid()} {event} {place!r}\n")


sys.addaudithook(note)
