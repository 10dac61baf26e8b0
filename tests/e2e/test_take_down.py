"""Take-down: an article that was forgotten, and one that a correction excludes, are told nowhere by name."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli import forget as command_line
from flows.cli.main import app
from flows.errors import UnknownNameError
from flows.publish import delta
from flows.snapshots.take_downs.targets import Target, remember
from tests.builders.synthetic import documents, publish
from tests.e2e.conftest import Build, write

URL = "https://moss.example/2024/clerk-ada-moss-accused"
WORDS = ("moss", "Moss", "MOSS")


def seeds_with_moss(seeds: Path) -> None:
    """Two articles that stay, one that is to be forgotten (twice, as two files), one that a correction excludes."""
    write(seeds, range(2))
    told = "\n\nClerk Ada Moss, treasurer of Varnik, said on Monday that the ledger had been lost.\n\nThe court rose.\n"
    page = f"---\ntitle: Clerk Ada Moss accused\nurl: {URL}\n---{told}"
    (seeds / "clerk-ada-moss-accused.md").write_text(page, encoding="utf-8")
    (seeds / "copy-of-moss.md").write_text(page.replace("2024", "2025"), encoding="utf-8")
    (seeds / "moss-again.txt").write_text(
        "Ada Moss is named\n\nNeighbours of Ada Moss said on Friday that the house was empty.\n", encoding="utf-8"
    )
    entry = "match: {source_uri: 'moss-again*'}\n    action: exclude\n    reason: asked for by the person\n"
    (seeds / "corrections.yml").write_text(f"corrections:\n  - {entry}", encoding="utf-8")


def forget(output: Path, article: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["forget", article, "--output", str(output), "--json"], catch_exceptions=False)
    assert done.exit_code == 0
    return json.loads(done.stdout)


def told_in(folder: Path) -> list[str]:
    """Files that say a word of it, or bear it in their name; of tables, rows do."""
    named = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        if path.suffix == ".parquet":
            said = str(pl.read_parquet(path).to_dicts())
        else:
            said = path.read_text(encoding="utf-8", errors="replace") + str(path.name)
        if any(word in said for word in WORDS):
            named.append(str(path.relative_to(folder)))
    return named


def test_what_was_forgotten_is_in_nothing_that_comes_after(build: Build, tmp_path: Path) -> None:
    seeds, output, lake = tmp_path / "seeds", tmp_path / "output", tmp_path / "lake"
    seeds_with_moss(seeds)
    assert build(seeds, output)["version"] == "2.2.0"
    assert {"articles.parquet", "inputs.parquet"} <= set(told_in(output / "snapshots/2.2.0"))
    (output / "failed/2.2.0-1").mkdir(parents=True)
    (output / "failed/2.2.0-1/report.html").write_text("Clerk Ada Moss accused")
    runner = CliRunner()
    assert runner.invoke(app, ["publish", str(lake), "--output", str(output)]).exit_code == 0

    done = forget(output, URL)
    assert done["versions"] == ["2.2.0"] and done["places"] == {str(lake): ["0"]}
    assert done["removed_from_cache"] and done["removed_reports"] == ["2.2.0-1"]
    assert not [path for path in told_in(output) if not path.startswith("snapshots/2.2.0/")]
    assert done["commands"][0] == f"onrecord build --seeds YOUR_SEEDS --output {output}", "not of the sample articles"

    result = build(seeds, output)
    assert result["version"] == "2.2.1"
    assert told_in(Path(str(result["snapshot"]))) == []
    rejects = pl.read_parquet(output / "latest/rejects.parquet").filter(pl.col("reason") == "excluded")
    assert rejects.height == 3 and rejects["source_uri"].str.starts_with("withheld-").all()
    assert pl.read_parquet(output / "latest/articles.parquet").height == 2

    commands = forget(output, URL)["commands"]
    assert len(commands) == 2
    for command in commands:
        assert runner.invoke(app, command.split()[1:], catch_exceptions=False).exit_code == 0, command
    assert told_in(output) == [] and told_in(lake) == []
    assert delta.holding(str(lake), pl.read_parquet(output / "latest/articles.parquet")["article_id"]) != []
    assert forget(output, URL) == {**forget(output, URL), "versions": [], "places": {}, "commands": []}
    assert forget(output, "clerk-ada-moss-accused.md")["commands"] == [], "asked once more, by the name of its file"
    assert build(seeds, output)["published"] is False


def test_commands_lead_to_the_same_store_and_show_no_secret(tmp_path: Path) -> None:
    for place in (str(tmp_path / "lake"), "s3://lake/news"):
        remember(tmp_path, Target(place, "delta"))
    options = {"endpoint_url": "http://ada:pass@minio:9000", "aws_secret_access_key": "pass"}
    held = {str(tmp_path / "lake"): ["0"], "s3://lake/news": ["0"]}
    here, there = sorted(command_line._of_places(tmp_path, held, options))
    assert there.endswith("--storage 'endpoint_url=http://***@minio:9000' --storage 'aws_secret_access_key=***'")
    assert "--storage" not in here


def test_a_name_that_nothing_has_is_an_error(tmp_path: Path) -> None:
    publish(tmp_path / "output", documents(1))
    with pytest.raises(UnknownNameError):
        forget(tmp_path / "output", "https://nobody.example/")
    assert not (tmp_path / "output/forgotten.json").exists()
