"""Snapshots over time: what is new, changed and gone shows; ids hold; the same input gives the same bytes."""

import json
import os
from pathlib import Path

import polars as pl

from tests.e2e.conftest import Build, hashes, write


def _table(output: Path, version: str, name: str) -> pl.DataFrame:
    return pl.read_parquet(output / "snapshots" / version / f"{name}.parquet")


def test_ids_hold_while_articles_come_change_and_go(build: Build, tmp_path: Path) -> None:
    seeds, output = tmp_path / "seeds", tmp_path / "output"
    write(seeds, range(10))
    assert build(seeds, output)["version"] == "2.2.0"
    (output / "cache/last-build.json").unlink()  # else the account of the last build would answer
    assert build(seeds, output) == {
        "version": "2.2.0",
        "snapshot": str(output / "snapshots" / "2.2.0"),
        "published": False,
    }

    write(seeds, range(10, 12))
    assert build(seeds, output)["version"] == "2.2.1"
    redirects = _table(output, "2.2.1", "redirects")
    for name, key in (("entities", "entity_id"), ("claims", "claim_id")):
        lost = set(_table(output, "2.2.0", name)[key]) - set(_table(output, "2.2.1", name)[key])
        assert lost <= set(redirects.filter(pl.col("table") == name)["retired_id"])
    before = _table(output, "2.2.0", "entity_mentions").select("mention_id", "entity_id")
    after = _table(output, "2.2.1", "entity_mentions").select("mention_id", now="entity_id")
    both = before.join(after, on="mention_id")
    moved = both.filter(pl.col("entity_id") != pl.col("now"))
    assert both.height == before.height
    assert set(moved["entity_id"]) <= set(redirects["retired_id"])

    (seeds / "0003.txt").unlink()
    write(seeds, range(4, 5), edition=1)
    assert build(seeds, output)["version"] == "2.2.2"
    articles = _table(output, "2.2.2", "articles")
    assert "0003.txt" not in set(articles["source_uri"])
    revised = articles.filter(pl.col("source_uri") == "0004.txt")
    old = _table(output, "2.2.1", "articles").filter(pl.col("source_uri") == "0004.txt")
    assert revised["revision_of"].to_list() == old["article_id"].to_list()
    changes = json.loads((output / "latest" / "manifest.json").read_text())["changes"]
    assert changes["articles"]["added"] == 1 and changes["articles"]["removed"] == 2


def test_the_same_input_gives_the_same_bytes_in_any_order_and_shape(build: Build, tmp_path: Path) -> None:
    from flows.runtime.workers.task_runners import Runner
    from flows.settings import Settings

    one, two = tmp_path / "one", tmp_path / "two"
    write(one, range(9))
    for number in reversed(range(9)):
        write(two, range(number, number + 1))
        os.utime(two / f"{number:04d}.txt", (number, number))
    first = build(one, tmp_path / "a")
    second = build(two, tmp_path / "b", settings=Settings(shard_articles=2), runner=Runner(kind="local", workers=2))
    assert hashes(Path(str(first["snapshot"]))) == hashes(Path(str(second["snapshot"])))


def test_a_changed_setting_reads_again_and_an_unchanged_one_does_not(build: Build, tmp_path: Path) -> None:
    from flows.settings import ExtractSettings, Settings

    seeds, output = tmp_path / "seeds", tmp_path / "output"
    write(seeds, range(3))
    build(seeds, output)
    shards = set((output / "cache").rglob("*.parquet"))
    assert build(seeds, output)["published"] is False
    assert set((output / "cache").rglob("*.parquet")) == shards
    build(seeds, output, settings=Settings(extract=ExtractSettings(narrated=False)))
    assert _table(output, "2.2.1", "claim_mentions").filter(pl.col("attribution") == "narrated").is_empty()
    assert set((output / "cache").rglob("*.parquet")) > shards


def test_thousands_of_inputs_are_published(build: Build, tmp_path: Path) -> None:
    """Every input is named beside the manifest, which does not grow with them."""
    write(tmp_path / "seeds", range(2))
    lines = "\n".join(
        json.dumps({"text": f"Nothing {number}", "url": "https://news.example"}) for number in range(4000)
    )
    (tmp_path / "seeds/short.jsonl").write_text(lines, encoding="utf-8")
    result = build(tmp_path / "seeds", tmp_path / "output")
    manifest = Path(str(result["snapshot"])) / "manifest.json"
    assert json.loads(manifest.read_text(encoding="utf-8"))["inputs"] == {"file": "inputs.parquet", "rows": 4002}
    assert manifest.stat().st_size < 65_536
    assert pl.read_parquet(manifest.with_name("inputs.parquet")).height == 4002
