"""The page as text: the same every time, shut against everything that it does not bring along."""

import base64
import hashlib
import re
import time
from pathlib import Path

from flows.report.page import render
from flows.snapshots.reader import Snapshot, read_snapshot
from schemas.tables import TABLES
from tests.builders import report_corpus
from tests.report.conftest import HOSTILE


def _policy(html: str) -> str:
    return re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_same_snapshot_gives_the_same_page(snapshot: Snapshot) -> None:
    assert render.render(snapshot) == render.render(snapshot)


def test_the_policy_allows_one_script_and_one_style_and_no_address(snapshot: Snapshot) -> None:
    html = render.render(snapshot)
    policy = _policy(html)
    assert _hash(re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]) in policy
    assert _hash(re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]) in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"https?:", policy)


def test_nothing_in_the_page_is_loaded_from_anywhere(snapshot: Snapshot) -> None:
    html = render.render(snapshot)
    assert not re.findall(r"""<(?:link|script|img|iframe|object)[^>]+(?:src|href)=["'](?!data:,)""", html)
    assert "@import" not in html
    assert "url(" not in html


def test_hostile_text_is_escaped_wherever_the_markup_has_it(hostile: Snapshot) -> None:
    html = render.render(hostile)
    assert html.count("<script>") == 1
    assert "<img" not in html
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", html)
    assert "&lt;/script&gt;" in html  # it is shown, as text: the hostile speaker is on record
    assert HOSTILE not in html


def test_the_overview_says_what_the_version_is_and_how_it_differs(output: Path) -> None:
    html = (output / "snapshots" / "2.2.1" / "report.html").read_text(encoding="utf-8")
    assert "Version 2.2.1" in html
    assert "Against version 2.2.0" in html
    assert "2 of 2 expectations" in html
    for name in TABLES:
        assert f"#/tables/{name}" in html


def test_a_failed_gate_is_said_first(snapshot: Snapshot) -> None:
    check = {"table": "claims", "expectation": "e", "meaning": "m", "success": False, "observed": "9 rows"}
    failed = {**snapshot.manifest, "validation": {"success": False, "checks": [check]}}
    html = render.render(Snapshot(snapshot.folder, failed))
    assert "Nothing was published" in html
    assert "<details open>" in html


def test_a_snapshot_of_nothing_still_has_a_page(tmp_path: Path) -> None:
    folder = report_corpus.build(tmp_path, articles=0)
    html = render.render(read_snapshot(folder))
    assert html.count("There is nothing to show.") == 4  # all pictures but that of the rejects


def test_a_part_of_a_large_snapshot_is_called_a_part(snapshot: Snapshot) -> None:
    assert "carries 5 of 24 articles" in render.render(snapshot, most_articles=5)


def test_hundreds_of_articles_stay_a_small_page(tmp_path: Path) -> None:
    folder = report_corpus.build(tmp_path, articles=300, sentences=8)
    started = time.perf_counter()
    html = render.render(read_snapshot(folder))
    print(f"{len(html) / 300:.0f} characters an article, {time.perf_counter() - started:.1f} s")
    assert len(html) < 300 * 2_000
