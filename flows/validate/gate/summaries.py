"""Four small summaries of a snapshot's files that the quality gate judges: references, shares, texts, drift.

Read with pandas, as a consumer would; one row a reference, a figure or a table.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from flows.validate.gate.limits import LIMITS
from schemas.tables import TABLES

PAGE = r"(?i)\.(?:x?html?|warc)(?:\.gz)?(?:#\d+)?$"
"""`source_uri` of an article that was cut out of a page."""


def _read(folder: Path, table: str, columns: list[str]) -> pd.DataFrame:
    return pd.read_parquet(folder / f"{table}.parquet", columns=columns)


def references(folder: Path) -> pd.DataFrame:
    """Return one row per reference across tables: from_table, column, to_table, values, orphans, example."""

    @cache
    def column(table: str, name: str) -> "pd.Series[str]":
        # as Arrow's own type: of pandas' strings every look-up would make a list of Python's strings first
        return pd.read_parquet(folder / f"{table}.parquet", columns=[name], dtype_backend="pyarrow")[name]

    rows = []
    for table in TABLES.values():
        for reference in table.references:
            values = column(table.name, reference.column).explode().dropna()
            orphans = values[~values.isin(column(reference.to_table, reference.to_column))]
            example = str(orphans.iloc[0]) if len(orphans) else ""
            rows.append((table.name, reference.column, reference.to_table, len(values), len(orphans), example))
    return pd.DataFrame(rows, columns=["from_table", "column", "to_table", "values", "orphans", "example"])


def shares(folder: Path, parent: Path | None) -> pd.DataFrame:
    """Return one row per figure: figure, value, rows, parent_value, difference.

    difference is null without a parent, and where either side has fewer than LIMITS.share_rows rows.
    """
    now = _shares(folder)
    before = _shares(parent) if parent else {}
    rows = []
    for figure, (value, count) in now.items():
        old, old_count = before.get(figure, (None, 0))
        judged = min(count, old_count) >= LIMITS.share_rows and value is not None and old is not None
        rows.append((figure, value, count, old, value - old if judged else None))  # type: ignore[operator]
    frame = pd.DataFrame(rows, columns=["figure", "value", "rows", "parent_value", "difference"])
    return frame.astype({"value": "float64", "parent_value": "float64", "difference": "float64"})


def _shares(folder: Path) -> dict[str, tuple[float | None, int]]:
    made = _read(folder, "claim_mentions", ["attribution", "speaker_id", "speaker_surface", "cue", "polarity"])
    attributed = made[made["attribution"] != "narrated"]
    speaking = attributed.dropna(subset="speaker_surface")
    by_phrase = speaking["speaker_id"].notna().groupby(speaking["speaker_surface"]).mean()
    mentions = _read(folder, "entity_mentions", ["mention_type"])
    claims = _read(folder, "claims", ["article_count"])
    articles = _read(folder, "articles", ["published_on", "publisher"])
    refused = _read(folder, "rejects", ["stage"])["stage"] == "validate"
    all_rows = len(made) + len(mentions) + len(claims) + len(articles) + int(refused.sum())
    return {
        "attributed claims with a resolved speaker": _share(attributed["speaker_id"].notna()),
        # a phrase counts once: one that a thousand copies of a text repeat says no more than one that stands once
        "speaker phrases with a name that are resolved": _share(by_phrase[[*map(_holds_a_name, by_phrase.index)]]),
        "attributed claims with a cue": _share(attributed["cue"].notna()),
        "claims that are attributed": _share(made["attribution"] != "narrated"),
        "claims that are quoted": _share(made["attribution"] == "direct"),
        "claims that are negated": _share(made["polarity"] == "negated"),
        "mentions by name": _share(mentions["mention_type"] == "name"),
        "claims in several articles": _share(claims["article_count"] > 1),
        "articles with a date": _share(articles["published_on"].notna()),
        "articles with a publisher": _share(articles["publisher"].notna()),
        "rows that validation refused": (int(refused.sum()) / all_rows if all_rows else None, all_rows),
    }


def _share(holds: "pd.Series[bool] | pd.Series[float]") -> tuple[float | None, int]:
    return (float(holds.mean()) if len(holds) else None), len(holds)


def _holds_a_name(phrase: str) -> bool:
    """Whether a word after the first starts with a capital and goes on small: a name by its letters alone.

    `the harbour master` is somebody whom no rule can know; `Ines Baumann` is. That must not be asked of what
    extraction found, which may be what is at fault.
    """
    return any(word[:1].isupper() and word[1:2].islower() for word in phrase.split()[1:])


def texts(folder: Path, parent: Path | None) -> pd.DataFrame:
    """Return one row per kind of source (`any`, `pages`): source, articles, median_words, parent_median, lost_share.

    lost_share is null without a parent, and where either side has too few articles of the kind.
    """
    rows = []
    before = _words(parent) if parent else {}
    for source, words in _words(folder).items():
        old = before.get(source, words.iloc[:0])
        median, old_median = words.median(), old.median()
        judged = min(len(words), len(old)) >= LIMITS.parent_articles
        rows.append((source, len(words), median, old_median, max(0.0, 1 - median / old_median) if judged else None))
    frame = pd.DataFrame(rows, columns=["source", "articles", "median_words", "parent_median", "lost_share"])
    return frame.astype({"median_words": "float64", "parent_median": "float64", "lost_share": "float64"})


def _words(folder: Path) -> "dict[str, pd.Series[int]]":
    articles = _read(folder, "articles", ["word_count", "source_uri"])
    return {
        "any": articles["word_count"],
        "pages": articles["word_count"][articles["source_uri"].str.contains(PAGE).astype(bool)],
    }


def drift(folder: Path, parent: Path | None) -> pd.DataFrame:
    """Return one row per table that snapshots grow by: table, rows, parent_rows, lost_share (null: not judged)."""
    grown = ["articles", "entity_mentions", "entities", "claim_mentions", "claims"]
    rows = []
    articles_before = len(_read(parent, "articles", ["article_id"])) if parent else 0
    for table in grown:
        key = [TABLES[table].key[0]]
        count = len(_read(folder, table, key))
        before = len(_read(parent, table, key)) if parent else 0
        judged = before > 0 and articles_before >= LIMITS.parent_articles
        rows.append((table, count, before, max(0.0, 1 - count / before) if judged else None))
    frame = pd.DataFrame(rows, columns=["table", "rows", "parent_rows", "lost_share"])
    return frame.astype({"lost_share": "float64"})
