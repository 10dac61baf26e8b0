"""Nobody is called home: during a whole build no process of it opens a connection that leaves this machine."""

import ipaddress

from tests.conftest import Shipped


def _stays_here(line: str) -> bool:
    place = line.split(" ", 2)[2]
    address = place.split("'")[1] if "'" in place else place
    if address in ("localhost", "") or place.startswith(("'/", "b'", "'\\x00")):  # a socket file, not a host
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def test_no_connection_leaves_this_machine(shipped: Shipped) -> None:
    seen = shipped.connections.read_text(encoding="utf-8").splitlines()
    assert any("127.0.0.1" in line for line in seen), "the build talks to its own server: nothing was listened to"
    assert [line for line in seen if not _stays_here(line)] == []
