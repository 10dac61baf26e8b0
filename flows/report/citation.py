"""A statement as it is cited: who, in which words, where and when, and in which version it is found."""

from typing import Any

from flows.report.display_text import one_line

_QUOTES = '“”"«»'


def citation(row: dict[str, Any], version: str) -> str:
    """Return the citation of a row of `statements`, on one line; what is not stated is left out.

    A report is marked as one: its words are the outlet's, not the speaker's.
    """
    words = f"“{row['text'].strip(_QUOTES)}”"
    if row["attribution"] == "narrated":
        who = f"{row['publisher'] or 'the outlet'} in its own voice"
    else:
        who = row["speakers"] or "a speaker who is not named"
    parts = [
        who,
        words if row["attribution"] in ("direct", "narrated") else f"reported: {words}",
        f"in “{row['title']}”" if row["title"] else None,
        row["publisher"],
        row["published_on"],
        row["url"],
    ]
    said = ", ".join(str(part) for part in parts if part)
    return one_line(f"{said}. onrecord {version}, {row['claim_mention_id']}.")
