"""The report's pictures: a counted frame in, an inline SVG out. The only file that imports Altair and vl-convert.

The pictures are drawn when the report is built, not in the reader's browser: Vega compiles its expressions with
`eval`, which the page's content security policy forbids, and half a megabyte of JavaScript would come with every
page. Colours are the page's CSS variables, so that one picture serves both themes.
"""

import json
import re

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
_OF_EVERY_OBJECT = frozenset(
    ("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__", "constructor",
     "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf")
)  # fmt: skip
UNITS = {"day": "yearmonthdate", "week": "yearweek", "month": "yearmonth", "year": "year"}
COLOURS = [f"var(--{kind})" for kind in KINDS]


def svg(chart: alt.TopLevelMixin) -> str:
    """Return a chart as SVG in the colours of the page."""
    styled = chart.configure(background="transparent", font=FONT, padding=4, aria=False)
    styled = styled.configure_view(stroke=None).configure_axis(
        labelColor="var(--ink)", titleColor="var(--muted)", gridColor="var(--rule)", domainColor="var(--rule)",
        tickColor="var(--rule)", labelFontSize=LABEL, titleFontSize=LABEL, titleFontWeight="normal", labelLimit=210,
    )  # fmt: skip
    styled = styled.configure_legend(
        labelColor="var(--ink)", labelFontSize=LABEL, orient="top", title=None, symbolType="square"
    )
    return silent(vl_convert.vegalite_to_svg(styled.to_json()))


def drawable(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose names can be drawn: on one line, not endless, without characters that XML lacks: at those
    the renderer aborts the whole process."""
    return frame.with_columns(pl.col(pl.String).map_elements(label, return_dtype=pl.String))


def label(name: str) -> str:
    """Return a name as it is drawn; one that every object of JavaScript has ends in a mark that nobody sees.

    The renderer keeps names as keys of objects, and fails where one is there before.
    """
    line = one_line(name, LABEL_CHARS) or "–"
    return f"{line}\u2060" if line in _OF_EVERY_OBJECT else line


def silent(svg: str) -> str:
    """Return the drawing without the roles of its parts: the page names it as a whole, with its figures in a table."""
    bare = re.sub(r' (role="graphics-[a-z]+"|aria-roledescription="[^"<>]*")', "", svg)
    return re.sub(r'xlink:href="[^"<>#]*(#/[a-z/0-9]*)"', r'href="\1"', bare)  # Vega puts an address of its own before


def _in_order(names: pl.Series) -> list[str]:
    """The names as they first come, each once."""
    return list(dict.fromkeys(names.to_list()))


def heatmap(cells: pl.DataFrame, row: str, column: str) -> str:
    """Draw counts (`claims`) of two names as a shaded grid with the figures in it, largest rows and columns first."""
    cells = drawable(cells)
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
    return svg(alt.layer(shade, figures).properties(width=alt.Step(64), height=alt.Step(28)))


def shares(mix: pl.DataFrame) -> str:
    """Draw each outlet's claims by attribution, as shares that fill one bar."""
    mix = drawable(mix)
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
    return svg(chart.properties(width=WIDTH - 160, height=alt.Step(30)))


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
    return svg(chart.properties(width=WIDTH, height=220))


def bars(counted: pl.DataFrame, name: str, value: str) -> str:
    """Draw counts by name, longest first, with the figure at the end of each bar."""
    counted = drawable(counted)
    base = alt.Chart(counted).encode(
        x=alt.X(f"{value}:Q", title=None, axis=None),
        y=alt.Y(f"{name}:N", sort=_in_order(counted[name]), title=None),
    )
    drawn = base.mark_bar(color="var(--accent)", height=18)
    figures = base.mark_text(align="left", dx=5, color="var(--ink)", fontSize=LABEL).encode(text=f"{value}:Q")
    return svg(alt.layer(drawn, figures).properties(width=WIDTH - 200, height=alt.Step(28)))
