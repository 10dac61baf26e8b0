"""`onrecord serve`: a Prefect server on this machine and the scheduled build served from this process."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import SettingsError

DEPLOYMENT = "nightly"
START_SECONDS = 180.0


def _healthy(api: str) -> bool:
    try:
        with urllib.request.urlopen(f"{api}/health", timeout=2) as answer:  # noqa: S310 - a loopback address of ours
            return json.load(answer) is True
    except (urllib.error.URLError, OSError, ValueError):
        return False


@contextmanager
def _server(port: int, home: Path) -> Iterator[str]:
    """A Prefect server as a child process, stopped when the block ends. Raises SettingsError if it does not start."""
    api = f"http://127.0.0.1:{port}/api"
    if _healthy(api):
        raise SettingsError(f"a server already answers at {api}; stop it, or choose another --port")
    home.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PREFECT_HOME": str(home.resolve()), "PREFECT_API_URL": api}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own arguments
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _healthy(api):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SettingsError(f"the Prefect server did not start on port {port}; is the port taken? try --port")
            time.sleep(0.5)
        yield api
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def run_serve(seeds: str, output: Path, cron: str, port: int, home: Path) -> None:
    """Serves the build until interrupted: on schedule, and whenever its deployment is triggered."""
    if "PREFECT_API_URL" in os.environ:
        _serve(seeds, output, cron, os.environ["PREFECT_API_URL"])
        return
    with _server(port, home) as api:
        os.environ["PREFECT_API_URL"] = api
        os.environ["PREFECT_HOME"] = str(home.resolve())
        _serve(seeds, output, cron, api)


def _serve(seeds: str, output: Path, cron: str, api: str) -> None:
    from rich.console import Console

    from flows.flow import build_snapshot

    Console().print(
        f"Serving build-snapshot/{DEPLOYMENT} on schedule {cron!r}; the pages are at {api.removesuffix('/api')}. "
        "Ctrl-C stops."
    )
    build_snapshot.serve(
        name=DEPLOYMENT,
        cron=cron,
        parameters={"seeds": seeds, "output": str(output)},
        limit=1,
        global_limit=1,
        description="Builds a snapshot from the seeds folder and publishes it when it passes the gate.",
        tags=["onrecord"],
        print_starting_message=False,
    )
