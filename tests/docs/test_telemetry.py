"""Nobody is called home: in each way of starting that the documents and the containers name, telemetry is off."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks() -> list[tuple[str, str]]:
    """Every indented or fenced block of commands in the documents that starts one of Prefect's own."""
    starts = re.compile(r"^\s*(?:\w+=\S+ )*prefect (?:server|worker|deploy|work-pool|automation)\b", re.M)
    return [
        (page.name, block)
        for page in PAGES
        for block in re.findall(r"(?:^(?:    |\t).*\n)+", page.read_text(encoding="utf-8"), re.M)
        if starts.search(block)
    ]


@pytest.mark.parametrize(("page", "block"), blocks())
def test_documented_commands_of_prefect_are_told_not_to_call_home(page: str, block: str) -> None:
    assert "DO_NOT_TRACK=1" in block
    if "prefect server" in block:
        assert "PREFECT_SERVER_ANALYTICS_ENABLED=false" in block


def test_there_are_such_blocks() -> None:
    assert len(blocks()) >= 2


def test_a_worker_builds_nothing_by_surprise(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.errors import SettingsError
    from flows.flow import scheduled_build

    [deployment] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert deployment["entrypoint"] == "flows.flow.scheduled_build"
    assert not deployment.get("parameters")
    assert scheduled_build.parameters.properties == {}
    for variable in ("ONRECORD_SEEDS", "ONRECORD_OUTPUT"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(SettingsError, match="ONRECORD_SEEDS"):
        scheduled_build.fn()
