"""The containers: a Dockerfile whose steps hold together, its health checks, and the compose file around it.

Where a builder is there, CI builds the images; these tests hold what can be held without one.
"""

import http.server
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from typer.testing import CliRunner

from flows.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


class Step(NamedTuple):
    """An instruction of the Dockerfile, in its stage."""

    stage: str
    word: str
    rest: str


def steps() -> list[Step]:
    """Every instruction in its order, continued lines joined."""
    found, stage = [], ""
    for line in re.sub(r"\\\n\s*", "", DOCKERFILE).splitlines():
        if line and not line.startswith("#"):
            word, rest = line.split(" ", 1)
            stage = rest.rsplit(" AS ", 1)[1] if word == "FROM" else stage
            found.append(Step(stage, word, rest))
    return found


STEPS = steps()


def words(stage: str, word: str) -> list[str]:
    """What an instruction says in a stage, in order."""
    return [step.rest for step in STEPS if (step.stage, step.word) == (stage, word)]


def in_context(path: str) -> bool:
    """Whether a file of the repository is sent to the builder."""
    sent = False
    for rule in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        bare = rule.removeprefix("!")
        if bare and not bare.startswith("#") and (fnmatch(path, bare) or path.startswith(f"{bare}/")):
            sent = rule.startswith("!")
    return sent


def test_the_images_are_pinned_and_the_last_ones_run_as_nobody_special() -> None:
    stages = {}
    for step in STEPS:
        if step.word == "FROM":
            image, _, name = step.rest.partition(" AS ")
            stages[name] = image
    assert set(stages) == {"build", "onrecord", "serve", "worker"}
    assert all(image in stages or re.fullmatch(r"[a-z]+:\d+\.\d+-slim", image) for image in stages.values())
    assert stages["serve"] == stages["worker"] == "onrecord"
    [user] = words("onrecord", "USER")
    assert user.isdecimal()
    assert int(user) > 0
    assert not words("serve", "USER") + words("worker", "USER")
    assert f"--uid {user}" in words("onrecord", "RUN")[0]


def test_what_is_copied_is_there_and_sent_and_nothing_else_is() -> None:
    for stage in ("build", "onrecord"):
        for copied in words(stage, "COPY"):
            if not copied.startswith("--from"):
                *sources, _ = copied.split()
                assert all((ROOT / source).exists() and in_context(source) for source in sources), copied
    for kept_back in ("seeds/articles", "output/latest", ".git/config", ".venv/bin/python", "tests/conftest.py"):
        assert not in_context(kept_back)


def test_the_package_is_built_from_what_is_sent(tmp_path: Path) -> None:
    """A wheel from the context has the lexicons and the models."""
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=True)
    for name in filter(in_context, listed.stdout.split("\0")):
        (tmp_path / "context" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "context" / name).symlink_to(ROOT / name)
    how = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(tmp_path)]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *how, str(tmp_path / "context")], check=True, capture_output=True
    )
    [wheel] = tmp_path.glob("*.whl")
    listed = subprocess.run([sys.executable, "-m", "zipfile", "-l", wheel], capture_output=True, text=True, check=True)
    for needed in ("flows/_seeds/lexicons/", "flows/_seeds/models/", "schemas/contracts/2.0.yaml"):
        assert needed in listed.stdout


def test_the_requirements_are_those_of_the_lock_by_hash() -> None:
    assert "--require-hashes --requirement requirements.lock" in words("build", "RUN")[1]
    assert "--no-deps" in words("build", "RUN")[2]


def test_telemetry_is_off_in_every_image() -> None:
    [said] = words("onrecord", "ENV")
    for variable in ("DO_NOT_TRACK=1", "PREFECT_SERVER_ANALYTICS_ENABLED=false", "GX_ANALYTICS_ENABLED=false"):
        assert variable in said
    assert "PREFECT_HOME" not in said, "a build would take it for a server of its user's own"


@pytest.mark.parametrize("stage", ["serve", "worker"])
def test_what_runs_on_is_asked_for_its_health(stage: str) -> None:
    [check] = words(stage, "HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[:3] == ["python", "-m", "flows.runtime.servers.health"]
    assert [("--with-healthcheck" in words(stage, "CMD")[0])] == [command[3:] == ["http://127.0.0.1:8080/health"]]


def test_the_commands_take_what_the_images_give_them() -> None:
    worker = metadata.distribution("prefect").locate_file("prefect/cli/worker.py")
    served = CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "200"}).stdout
    for stage, known in (("serve", served), ("worker", Path(str(worker)).read_text(encoding="utf-8"))):
        assert all(word in known for word in json.loads(words(stage, "CMD")[0]) if word.startswith("--"))


def test_the_services_wait_for_each_other_and_are_well_first() -> None:
    assert set(SERVICES) == {"database", "server", "register", "worker"}
    assert all("healthcheck" in SERVICES[name] for name in ("database", "server"))
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            assert name in SERVICES
            assert how["condition"] in ("service_healthy", "service_completed_successfully")
        if "build" in service:
            assert service["build"]["target"] in {step.stage for step in STEPS}
            assert (ROOT / service["build"]["context"] / "Dockerfile").is_file()


def test_nothing_is_open_to_others_and_no_secret_has_a_default() -> None:
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"\$\{(\w+)", text))
    assert named == {"PREFECT_DB_PASSWORD", "PREFECT_AUTH", "ONRECORD_SEEDS_FOLDER"}
    assert all(re.search(rf"\$\{{{name}:\?", text) for name in named)
    assert not re.search(r"\$\{\w+:-", text)


def test_what_registers_names_what_is_in_the_image() -> None:
    [script] = SERVICES["register"]["command"]
    named = yaml.safe_load((ROOT / "lost-runs.yaml").read_text(encoding="utf-8"))["name"]
    assert f"'{named}'" in script
    assert "--from-file lost-runs.yaml" in script
    [deployment] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert f"work-pool create {deployment['work_pool']['name']} " in script


@pytest.fixture
def answering() -> Iterator[str]:
    """A server that answers /well with 200 and anything else with 503."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/well" else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_health_check_ends_as_its_server_is(answering: str) -> None:
    def code(address: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "flows.runtime.servers.health", address], cwd=ROOT, check=False
        ).returncode

    assert code(f"{answering}/well") == 0
    assert code(f"{answering}/ill") == 1
    assert code("http://127.0.0.1:9/health") == 1
