"""The limits of what a report shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReportLimits:
    """Numbers of rows and of articles that a person or a browser takes in."""

    charted_speakers: int = 12
    """Rows of a chart that fit a screen."""
    charted_outlets: int = 8
    """Columns of a chart that fit a screen."""
    network_nodes: int = 22
    """More names overlap in the picture of who speaks about whom."""
    network_links: int = 45
    """More lines hide one another."""
    overview_rows: int = 6
    """Rows of each list of the overview."""
    page_articles: int = 6_000
    """Articles that the page carries. A larger snapshot is shown by those with most claims that others make too."""
    gzip_level: int = 4
    """Of the page's data: 6 takes nearly three times as long, for a twentieth less."""
    summary_rows: int = 5
    """Rows of each list on the terminal after a build."""
    columns_for_details: int = 80
    """Columns from which a terminal has room for what explains a name: kinds, other spellings, counts."""
    columns_for_ids: int = 100
    """Columns from which a terminal has room for ids; names are never left out for them."""


LIMITS = ReportLimits()
