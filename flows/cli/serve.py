"""`onrecord serve`: a Prefect server on this machine and the scheduled build served from this process."""

import base64
import json
import os
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from flows.errors import SettingsError
from flows.runtime.prefect_server import SECRET, SERVED_BY, Server
from flows.runtime.signals import run_off_main_thread, stopping

DEPLOYMENT = "nightly"
STOPPED = "stopped; a build that ran has published nothing"


@contextmanager
def _server(port: int, home: Path) -> Iterator[Server]:
    """A server with its state in `home`, stopped when the block ends; SettingsError on a taken port."""
    home.mkdir(parents=True, exist_ok=True)
    try:
        listening = socket.create_server(("127.0.0.1", port), backlog=128)
    except OSError as error:
        raise SettingsError(
            f"port {port} cannot be listened on: {error.strerror}; stop what has it, or choose another --port"
        ) from error
    with listening:
        server = Server(listening, home, home / "server.log", {})
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def run_serve(seeds: str, output: Path, cron: str, port: int, home: Path) -> None:
    """Serve the build until interrupted: on schedule, and whenever its deployment is triggered."""
    os.environ[SERVED_BY] = str(os.getpid())
    if "PREFECT_API_URL" in os.environ:
        with stopping(lambda: None, STOPPED):
            run_off_main_thread(_serve, seeds, output, cron, os.environ["PREFECT_API_URL"])
        return
    with _server(port, home) as server:
        os.environ["PREFECT_API_URL"] = server.api
        os.environ["PREFECT_API_AUTH_STRING"] = server.secret
        os.environ["PREFECT_HOME"] = str(home.resolve())
        _close_lost_runs(server)
        with stopping(partial(server.stop, 2.0), STOPPED):
            run_off_main_thread(_serve, seeds, output, cron, server.api, home / SECRET)


def _close_lost_runs(server: Server) -> None:
    """Marks runs as crashed that a server of an earlier time takes for running: they would keep the one place."""
    unfinished = {"flow_runs": {"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}}}
    for run in _call(server, "/flow_runs/filter", unfinished):
        crashed = {"type": "CRASHED", "message": "the process that ran this is gone"}
        _call(server, f"/flow_runs/{run['id']}/set_state", {"state": crashed, "force": True})


def _call(server: Server, path: str, body: dict[str, Any]) -> Any:
    known = base64.b64encode(server.secret.encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {known}"}
    request = urllib.request.Request(  # noqa: S310 - the server that this process has started
        f"{server.api}{path}", data=json.dumps(body).encode(), headers=headers
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
        return json.load(answer)


def _serve(seeds: str, output: Path, cron: str, api: str, secret: Path | None = None) -> None:
    from rich.console import Console

    from flows.flow import SERVED_OUTPUT, SERVED_SEEDS, scheduled_build

    os.environ[SERVED_SEEDS], os.environ[SERVED_OUTPUT] = seeds, str(output)
    asks = f" and ask for what {secret} says" if secret else ""
    Console().print(
        f"Serving build-snapshot/{DEPLOYMENT} on schedule {cron!r}; the pages are at {api.removesuffix('/api')}{asks}. "
        "Ctrl-C stops."
    )
    scheduled_build.serve(
        name=DEPLOYMENT,
        cron=cron,
        limit=1,
        global_limit=1,
        description="Builds a snapshot from the seeds folder and publishes it when it passes the gate.",
        tags=["onrecord"],
        print_starting_message=False,
    )
