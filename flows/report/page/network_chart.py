"""The picture of who speaks about whom: a drawing of names and arrows, placed by forces that always end alike."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import vl_convert

from flows.report.page.charts import FONT, LABEL, drawable, label, silent


def network(links: pl.DataFrame, addresses: Mapping[str, str] | None = None) -> str:
    """Draw who speaks about whom: a force layout, an arrow from each speaker, as wide as there are claims.

    Speakers are filled, others hollow. addresses: where a name leads to on the page.
    """
    links_to = {label(name): address for name, address in (addresses or {}).items()}
    links = drawable(links)
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
    return silent(vl_convert.vega_to_svg(_network_spec(nodes, edges)))


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
