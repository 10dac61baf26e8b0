"""The report's five pictures: each a question, its answer, its drawing and its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from flows.report import aggregates
from flows.report.page import charts
from flows.report.page.network_chart import network
from flows.report.queries import UNKNOWN_PUBLISHER
from flows.snapshots.reader import Snapshot


@dataclass(frozen=True)
class Picture:
    """A question, its answer in a sentence, its picture (None where there is nothing to draw) and its figures."""

    name: str
    question: str
    answer: str
    svg: Markup | None
    heads: list[str]
    rows: list[tuple[Any, ...]]


def pictures(snapshot: Snapshot) -> list[Picture]:
    """Return the five pictures, in the order in which they are shown."""
    cells, mix = aggregates.speaker_by_outlet(snapshot), aggregates.attribution_mix(snapshot)
    (counted, length), links = aggregates.timeline(snapshot), aggregates.who_about_whom(snapshot)
    refused, leads = aggregates.rejected(snapshot), aggregates.addresses(snapshot, links)
    return [
        _picture("speakers", "Whose words does each outlet carry?", cells, _most_carried,
                 lambda: charts.heatmap(cells, "speaker", "publisher")),
        _picture("network", "Who speaks about whom?", links, _strongest, lambda: network(links, leads)),
        _picture("attribution", "How does each outlet report: quoting, paraphrasing, or in its own voice?", mix,
                 _most_quoting, lambda: charts.shares(mix)),
        _picture("timeline", "When were the claims published?", counted, _busiest(length),
                 lambda: charts.over_time(counted, length)),
        _picture("rejects", "What was refused, and why?", refused, _most_refused,
                 lambda: charts.bars(refused, "reason", "rows")),
    ]  # fmt: skip


def _picture(
    name: str, question: str, figures: pl.DataFrame, answer: Callable[[pl.DataFrame], str], draw: Callable[[], str]
) -> Picture:
    if figures.is_empty():
        return Picture(name, question, "There is nothing to show.", None, [], [])
    shown = figures.with_columns(pl.col(pl.Float64).round(3))
    heads = [column.replace("_", " ") for column in figures.columns]
    return Picture(name, question, answer(figures), Markup(draw()), heads, shown.rows())  # noqa: S704 - Vega escapes


def _most_carried(cells: pl.DataFrame) -> str:
    stated = cells.filter(pl.col("publisher") != UNKNOWN_PUBLISHER)
    if stated.is_empty():
        return "No article states its outlet. A stronger shade is more."
    top = stated.row(0, named=True)
    return (
        f"{top['publisher']} carries {top['speaker']} most often: {top['claims']:,} claims. A stronger shade is more."
    )


def _strongest(links: pl.DataFrame) -> str:
    top = links.row(0, named=True)
    return (
        f"{top['speaker']} names {top['about']} in {top['claims']:,} claims. An arrow leads from who speaks to "
        "whom it is about; wider ones are more claims. Names lead to what is on record."
    )


def _most_quoting(mix: pl.DataFrame) -> str:
    quoted = mix.filter(pl.col("attribution") == "direct", pl.col("publisher") != UNKNOWN_PUBLISHER)
    direct = quoted.sort("share", "publisher", descending=[True, False])
    if direct.is_empty():
        return "No outlet that is stated quotes anyone directly."
    top = direct.row(0, named=True)
    return f"{top['publisher']} quotes most: {top['share']:.0%} of its {top['total']:,} claims are direct."


def _busiest(length: str) -> Callable[[pl.DataFrame], str]:
    def sentence(counted: pl.DataFrame) -> str:
        periods = counted.group_by("period").agg(pl.col("claims").sum())
        top = periods.sort("claims", "period", descending=[True, False]).row(0, named=True)
        day = top["period"]
        named = {"day": f"{day.day} {day:%B %Y}", "month": f"{day:%B %Y}", "year": f"{day:%Y}"}
        period = named.get(length, f"the week from {day.day} {day:%B %Y}")
        return f"Most in {period}: {top['claims']:,} claims. Articles without a date are left out."

    return sentence


def _most_refused(refused: pl.DataFrame) -> str:
    top = refused.row(0, named=True)
    return f"{refused['rows'].sum():,} rows; most often {top['reason'].replace('_', ' ')} ({top['rows']:,})."
