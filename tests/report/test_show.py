"""`onrecord show` and `onrecord report`, as somebody at a terminal uses them."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import polars as pl
import pytest
from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner

from flows.cli.main import app
from flows.report import queries
from flows.report.terminal.build_summary import summary
from flows.report.terminal.tables import Form, show_rows
from flows.report.terminal.up_to_date import unchanged
from flows.snapshots import open_snapshot
from tests.builders import report_corpus
from tests.report.conftest import HOSTILE

UNSEEN = "\x00\x07\x1b\u009b\u200e\u200f\u202e\u2066"


def run(*arguments: object) -> str:
    """What a command prints; it must end well."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("what", ["claims", "speakers", "entities", "conflicts", "articles", "rejects"])
def test_every_table_is_readable_and_says_when_it_is_cut(output: Path, what: str) -> None:
    shown = run("show", what, "--output", output, "--limit", 2)
    rows = json.loads(run("show", what, "--output", output, "--limit", 0, "--json"))
    assert f"2 of {len(rows)} {what}; --limit 0 shows all." in shown


def test_json_holds_every_row_that_the_filters_leave(output: Path) -> None:
    rows = json.loads(run("show", "claims", "--output", output, "--speaker", "Okoro", "--min-articles", 2, "--json"))
    assert rows
    assert all("Adaeze Okoro" in row["speakers"] and row["article_count"] >= 2 for row in rows)


def test_entities_of_one_kind(output: Path) -> None:
    rows = json.loads(run("show", "entities", "--output", output, "--type", "ORG", "--json"))
    assert {row["entity_type"] for row in rows} == {"ORG"}


def test_nothing_found_is_said(output: Path) -> None:
    assert "No claims fit these filters." in run("show", "claims", "--output", output, "--contains", "volcano")


def test_an_article_by_its_file_shows_its_claims(output: Path) -> None:
    shown = run("show", "article", "articles/00003.md", "--output", output)
    assert "Marks: [kind: the words of a claim], {speaker}, <cue>." in shown
    assert "Claims (6)" in shown
    assert "harbour" in shown
    as_data = json.loads(run("show", "article", "articles/00003.md", "--output", output, "--json"))
    assert len(as_data["claims"]) == 6


def test_words_that_fit_several_articles_ask_for_more(
    output: Path, run_onrecord: Callable[..., CompletedProcess[str]]
) -> None:
    done = run_onrecord("show", "article", "harbour", "--output", output)
    assert done.returncode == 2
    assert "24 articles fit 'harbour'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_gets_no_control_character_from_an_article(hostile_output: Path) -> None:
    for what in ("claims", "speakers", "entities", "articles"):
        shown = run("show", what, "--output", hostile_output, "--limit", 0)
        assert not set(UNSEEN) & set(shown)
        assert "window.pwned" in shown
    assert not set(UNSEEN) & set(run("show", "article", HOSTILE, "--output", hostile_output))


@pytest.mark.parametrize("form", ["--json", "--jsonl"])
def test_json_acts_on_no_terminal_and_loses_nothing(hostile_output: Path, form: str) -> None:
    shown = run("show", "claims", "--output", hostile_output, "--limit", 0, form)
    assert not set(UNSEEN) & set(shown)
    rows = json.loads(shown) if form == "--json" else [json.loads(line) for line in shown.splitlines()]
    texts = pl.read_parquet(hostile_output / "latest" / "claims.parquet")["text"].to_list()
    assert sorted(row["text"] for row in rows) == sorted(texts)


@pytest.mark.parametrize("what", ["claims", "speakers", "entities", "conflicts", "stories", "articles", "rejects"])
def test_json_has_every_column_of_the_table(output: Path, what: str) -> None:
    rows = json.loads(run("show", what, "--output", output, "--json"))
    table = {"speakers": "entities", "conflicts": "claim_conflicts"}.get(what, what)
    assert {*pl.read_parquet_schema(output / "latest" / f"{table}.parquet")} <= rows[0].keys()


def test_csv_has_the_rows_of_json(output: Path) -> None:
    shown = pl.read_csv(run("show", "claims", "--output", output, "--limit", 0, "--csv").encode())
    rows = json.loads(run("show", "claims", "--output", output, "--limit", 0, "--json"))
    assert shown["claim_id"].to_list() == [row["claim_id"] for row in rows]
    assert shown["speakers"].fill_null("").to_list() == ["; ".join(row["speakers"]) for row in rows]


@pytest.mark.parametrize("what", ["claims", "speakers", "entities", "conflicts", "stories", "articles"])
def test_a_narrow_terminal_keeps_names_and_drops_ids(output: Path, what: str) -> None:
    shown = Console(width=60, file=io.StringIO(), force_terminal=True, no_color=True)
    found = getattr(queries, what)(open_snapshot(output=output))
    show_rows(shown, what, found, 0, Form.PLAIN)
    text = shown.file.getvalue()
    assert max(map(len, Text.from_ansi(text).plain.splitlines())) <= 60
    assert not re.search(r"\b(clm|ent|art|str|cfl)_[0-9a-f]{16}", text)
    if what == "speakers":
        assert all(name in text for name in found["name"])


def test_a_claim_by_its_id_has_every_wording(output: Path) -> None:
    row = pl.read_parquet(output / "latest" / "claims.parquet").sort("mention_count").row(-1, named=True)
    shown = run("show", "claim", row["claim_id"], "--output", output)
    assert shown.count("(indirect") + shown.count("(direct") + shown.count("(mixed") + shown.count("own voice") >= 2
    data = json.loads(run("show", "claim", row["claim_id"], "--output", output, "--json"))
    assert len(data["mentions"]) == row["mention_count"]
    assert {mention["claim_id"] for mention in data["mentions"]} == {row["claim_id"]}


def test_a_retired_id_leads_to_the_claim_that_it_became(tmp_path: Path) -> None:
    folder = report_corpus.build(tmp_path / "led", articles=3)
    current = pl.read_parquet(folder / "claims.parquet")["claim_id"][0]
    led = {"table": "claims", "retired_id": "clm_00000000000000aa", "current_id": current, "since_version": "2.2.1"}
    pl.DataFrame([led]).write_parquet(folder / "redirects.parquet")
    assert current in run("show", "claim", led["retired_id"], "--version", folder)


def test_a_story_by_words_of_its_title_has_its_articles(output: Path) -> None:
    story = pl.read_parquet(output / "latest" / "stories.parquet").row(0, named=True)
    data = json.loads(run("show", "story", story["story_id"], "--output", output, "--json"))
    assert len(data["articles"]) == story["article_count"]
    assert story["title"] in run("show", "story", story["title"], "--output", output)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "claims", "--speaker", "Renm"), "no speaker is called 'Renm'; nearest: Tobias Renn"),
        (("show", "articles", "--outlet", "Daily Leger"), "no outlet is called 'Daily Leger'; nearest: Daily Ledger"),
        (("quotes", "Okorro"), "no speaker is called 'Okorro'; nearest: Adaeze Okoro"),
        (("show", "claim", "clm_0000000000000000"), "no claim is called 'clm_0000000000000000'"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    output: Path, run_onrecord: Callable[..., CompletedProcess[str]], arguments: tuple[str, ...], said: str
) -> None:
    done = run_onrecord(*arguments, env={"ONRECORD_OUTPUT": str(output)})
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_the_articles_of_a_build_are_named_once(
    tmp_path: Path, run_onrecord: Callable[..., CompletedProcess[str]]
) -> None:
    done = run_onrecord("build", "one", "--seeds", "two", "-o", tmp_path)
    assert done.returncode == 2
    assert "the folder one and --seeds two exclude each other" in done.stderr


def test_quotes_say_when_where_who_and_the_exact_words(output: Path) -> None:
    shown = run("quotes", "renn", "--outlet", "ledger", "--about", "breakwater", "--output", output, "--limit", 0)
    rows = json.loads(
        run("quotes", "renn", "--outlet", "ledger", "--about", "breakwater", "--output", output, "--limit", 0, "--json")
    )
    assert rows
    assert {row["speakers"] for row in rows} == {"Tobias Renn"}
    assert {row["publisher"] for row in rows} == {"Daily Ledger"}
    assert all(row["text"] in shown for row in rows)
    assert shown.count("Daily Ledger") == shown.count("Tobias Renn") == len(rows)
    dates = [row["published_on"] for row in rows if row["published_on"]]
    assert dates == sorted(dates, reverse=True)


def test_the_report_is_found_and_made_anew(output: Path, tmp_path: Path) -> None:
    published = output / "snapshots" / "2.2.1" / "report.html"
    assert run("report", "--output", output).strip() == str(published)
    anew = tmp_path / "anew.html"
    run("report", "2.2.1", "--output", output, "--to", anew)
    assert anew.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_summary_has_what_a_person_asks_first(output: Path) -> None:
    console = Console(width=110, record=True, file=(output / "summary.txt").open("w", encoding="utf-8"))
    console.print(summary(output / "snapshots" / "2.2.1"))
    shown = console.export_text()
    for wanted in (
        "version 2.2.1",
        "Most on record",
        "Claims that several articles make",
        "Possible conflicts",
        "report.html",
    ):
        assert wanted in shown


def test_an_unchanged_build_says_so_and_repeats_nothing(output: Path) -> None:
    console = Console(width=110, record=True, file=(output / "summary.txt").open("w", encoding="utf-8"))
    console.print(unchanged(output / "snapshots" / "2.2.1"))
    shown = console.export_text()
    assert "Nothing has changed" in shown
    assert "Most on record" not in shown
