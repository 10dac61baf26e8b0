"""The scheduled build for real: a server is started, the deployment is triggered through its API, a snapshot comes."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.e2e.conftest import ROOT, write

PATIENCE = 300


def _call(url: str, body: dict[str, Any] | None = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - a loopback address of our own
        return json.load(answer)


def _until(what: str, ask: Any) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if found := ask():
                return found
        except OSError:
            pass
        time.sleep(1)
    raise AssertionError(f"{what} did not happen within {PATIENCE} seconds")


def test_a_triggered_deployment_publishes_a_snapshot(tmp_path: Path) -> None:
    write(tmp_path / "seeds", range(3))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    serving = subprocess.Popen(
        [
            sys.executable, "-m", "flows", "serve", "--port", str(port), "--home", str(tmp_path / "home"),
            "--seeds", str(tmp_path / "seeds"), "--output", str(tmp_path / "output"),
        ],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    api = f"http://127.0.0.1:{port}/api"
    try:
        deployment = _until("the deployment", lambda: _call(f"{api}/deployments/name/build-snapshot/nightly"))
        assert deployment["concurrency_limit"] == 1 or deployment["global_concurrency_limit"]["limit"] == 1
        assert deployment["schedules"][0]["schedule"]["cron"]
        described = deployment["parameter_openapi_schema"]["properties"]
        assert described["seeds"]["description"] and described["output"]["description"]
        run = _call(f"{api}/deployments/{deployment['id']}/create_flow_run", {})
        final = _until(
            "the end of the run",
            lambda: (
                (r := _call(f"{api}/flow_runs/{run['id']}"))["state"]["type"] in ("COMPLETED", "FAILED", "CRASHED")
                and r
            ),
        )
        assert final["state"]["type"] == "COMPLETED", final["state"]
        assert (tmp_path / "output" / "latest" / "manifest.json").is_file()
        artifacts = _call(f"{api}/artifacts/filter", {"artifacts": {"key": {"any_": ["snapshot"]}}})
        assert ["1.0.0" in artifact["data"] and "report.html" in artifact["data"] for artifact in artifacts] == [True]
    finally:
        os.killpg(serving.pid, signal.SIGTERM)
        serving.wait(timeout=60)
