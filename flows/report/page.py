"""`report.html`: a whole snapshot as one page that needs nothing beside itself.

The overview and the pictures are markup; every other view is made in the browser from the packed tables. The page
may run one script and one style, each named by its hash in the content security policy, and may load nothing.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import polars as pl
from markupsafe import Markup

from flows.report import charts, facts, matrices, queries
from flows.report.payload import MOST_ARTICLES, VOCABULARIES, blocks
from flows.report.snapshot import Snapshot
from flows.report.wording import seen, sentence
from schemas.relations import TABLES

FILE = "report.html"
VIEWS = [
    "overview", "articles", "speakers", "claims", "conflicts", "entities", "pictures", "rejects", "tables",
]  # fmt: skip
SCRIPTS = ["data", "dom", "lists", "passages", "articles", "claims", "people", "tables", "router"]
TOP = 6


@dataclass(frozen=True)
class Picture:
    """A question, its answer in a sentence, its picture (None where there is nothing to draw) and its figures."""

    name: str
    question: str
    answer: str
    svg: Markup | None
    heads: list[str]
    rows: list[tuple[Any, ...]]


def write_report(
    folder: Path, manifest: Mapping[str, Any], previous: Mapping[str, Any] | None = None
) -> Path:
    """Writes report.html into a folder of Parquet files and returns its path.

    `manifest` holds the facts of the run, `previous` the manifest of the parent snapshot. The same files and facts
    give the same bytes. Raises SnapshotError where a table's file is missing.
    """
    path = folder / FILE
    path.write_text(render(Snapshot(folder, manifest), previous), encoding="utf-8", newline="\n")
    return path


def render(
    snapshot: Snapshot, previous: Mapping[str, Any] | None = None, most_articles: int = MOST_ARTICLES
) -> str:
    """The page as text."""
    rows = _rows(snapshot)
    about = facts.overview(snapshot.manifest, previous, rows)
    if rows["articles"] > most_articles:
        about["partial"] = (
            f"This page carries {most_articles:,} of {rows['articles']:,} articles, those with most claims that other "
            "articles make too, and what belongs to them. Figures and pictures count everything; the Parquet files "
            "beside it hold everything."
        )
    script, style = _script(), _page_file("page.css")
    return _template().render(
        facts=about,
        views=VIEWS,
        speakers=queries.speakers(snapshot).head(TOP).to_dicts(),
        repeated=queries.claims(snapshot, min_articles=2).head(TOP).to_dicts(),
        conflicts=queries.conflicts(snapshot).head(TOP).to_dicts(),
        pictures=pictures(snapshot),
        blocks=blocks(snapshot, most_articles),
        script=Markup(script),  # noqa: S704 - files of this package
        style=Markup(style),  # noqa: S704
        script_hash=_hash(script),
        style_hash=_hash(style),
    )


def _rows(snapshot: Snapshot) -> dict[str, int]:
    rows = {name: int(snapshot.scan(name).select(pl.len()).collect().item()) for name in TABLES}
    shared = snapshot.scan("claims").select((pl.col("article_count") > 1).sum()).collect().item()
    speakers = (
        snapshot.scan("claim_mentions").select(pl.col("speaker_id").drop_nulls().n_unique()).collect().item()
    )
    return {**rows, "shared_claims": int(shared), "speakers": int(speakers)}


def _page_file(name: str) -> str:
    return (files("flows.report") / "assets" / name).read_text(encoding="utf-8")


def _script() -> str:
    """Every script in one, closed off from the page's globals."""
    vocabulary = {name: [str(value) for value in values] for name, values in VOCABULARIES.items()}
    parts = [_page_file(f"{name}.js") for name in SCRIPTS]
    return f"(() => {{\n'use strict';\nconst VOCABULARY = {jinja2.utils.htmlsafe_json_dumps(vocabulary)};\n{''.join(parts)}}})();\n"


def _hash(text: str) -> str:
    """As a content security policy names an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["seen"] = seen
    environment.filters["sentence"] = sentence
    return environment.from_string(_page_file("report.html.j2"))


def pictures(snapshot: Snapshot) -> list[Picture]:
    """The five pictures, in the order in which they are shown."""
    cells, mix = matrices.speaker_by_outlet(snapshot), matrices.attribution_mix(snapshot)
    (counted, length), links = matrices.timeline(snapshot), matrices.who_about_whom(snapshot)
    refused = matrices.rejected(snapshot)
    return [
        _picture("speakers", "Whose words does each outlet carry?", cells, _most_carried,
                 lambda: charts.heatmap(cells, "speaker", "publisher")),
        _picture("network", "Who speaks about whom?", links, _strongest, lambda: charts.network(links)),
        _picture("attribution", "How does each outlet report: quoting, paraphrasing, or in its own voice?", mix,
                 _most_quoting, lambda: charts.shares(mix)),
        _picture("timeline", "When were the claims published?", counted, _busiest(length),
                 lambda: charts.over_time(counted, length)),
        _picture("rejects", "What was refused, and why?", refused, _most_refused,
                 lambda: charts.bars(refused, "reason", "rows")),
    ]  # fmt: skip


def _picture(name: str, question: str, figures: pl.DataFrame, answer: Any, draw: Any) -> Picture:
    if figures.is_empty():
        return Picture(name, question, "There is nothing to show.", None, [], [])
    shown = figures.with_columns(pl.col(pl.Float64).round(3))
    heads = [column.replace("_", " ") for column in figures.columns]
    return Picture(name, question, answer(figures), Markup(draw()), heads, shown.rows())  # noqa: S704 - Vega escapes


def _most_carried(cells: pl.DataFrame) -> str:
    top = cells.row(0, named=True)
    return f"{top['publisher']} carries {top['speaker']} most often: {top['claims']:,} claims. A stronger shade is more."


def _strongest(links: pl.DataFrame) -> str:
    top = links.row(0, named=True)
    return (
        f"{top['speaker']} names {top['about']} in {top['claims']:,} claims. Filled: speaks; hollow: is only spoken "
        "about. Wider lines are more claims."
    )


def _most_quoting(mix: pl.DataFrame) -> str:
    direct = mix.filter(pl.col("attribution") == "direct").sort(
        "share", "publisher", descending=[True, False]
    )
    if direct.is_empty():
        return "No outlet quotes anyone directly."
    top = direct.row(0, named=True)
    return f"{top['publisher']} quotes most: {top['share']:.0%} of its {top['total']:,} claims are direct."


def _busiest(length: str) -> Any:
    def sentence(counted: pl.DataFrame) -> str:
        periods = (
            counted.group_by("period")
            .agg(pl.col("claims").sum())
            .sort("claims", "period", descending=[True, False])
        )
        top = periods.row(0, named=True)
        start = "on" if length == "day" else f"in the {length} from"
        return f"Most claims, {top['claims']:,}, were published {start} {top['period']:%d %B %Y}. Articles without a date are left out."

    return sentence


def _most_refused(refused: pl.DataFrame) -> str:
    top = refused.row(0, named=True)
    return f"{refused['rows'].sum():,} rows; most often {top['reason'].replace('_', ' ')} ({top['rows']:,})."
