"""A published snapshot as a page and as terminal tables."""

REPORT = "report.html"
"""File name of the page in a snapshot's folder."""
