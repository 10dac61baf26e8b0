"""What somebody did to something, told by the publisher's whole clause: "[The board published] the plan [on Monday]".

A report whose content is no clause shows the words that report it in brackets. Where these words and the content are
all of a clause that the publisher tells, too, the statement is that clause, so that nothing of it is cut off.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.extract.claims.claim_rows import ClaimRow, Part
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import has_finite
from flows.spans import Span
from schemas.statements import render
from schemas.vocabularies import Attribution as Voice
from schemas.vocabularies import StatementPart


def with_whole_clauses(indexed: IndexedWords, rows: Sequence[ClaimRow]) -> list[ClaimRow]:
    """Return the rows of an article, those that are a piece of a clause of the publisher's with that as statement."""
    told = [row for row in rows if row["attribution"] == Voice.NARRATED]
    around = (_clause_around(indexed, row, told) for row in rows)
    return [
        row if clause is None else _as_told(indexed.text, row, clause) for row, clause in zip(rows, around, strict=True)
    ]


def _clause_around(indexed: IndexedWords, row: ClaimRow, told: Sequence[ClaimRow]) -> ClaimRow | None:
    """Return the publisher's surer row that holds all that a report shows; None where there is none.

    Only one whose first verb is the report's: "the mill, which the owner called a ruin, burned" tells of the mill.
    """
    if row["attribution"] != Voice.INDIRECT:
        return None
    cue = Span(row["cue_start_char"] or 0, row["cue_end_char"] or 0)
    parts, kinds = _ranges(row), {part["kind"] for part in row["statement_parts"]}
    reported = any(cue.overlaps(span) for span, kind in parts if kind == StatementPart.BRACKET)
    if not reported or StatementPart.NEGATION in kinds:
        return None
    for other in told:
        spans = [Span(span["start_char"], span["end_char"]) for span in other["spans"]]
        held = all(any(span.contains(part) for span in spans) for part, _ in parts)
        surer = other["confidence"] > row["confidence"] and len(other["statement"].split()) <= THRESHOLDS.long_words
        if held and surer and not has_finite(indexed.between(spans[0].start, min(span.start for span, _ in parts))):
            return other
    return None


def _as_told(text: str, row: ClaimRow, clause: ClaimRow) -> ClaimRow:
    """Return a row with the statement of a clause, its own words verbatim and those around them in brackets."""
    own = [span for span, kind in _ranges(row) if kind == StatementPart.VERBATIM]
    parts: list[Part] = []
    for span, kind in _ranges(clause):
        cuts = sorted({span.start, span.end, *(at for one in own for at in one if span.start < at < span.end)})
        for start, end in pairwise(cuts):
            inside = kind == StatementPart.VERBATIM and any(one.start <= start < one.end for one in own)
            if any(char.isalnum() for char in text[start:end]):
                shown = StatementPart.VERBATIM if inside else StatementPart.BRACKET
                parts.append({"start_char": start, "end_char": end, "kind": shown.value})
    if _name_beside(text, clause) or not any(part["kind"] == StatementPart.VERBATIM for part in parts):
        return row
    return {
        **row,
        "statement_parts": parts,
        "statement": render(text, parts),
        "confidence": clause["confidence"],
    }


def _name_beside(text: str, clause: ClaimRow) -> bool:
    """Tell whether a name stands behind its pronoun, "its [the bank] plan": in one pair of brackets it reads badly."""
    shown = _ranges(clause)
    return any(
        kind == StatementPart.BRACKET and before.end <= after.start and not text[before.end : after.start].strip()
        for (before, _), (_, kind), (after, _) in zip(shown, shown[1:], shown[2:], strict=False)
    )


def _ranges(row: ClaimRow) -> list[tuple[Span, str]]:
    return [(Span(part["start_char"], part["end_char"]), part["kind"]) for part in row["statement_parts"]]
