"""`report.html`: a whole snapshot as one page that needs nothing beside itself.

The overview and the pictures are markup; every other view is made in the browser from the packed tables. The page
may run one script and one style, each named by its hash in the content security policy, and may load nothing.
"""

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from flows.report import REPORT
from flows.report.display_text import seen
from flows.report.limits import LIMITS
from flows.report.page import overview
from flows.report.page.packed_columns import VOCABULARIES
from flows.runtime.environment import collector_paused
from flows.snapshots.reader import Snapshot

VIEWS = {
    "overview": "Overview",
    "stories": "Stories",
    "statements": "Statements",
    "speakers": "People",
    "claims": "Claims",
    "conflicts": "Possible conflicts",
    "articles": "Articles",
    "entities": "Names",
    "pictures": "Charts",
    "rejects": "Rejects",
    "tables": "Tables",
}
"""The views by the name in their address, which stays from version to version, and what people call them."""
SCRIPTS = [
    "data", "dom", "words", "lists", "takeaway", "passages", "articles", "claims", "stories", "statements", "people",
    "tables", "router",
]  # fmt: skip


def contents(folder: Path, most_articles: int = LIMITS.page_articles) -> dict[str, Any]:
    """Return what the tables of a folder give to the page (flows.report.page.page_data); may run in a worker."""
    from flows.report.page import page_data as drawn  # the libraries that draw are loaded where something is drawn

    with collector_paused():
        return drawn.contents(Snapshot(folder), most_articles)


def write_report(
    folder: Path,
    manifest: Mapping[str, Any],
    previous: Mapping[str, Any] | None = None,
    drawn: Mapping[str, Any] | None = None,
) -> Path:
    """Write report.html into a folder of Parquet files and return its path.

    `manifest` holds the facts of the run, `previous` the manifest of the parent snapshot, `drawn` the `contents` of
    the folder where they are there already. The same files and facts give the same bytes. Raises SnapshotError where
    a table's file is missing.
    """
    path = folder / REPORT
    text = render(Snapshot(folder, manifest), previous, drawn=drawn)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def render(
    snapshot: Snapshot,
    previous: Mapping[str, Any] | None = None,
    most_articles: int = LIMITS.page_articles,
    drawn: Mapping[str, Any] | None = None,
) -> str:
    """Return the page as text."""
    values = dict(drawn or contents(snapshot.folder, most_articles))
    rows = values.pop("rows")
    about = overview.overview(snapshot.manifest, previous, rows)
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
        **values,
        script=Markup(script),  # noqa: S704 - files of this package
        style=Markup(style),  # noqa: S704 - as above
        script_hash=_hash(script),
        style_hash=_hash(style),
    )


def _page_file(name: str) -> str:
    return (files("flows.report.page") / "assets" / name).read_text(encoding="utf-8")


def _script() -> str:
    """Every script in one, closed off from the page's globals."""
    vocabulary = jinja2.utils.htmlsafe_json_dumps(
        {name: [str(value) for value in values] for name, values in VOCABULARIES.items()}
    )
    parts = "".join(_page_file(f"{name}.js") for name in SCRIPTS)
    return f"(() => {{\n'use strict';\nconst VOCABULARY = {vocabulary};\n{parts}}})();\n"


def _hash(text: str) -> str:
    """As a content security policy names an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    environment.filters["seen"] = seen
    return environment.from_string(_page_file("report.html.j2"))
