"""The main job as a newcomer starts it: a folder in, a snapshot out, read by every reader that people use."""

import gzip
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from schemas.tables import TABLES
from schemas.vocabularies import NOTES
from tests.conftest import Shipped
from tests.e2e.conftest import Build

Run = Callable[..., subprocess.CompletedProcess[str]]

GERMAN = (
    "Die Regierung hat am Montag beschlossen, den Haushalt für das kommende Jahr um zwei Milliarden Euro zu kürzen. "
    "Der Finanzminister sagte, die Lage sei ernst, aber man werde die Schulen und Krankenhäuser nicht anrühren."
)
LATIN_1 = (
    "The café owners' association said on Tuesday that its members would close for a day. “It is a protest,” "
    "said Renée Müller, who leads the association in the old town."
)


def test_a_good_run_tells_what_it_published_and_nothing_else(shipped: Shipped) -> None:
    out, err = shipped.stdout, shipped.stderr
    assert "2.2.0" in out
    assert not re.search(r"Traceback|Warning|Error|CancelledError", out + err)
    stages = dict.fromkeys(line.split(":")[0] for line in err.splitlines())  # a slow machine says how far a stage is
    assert list(stages) == ["ingest", "extract", "resolve", "validate", "publish"]


def test_every_reader_reads_every_table(shipped: Shipped) -> None:
    latest = shipped.output / "latest"
    for name, table in TABLES.items():
        path = latest / f"{name}.parquet"
        frame = pl.read_parquet(path)
        assert tuple(frame.columns) == table.columns
        assert len(pd.read_parquet(path)) == frame.height
        assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(frame.height,)]  # noqa: S608 - a path of the test


def test_every_shipped_article_is_in_the_snapshot_with_claims(shipped: Shipped) -> None:
    latest = shipped.output / "latest"
    articles = pl.read_parquet(latest / "articles.parquet")
    claims = pl.read_parquet(latest / "claim_mentions.parquet")
    assert articles.height == 5
    assert set(claims["article_id"]) == set(articles["article_id"])
    attributed = claims.filter(pl.col("attribution") != "narrated")
    assert attributed["speaker_surface"].null_count() < attributed.height / 2
    assert attributed["cue"].null_count() == 0


def test_an_unchanged_rerun_publishes_nothing_and_says_so(shipped: Shipped, run_onrecord: Run) -> None:
    output = shipped.output
    before = sorted(p.name for p in (output / "snapshots").iterdir())
    again = run_onrecord("build", "seeds/articles", env={"ONRECORD_OUTPUT": str(output)})
    assert again.returncode == 0, again.stderr
    assert "nothing has changed" in again.stdout.lower()
    assert sorted(p.name for p in (output / "snapshots").iterdir()) == before
    assert not (output / ".work").exists()


def test_bad_files_are_rejected_each_for_its_own_reason(build: Build, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for article in Path("seeds/articles").iterdir():
        (seeds / article.name).write_bytes(article.read_bytes())
    (seeds / "empty.txt").write_bytes(b"")
    (seeds / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (seeds / "latin-1.txt").write_bytes(LATIN_1.replace("“", '"').replace("”", '"').encode("latin-1"))
    (seeds / "utf-16.txt").write_bytes(LATIN_1.replace("café", "hotel").encode("utf-16"))
    (seeds / "half.html").write_text("<html><head><title>Half a page</title></head><body><p>The minis")
    (seeds / "broken.json").write_text('{"title": "Broken", "text": "The sentence was never')
    (seeds / "deutsch.txt").write_text(GERMAN, encoding="utf-8")
    (seeds / "cut.txt.gz").write_bytes(gzip.compress(LATIN_1.encode() * 50)[:-40])
    with (seeds / "letters.txt").open("wb") as sink:
        for _ in range(200):
            sink.write(b"a" * 2**20)
    assert build(seeds, tmp_path / "output")["published"]
    latest = tmp_path / "output" / "latest"
    rejects = pl.read_parquet(latest / "rejects.parquet").filter(pl.col("stage") == "ingest")
    told = rejects.filter(~pl.col("reason").is_in([*NOTES]))  # what is noted of articles that stay
    reasons = dict(told.select("source_uri", "reason").iter_rows())
    assert reasons == {
        "empty.txt": "empty",
        "picture.txt": "binary",
        "half.html": "truncated",
        "broken.json": "malformed",
        "deutsch.txt": "not_english",
        "cut.txt.gz": "truncated",
        "letters.txt": "too_large",
    }
    texts = pl.read_parquet(latest / "articles.parquet")
    assert texts.height == 7
    by_uri = dict(texts.select("source_uri", "text").iter_rows())
    assert "café" in by_uri["latin-1.txt"] and "Müller" in by_uri["utf-16.txt"]


@pytest.mark.parametrize("folder", ["missing", "hollow"])
def test_nothing_to_read_is_one_clear_sentence_and_exit_2(run_onrecord: Run, tmp_path: Path, folder: str) -> None:
    """Said before anything is started or made."""
    (tmp_path / "hollow").mkdir()
    done = run_onrecord("build", "--seeds", tmp_path / folder, "--output", tmp_path / "output")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1 and folder in done.stderr
    assert not (tmp_path / "output").exists()


def test_the_manifest_accounts_for_every_input(shipped: Shipped) -> None:
    latest = shipped.output / "latest"
    manifest = json.loads((latest / "manifest.json").read_text())
    articles = set(pl.read_parquet(latest / "articles.parquet")["article_id"])
    inputs = pl.read_parquet(latest / manifest["inputs"]["file"]).to_dicts()
    assert len(inputs) == manifest["inputs"]["rows"]
    assert all(len(row["sha256"]) == 64 and row["bytes"] > 0 for row in inputs)
    assert {row["article_id"] for row in inputs} - {None} == articles
    assert all((row["article_id"] is None) != (row["reason"] is None) for row in inputs)
