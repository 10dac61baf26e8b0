"""The report's pictures: a counted frame in, an inline SVG out. The only file that imports Altair and vl-convert.

The pictures are drawn when the report is built, not in the reader's browser: Vega compiles its expressions with
`eval`, which the page's content security policy forbids, and half a megabyte of JavaScript would come with every
page. Colours are the page's CSS variables, so that one picture serves both themes.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl
import vl_convert

from flows.report.display_text import one_line
from schemas.vocabularies import Attribution

# vl-convert carries Roboto, so labels measure the same on every machine that draws; browsers without it fall back
FONT = "Roboto, Arial, Helvetica, sans-serif"
WIDTH = 620
LABEL = 13
LABEL_CHARS = 48
KINDS = [*Attribution]
UNITS = {"day": "yearmonthdate", "week": "yearweek", "month": "yearmonth", "year": "year"}
COLOURS = [f"var(--{kind})" for kind in KINDS]


def _svg(chart: alt.TopLevelMixin) -> str:
    styled = chart.configure(background="transparent", font=FONT, padding=4, aria=False)
    styled = styled.configure_view(stroke=None).configure_axis(
        labelColor="var(--ink)", titleColor="var(--muted)", gridColor="var(--rule)", domainColor="var(--rule)",
        tickColor="var(--rule)", labelFontSize=LABEL, titleFontSize=LABEL, titleFontWeight="normal", labelLimit=210,
    )  # fmt: skip
    styled = styled.configure_legend(
        labelColor="var(--ink)", labelFontSize=LABEL, orient="top", title=None, symbolType="square"
    )
    return _silent(vl_convert.vegalite_to_svg(styled.to_json()))


def _drawable(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose names can be drawn: on one line, not endless, without characters that XML lacks: at those
    the renderer aborts the whole process."""
    return frame.with_columns(pl.col(pl.String).map_elements(_label, return_dtype=pl.String))


def _label(name: str) -> str:
    return one_line(name, LABEL_CHARS) or "–"


def _silent(svg: str) -> str:
    """The drawing without the roles of its parts: the page names it as a whole and says its figures in a table."""
    bare = re.sub(r' (role="graphics-[a-z]+"|aria-roledescription="[^"<>]*")', "", svg)
    return re.sub(r'xlink:href="[^"<>#]*(#/[a-z/0-9]*)"', r'href="\1"', bare)  # Vega puts an address of its own before


def _in_order(names: pl.Series) -> list[str]:
    """The names as they first come, each once."""
    return list(dict.fromkeys(names.to_list()))


def heatmap(cells: pl.DataFrame, row: str, column: str) -> str:
    """Draw counts (`claims`) of two names as a shaded grid with the figures in it, largest rows and columns first."""
    cells = _drawable(cells)
    rows = cells.group_by(row).agg(n=pl.col("claims").sum()).sort(["n", row], descending=[True, False])[row]
    columns = cells.group_by(column).agg(n=pl.col("claims").sum()).sort(["n", column], descending=[True, False])
    base = alt.Chart(cells).encode(
        x=alt.X(f"{column}:N", sort=columns[column].to_list(), title=None,
                axis=alt.Axis(orient="top", labelAngle=-35, domain=False, ticks=False)),
        y=alt.Y(f"{row}:N", sort=rows.to_list(), title=None, axis=alt.Axis(domain=False, ticks=False)),
    )  # fmt: skip
    shade = base.mark_rect(color="var(--accent)", cornerRadius=2).encode(
        opacity=alt.Opacity("claims:Q", scale=alt.Scale(range=[0.1, 0.5], type="sqrt"), legend=None)
    )
    figures = base.mark_text(color="var(--ink)", fontSize=LABEL).encode(text="claims:Q")
    return _svg(alt.layer(shade, figures).properties(width=alt.Step(64), height=alt.Step(28)))


def shares(mix: pl.DataFrame) -> str:
    """Draw each outlet's claims by attribution, as shares that fill one bar."""
    mix = _drawable(mix)
    chart = (
        alt.Chart(mix)
        .mark_bar(height=20)
        .encode(
            x=alt.X("share:Q", title=None, axis=alt.Axis(format="%", grid=False), stack="zero"),
            y=alt.Y("publisher:N", sort=_in_order(mix["publisher"]), title=None),
            color=alt.Color("attribution:N", scale=alt.Scale(domain=KINDS, range=COLOURS)),
            order=alt.Order("rank:Q"),
        )
        .transform_calculate(rank=f"indexof({json.dumps(KINDS)}, datum.attribution)")
    )
    return _svg(chart.properties(width=WIDTH - 160, height=alt.Step(30)))


def over_time(counted: pl.DataFrame, length: str) -> str:
    """Draw claims per period, stacked by attribution. Periods without one stay empty."""
    unit = alt.TimeUnitParams.from_dict({"unit": "utc" + UNITS[length]})
    chart = (
        alt.Chart(counted.with_columns(pl.col("period").cast(pl.String)))
        .mark_bar(binSpacing=1)
        .encode(
            x=alt.X(
                "period:T",
                timeUnit=unit,
                title=None,
                axis=alt.Axis(grid=False),
            ),
            y=alt.Y("claims:Q", title="claims", axis=alt.Axis(tickMinStep=1, tickCount=5)),
            color=alt.Color("attribution:N", scale=alt.Scale(domain=KINDS, range=COLOURS)),
        )
    )
    return _svg(chart.properties(width=WIDTH, height=220))


def bars(counted: pl.DataFrame, name: str, value: str) -> str:
    """Draw counts by name, longest first, with the figure at the end of each bar."""
    counted = _drawable(counted)
    base = alt.Chart(counted).encode(
        x=alt.X(f"{value}:Q", title=None, axis=None),
        y=alt.Y(f"{name}:N", sort=_in_order(counted[name]), title=None),
    )
    drawn = base.mark_bar(color="var(--accent)", height=18)
    figures = base.mark_text(align="left", dx=5, color="var(--ink)", fontSize=LABEL).encode(text=f"{value}:Q")
    return _svg(alt.layer(drawn, figures).properties(width=WIDTH - 200, height=alt.Step(28)))


def network(links: pl.DataFrame, addresses: Mapping[str, str] | None = None) -> str:
    """Draw who speaks about whom: a force layout, an arrow from each speaker, as wide as there are claims.

    Speakers are filled, others hollow. addresses: where a name leads to on the page.
    """
    links_to = {_label(name): address for name, address in (addresses or {}).items()}
    links = _drawable(links)
    weight: dict[str, int] = {}
    for speaker, about, claims in links.iter_rows():
        weight[speaker] = weight.get(speaker, 0) + claims
        weight[about] = weight.get(about, 0) + claims
    names = sorted(weight, key=lambda name: (-weight[name], name))
    place = {name: at for at, name in enumerate(names)}
    talks = set(links["speaker"].to_list())
    nodes = [
        {"name": name, "weight": weight[name], "speaks": name in talks, "address": links_to.get(name)} for name in names
    ]
    edges = [{"source": place[s], "target": place[a], "claims": n} for s, a, n in links.iter_rows()]
    return _silent(vl_convert.vega_to_svg(_network_spec(nodes, edges)))


def _network_spec(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> dict[str, Any]:
    """Vega (not Vega-Lite, which has no force layout and no label placement) for the network."""
    forces = [
        {"force": "center", "x": 0, "y": 0},
        {"force": "collide", "radius": 44},
        {"force": "nbody", "strength": -520},
        {"force": "link", "links": "links", "distance": 130},
        {"force": "x", "x": "middle", "strength": 0.07},
        {"force": "y", "y": "middle", "strength": 0.1},
    ]
    disc = {
        "name": "discs",
        "type": "symbol",
        "aria": False,
        "zindex": 1,
        "from": {"data": "nodes"},
        "encode": {
            "enter": {
                "size": {"scale": "size", "field": "weight"},
                "middle": {"value": 0},
                "fill": [{"test": "datum.speaks", "value": "var(--accent)"}, {"value": "var(--paper)"}],
                "stroke": {"value": "var(--accent)"},
                "strokeWidth": {"value": 2},
            }
        },
        "transform": [{"type": "force", "signal": "force", "static": True, "iterations": 300, "forces": forces}],
    }
    path = {
        "type": "linkpath",
        "require": {"signal": "force"},
        "shape": "line",
        "sourceX": "datum.source.x",
        "sourceY": "datum.source.y",
        "targetX": "datum.target.x",
        "targetY": "datum.target.y",
    }
    line = {
        "type": "path",
        "aria": False,
        "from": {"data": "links"},
        "encode": {
            "update": {
                "stroke": {"value": "var(--muted)"},
                "strokeOpacity": {"value": 0.45},
                "strokeWidth": {"scale": "wide", "field": "claims"},
            }
        },
        "transform": [path],
    }
    return _network_view(nodes, edges, [disc, line, _arrows(path), _names(halo=True), _names(halo=False)])


def _arrows(path: dict[str, Any]) -> dict[str, Any]:
    """Heads of arrows at the rim of who is spoken about; `path` makes them wait for the layout."""
    toward = "atan2(datum.datum.target.y - datum.datum.source.y, datum.datum.target.x - datum.datum.source.x)"
    back = "(sqrt(datum.datum.target.size) / 2 + 5)"
    return {
        "type": "symbol",
        "aria": False,
        "from": {"data": "links"},
        "encode": {
            "enter": {"shape": {"value": "triangle"}, "size": {"value": 60}, "fill": {"value": "var(--muted)"}},
        },
        "transform": [
            path,
            {"type": "formula", "as": "angle", "expr": f"90 + 180 / PI * {toward}"},
            {"type": "formula", "as": "x", "expr": f"datum.datum.target.x - cos({toward}) * {back}"},
            {"type": "formula", "as": "y", "expr": f"datum.datum.target.y - sin({toward}) * {back}"},
        ],
    }


def _names(halo: bool) -> dict[str, Any]:
    """Labels under the discs; as a halo in the page's colour first, so that links do not cross letters."""
    drawn = {
        "stroke": {"value": "var(--paper)"},
        "strokeWidth": {"value": 4},
        "strokeJoin": {"value": "round"},
    }
    return {
        "type": "text",
        "aria": not halo,  # the upper one has links
        "zindex": 2 if halo else 3,
        "from": {"data": "discs"},
        "encode": {
            "update": {
                "text": {"field": "datum.name"},
                "x": {"field": "x"},
                "y": {"signal": "datum.y + sqrt(datum.size) / 2 + 12"},
                "align": {"value": "center"},
                "baseline": {"value": "middle"},
                "fontSize": {"value": LABEL},
                "font": {"value": FONT},
                "limit": {"value": 150},
                "fill": {"value": "var(--ink)"},
                **(drawn if halo else {"href": {"field": "datum.address"}}),
            }
        },
    }


def _network_view(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], marks: list[Any]) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        # the drawing grows around this point to what is drawn
        "width": 1,
        "height": 1,
        "autosize": "pad",
        "padding": 6,
        "data": [{"name": "nodes", "values": nodes}, {"name": "links", "values": edges}],
        "scales": [
            {
                "name": "size",
                "type": "linear",
                "domain": {"data": "nodes", "field": "weight"},
                "range": [60, 700],
            },
            {"name": "wide", "type": "sqrt", "domain": {"data": "links", "field": "claims"}, "range": [1, 7]},
        ],
        "marks": marks,
    }
