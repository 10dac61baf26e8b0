"""`onrecord show` and `onrecord report`, as somebody at a terminal uses them."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows.cli.main import app
from flows.report.terminal.build_summary import summary
from flows.report.terminal.up_to_date import unchanged
from tests.report.conftest import HOSTILE

UNSEEN = "\x00\x07\x1b\u202e\u2066"


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
    assert "attribution" in shown
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


def test_the_report_is_found_and_made_anew(output: Path, tmp_path: Path) -> None:
    published = output / "snapshots" / "2.0.1" / "report.html"
    assert run("report", "--output", output).strip() == str(published)
    anew = tmp_path / "anew.html"
    run("report", "2.0.1", "--output", output, "--to", anew)
    assert anew.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_summary_has_what_a_person_asks_first(output: Path) -> None:
    console = Console(width=110, record=True, file=(output / "summary.txt").open("w", encoding="utf-8"))
    console.print(summary(output / "snapshots" / "2.0.1"))
    shown = console.export_text()
    for wanted in (
        "version 2.0.1",
        "Most on record",
        "Claims made in several articles",
        "Conflicts",
        "report.html",
    ):
        assert wanted in shown


def test_an_unchanged_build_says_so_and_repeats_nothing(output: Path) -> None:
    console = Console(width=110, record=True, file=(output / "summary.txt").open("w", encoding="utf-8"))
    console.print(unchanged(output / "snapshots" / "2.0.1"))
    shown = console.export_text()
    assert "Nothing has changed" in shown
    assert "Most on record" not in shown
