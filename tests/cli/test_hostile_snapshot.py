"""A snapshot of somebody else whose every text tries to act on the terminal: no command lets it."""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from schemas.tables import TABLES
from tests.builders.synthetic import documents, publish

EVIL = "\x1b]0;mine\x07\x1b[31m\x9b5m\x7f\u202e\u2066\u200f\r"
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")
COMMANDS = [
    *(f"show {what}{form}" for what in ("claims", "speakers", "entities", "conflicts", "stories", "articles", "rejects")
      for form in ("", " --json", " --jsonl")),
    "quotes", "quotes --cite", "quotes --json", "versions", "versions --json", "validate", "validate --json",
    "diff 2.2.0 2.2.1", "diff 2.2.0 2.2.1 --json", "report", "prune --keep 1 --dry-run", "quotes nobody",
    "show article {article_id}", "show claim {claim_id}", "show article {article_id} --json",
]  # fmt: skip


def poisoned(value: Any) -> Any:
    """The value with every text in it that no command reads as a name of something."""
    if isinstance(value, dict):
        return {k: v if k in ("versions", "version", "parent", "latest") else poisoned(v) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(one) for one in value]
    return f"{value}{EVIL}" if isinstance(value, str) and not re.fullmatch(r"[0-9.]+|[0-9a-f]{64}", value) else value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An output folder of two versions, all of whose texts are hostile; an id of an article and of a claim."""
    output = tmp_path_factory.mktemp("hostile")
    for size in (3, 5):
        publish(output, documents(size))
    for folder in (output / "snapshots").iterdir():
        for name in TABLES:
            frame = pl.read_parquet(folder / f"{name}.parquet")
            texts = [c for c, kind in frame.schema.items() if kind == pl.String and not c.endswith("_id")]
            frame.with_columns(pl.col(texts) + EVIL).write_parquet(folder / f"{name}.parquet")
        manifest = json.loads((folder / "manifest.json").read_text())
        for field in ("created_at", "inputs", "settings", "lock_sha256"):
            manifest[field] = poisoned(manifest[field])
        (folder / "manifest.json").write_text(json.dumps(manifest))
        (folder / "report.html").touch()
    history = json.loads((output / "versions.json").read_text())
    for entry in history["versions"]:
        entry["created_at"] += EVIL
    (output / "versions.json").write_text(json.dumps(history))
    claims = pl.read_parquet(output / "latest" / "claim_mentions.parquet").row(0, named=True)
    return output, {"article_id": claims["article_id"], "claim_id": claims["claim_id"]}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_acts_on_the_terminal(hostile: tuple[Path, dict[str, str]], command: str) -> None:
    output, ids = hostile
    done = CliRunner().invoke(app, [*command.format(**ids).split(), "--output", str(output)])
    said = done.output + str(done.exception or "")
    assert not isinstance(done.exception, KeyError | TypeError | ValueError), done.exception
    assert said.strip() or command.endswith("--jsonl")
    assert not ACTS.search(done.output), repr(ACTS.findall(done.output))
