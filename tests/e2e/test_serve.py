"""The scheduled build for real: a server is started, its deployment triggered, a snapshot comes; nothing is left."""

import base64
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from tests.conftest import own_environment
from tests.e2e.conftest import ROOT, write

PATIENCE = 300
SECRETS: dict[str, str] = {}
"""What the servers of these tests ask for, by their address."""


def _call(url: str, body: dict[str, Any] | None = None, secret: str = "") -> Any:
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Content-Type": "application/json", "Origin": "http://another.example"}
    if known := secret or SECRETS.get(url.split("/api", maxsplit=1)[0], ""):
        headers["Authorization"] = f"Basic {base64.b64encode(known.encode()).decode()}"
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310 - as below
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - a loopback address of our own
        assert answer.headers["Access-Control-Allow-Origin"] is None, "a page of another site may read this"
        return json.load(answer)


def _until(what: str, ask: Any) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if found := ask():
                return found
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{what} did not happen within {PATIENCE} seconds")


def _serve(
    folder: Path, port: int, seeds: str = "seeds", output: str = "output", name: str = "nightly", **variables: str
) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.err").open("wb") as said:
        return subprocess.Popen(
            [
                sys.executable, "-m", "flows", "serve", "--port", str(port), "--home", str(folder / "home"),
                "--seeds", str(folder / seeds), "--output", str(folder / output), "--name", name,
            ],
            cwd=ROOT, env=own_environment(**variables), stdout=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip


def _another_takes_nothing_over(folder: Path, api: str, served: subprocess.Popen[bytes]) -> None:
    """A second `serve` at one server is refused, is welcome by another name, and goes on where it was killed."""
    known = {"PREFECT_API_URL": api, "PREFECT_API_AUTH_STRING": SECRETS[api.removesuffix("/api")]}
    second = _serve(folder, 1, **known)
    assert second.wait(timeout=PATIENCE) == 2
    said = " ".join((folder / f"{second.args[-1]}.err").read_text().split())
    assert f"build-snapshot/nightly is served already by process {served.pid} of" in said

    def weekly() -> str | None:
        found = _call(f"{api}/deployments/name/build-snapshot/weekly")
        return next((tag for tag in found["tags"] if tag.startswith("served-by:")), None)

    for _ in range(2):
        other = _serve(folder, 1, name="weekly", **known)
        try:
            _until("its deployment", lambda of=f":{other.pid}:": of in (weekly() or ""))
        finally:
            other.kill()
            other.wait()


def _ends(serving: subprocess.Popen[bytes], sent: signal.Signals, processes: int, to: str = "") -> int:
    """The exit code of the served process on a signal; nothing that it had started may outlive it.

    to: word in the command line of the process that the signal goes to instead.
    """
    children = psutil.Process(serving.pid).children(recursive=True)
    assert len(children) >= processes
    if to:
        next(child for child in children if any(to in word for word in child.cmdline())).send_signal(sent)
    else:
        serving.send_signal(sent)
    code = serving.wait(timeout=60)
    _, left = psutil.wait_procs(children, timeout=20)
    assert not [process for process in left if process.status() != psutil.STATUS_ZOMBIE]
    return code


def _endless(seeds: Path) -> None:
    """Make a folder with an article that takes long to read."""
    seeds.mkdir()
    text = "The mayor said on Monday that the road would be closed. “No, ” " + "said the mayor of the town " * 20_000
    (seeds / "long.txt").write_text(text, encoding="utf-8")


def _is_refused(url: str, secret: str) -> bool:
    try:
        _call(url, {}, secret)
    except urllib.error.HTTPError as error:
        return error.code == 401
    return False


def test_a_triggered_deployment_publishes_and_nothing_outlives_its_server(tmp_path: Path) -> None:
    write(tmp_path / "seeds", range(3))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    api = f"http://127.0.0.1:{port}/api"
    serving = _serve(tmp_path, port)
    secret = tmp_path / "home" / "api-secret"
    try:
        SECRETS[f"http://127.0.0.1:{port}"] = _until(
            "a secret", lambda: secret.is_file() and secret.read_text().strip()
        )
        assert secret.stat().st_mode & 0o077 == 0
        deployment = _until("the deployment", lambda: _call(f"{api}/deployments/name/build-snapshot/nightly"))
        assert deployment["concurrency_limit"] == 1 or deployment["global_concurrency_limit"]["limit"] == 1
        assert deployment["schedules"][0]["schedule"]["cron"]
        assert deployment["parameter_openapi_schema"]["properties"] == {}, "whoever starts a run may choose its folders"
        trigger = f"{api}/deployments/{deployment['id']}/create_flow_run"
        assert _is_refused(trigger, "onrecord:guessed")
        run = _until("a run", lambda: _call(trigger, {}))
        assert _state(api, run, "COMPLETED", "FAILED", "CRASHED")["type"] == "COMPLETED"
        assert (tmp_path / "output" / "latest" / "manifest.json").is_file()
        scheduled = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
        planned = _until("a planned run", lambda: _call(f"{api}/flow_runs/filter", scheduled))
        assert all(run["deployment_id"] == deployment["id"] for run in planned)
        artifacts = _call(f"{api}/artifacts/filter", {"artifacts": {"key": {"any_": ["snapshot"]}}})
        assert ["2.2.0" in artifact["data"] and "report.html" in artifact["data"] for artifact in artifacts] == [True]
        names = {run["name"] for run in _call(f"{api}/flow_runs/filter", {})}
        assert {"ingest", "extract", "resolve", "validate", "stage", "gate", "publish"} <= names
        _until("the counts of a stage in the logs", lambda: _logged(api, "ingest: 3 articles, 0 rejects"))
        assert "telemetry" not in (tmp_path / "home" / "server.log").read_text(), "the server calls home"
        _another_takes_nothing_over(tmp_path, api, serving)

        assert _ends(serving, signal.SIGKILL, processes=1) == -signal.SIGKILL
        _endless(tmp_path / "long")
        lost = None
        for sent, to, code in ((signal.SIGTERM, "", 143), (signal.SIGKILL, "prefect_server", 3)):
            serving = _serve(tmp_path, port, "long", output := f"other{code}")
            if lost:
                assert _state(api, lost, "CRASHED")["message"] == "the process that ran this is gone"
                assert _call(f"{api}/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["RUNNING"]}}}}) == []
            lost = _until("a run", lambda: _call(trigger, {}))
            _until("extraction", lambda of=output: list((tmp_path / of).glob(".work/*/extract-*")))
            assert _ends(serving, sent, processes=2, to=to) == code
            assert not (tmp_path / output / "latest").exists()
    finally:
        serving.kill()
        serving.wait()


def _logged(api: str, message: str) -> bool:
    """Whether the server has a log line."""
    return message in {line["message"] for line in _call(f"{api}/logs/filter", {"limit": 200})}


def _state(api: str, run: dict[str, Any], *types: str) -> dict[str, Any]:
    """The state of a run once it is one of some types."""

    def ask() -> dict[str, Any] | None:
        state = _call(f"{api}/flow_runs/{run['id']}")["state"]
        return state if state["type"] in types else None

    return _until(f"a run that is {' or '.join(types)}", ask)
