"""Nobody is called home: during a whole build no process of it opens a connection that leaves this machine."""

import ipaddress
import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.conftest import ROOT, write

# a module of this name is imported by every Python process that has its folder on the path: the build, its server, …
LISTENER = """
import os, sys
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
        place = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments
        with open(os.environ["CONNECTIONS"], "a") as log:
            log.write(f"{os.getpid()} {event} {place!r}\\n")
sys.addaudithook(note)
"""


def _stays_here(line: str) -> bool:
    place = line.split(" ", 2)[2]
    address = place.split("'")[1] if "'" in place else place
    if address in ("localhost", "") or place.startswith(("'/", "b'", "'\\x00")):  # a socket file, not a host
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def test_no_connection_leaves_this_machine(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(LISTENER)
    write(tmp_path / "seeds", range(2))
    log = tmp_path / "connections"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "GX_", "DO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "flows", "build", "-q", "--seeds", tmp_path / "seeds", "--output", tmp_path / "output"],
        cwd=ROOT, env={**environment, "PYTHONPATH": f"{tmp_path}:{ROOT}", "CONNECTIONS": str(log)},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = log.read_text().splitlines()
    assert any("127.0.0.1" in line for line in seen), "the build talks to its own server: nothing was listened to"
    assert [line for line in seen if not _stays_here(line)] == []
