"""Take-down: an article that was forgotten, and one that a correction excludes, are told nowhere by name."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.errors import UnknownNameError
from flows.publish import delta
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


def forget(output: Path, article: str) -> dict[str, object]:
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
    assert build(seeds, output)["version"] == "2.1.0"
    assert {"articles.parquet", "inputs.parquet"} <= set(told_in(output / "snapshots/2.1.0"))
    (output / "failed/2.1.0-1").mkdir(parents=True)
    (output / "failed/2.1.0-1/report.html").write_text("Clerk Ada Moss accused")
    runner = CliRunner()
    assert runner.invoke(app, ["publish", str(lake), "--output", str(output)]).exit_code == 0

    done = forget(output, URL)
    assert done["versions"] == ["2.1.0"] and done["places"] == {str(lake): ["0"]}
    assert done["removed_from_cache"] and done["removed_reports"] == ["2.1.0-1"]
    assert not [path for path in told_in(output) if not path.startswith("snapshots/2.1.0/")]

    result = build(seeds, output)
    assert result["version"] == "2.1.1"
    assert told_in(Path(str(result["snapshot"]))) == []
    rejects = pl.read_parquet(output / "latest/rejects.parquet").filter(pl.col("reason") == "excluded")
    assert rejects.height == 3 and rejects["source_uri"].str.starts_with("withheld-").all()
    assert pl.read_parquet(output / "latest/articles.parquet").height == 2

    commands = forget(output, URL)["commands"]
    assert isinstance(commands, list) and len(commands) == 2
    for command in commands:
        assert runner.invoke(app, command.split()[1:], catch_exceptions=False).exit_code == 0, command
    assert told_in(output) == [] and told_in(lake) == []
    assert delta.holding(str(lake), pl.read_parquet(output / "latest/articles.parquet")["article_id"]) != []
    assert forget(output, URL) == {**forget(output, URL), "versions": [], "places": {}, "commands": []}
    assert build(seeds, output)["published"] is False


def test_a_name_that_nothing_has_is_an_error(tmp_path: Path) -> None:
    publish(tmp_path / "output", documents(1))
    with pytest.raises(UnknownNameError):
        forget(tmp_path / "output", "https://nobody.example/")
    assert not (tmp_path / "output/forgotten.json").exists()
