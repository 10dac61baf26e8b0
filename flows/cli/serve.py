"""`onrecord serve`: a Prefect server on this machine and the scheduled build served from this process."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.errors import SettingsError
from flows.runtime.logs import writes_json
from flows.runtime.servers.prefect_server import SECRET, SERVED_BY, Server
from flows.runtime.signals import run_off_main_thread, stopping

FLOW = "build-snapshot"
STOPPED = "stopped; a build that ran has published nothing"


@dataclass(frozen=True)
class Served:
    """The deployment to serve: its name, what it builds from, where it publishes, and when."""

    name: str
    seeds: str
    output: Path
    cron: str


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


def run_serve(served: Served, port: int, home: Path) -> None:
    """Serve the build until interrupted: on schedule, and whenever its deployment is triggered."""
    os.environ[SERVED_BY] = str(os.getpid())
    if "PREFECT_API_URL" in os.environ:
        with stopping(lambda: None, STOPPED):
            run_off_main_thread(_serve, served, os.environ["PREFECT_API_URL"])
        return
    with _server(port, home) as server:
        os.environ["PREFECT_API_URL"] = server.api
        os.environ["PREFECT_API_AUTH_STRING"] = server.secret
        os.environ["PREFECT_HOME"] = str(home.resolve())
        with stopping(partial(server.stop, 2.0), STOPPED) as end:
            watch = partial(server.end_if_lost, end)
            run_off_main_thread(_serve, served, server.api, home / SECRET, meanwhile=watch)


def _serve(served: Served, api: str, secret: Path | None = None) -> None:
    from rich.console import Console

    from flows.flow import OUTPUT_VARIABLE, SEEDS_VARIABLE, scheduled_build
    from flows.runtime.servers.deployments import claim_deployment

    os.environ[SEEDS_VARIABLE], os.environ[OUTPUT_VARIABLE] = served.seeds, str(served.output)
    deployment = f"{FLOW}/{served.name}"
    tags = claim_deployment(deployment)
    asks = f" and ask for what {secret} says" if secret else ""
    said = f"Serving {deployment} on schedule {served.cron!r}; the pages are at {api.removesuffix('/api')}{asks}"
    if writes_json():
        logging.getLogger("onrecord").warning(said)
    else:
        Console().print(f"{said}. Ctrl-C stops.")
    scheduled_build.serve(
        name=served.name,
        cron=served.cron,
        limit=1,
        global_limit=1,
        description="Builds a snapshot from the seeds folder and publishes it when it passes the gate.",
        tags=["onrecord", *tags],
        print_starting_message=False,
    )
