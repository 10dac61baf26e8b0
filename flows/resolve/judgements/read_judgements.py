"""Human decisions on pairs: read from `judgements.csv`, applied before any score, loud where they match nothing.

Columns: table, left, right, judgement, note. `table` is `entity_mentions` or `claim_mentions`; `judgement` is
`positive` (one and the same) or `negative` (two). `left` and `right` name a side so that a person can write them:

- entities: `PERSON:Armend Mehaj` (type and a surface as it stands in the articles), the same of one article
  (`PERSON:Armend Mehaj@art_…`), a mention id `men_…`, or an id `ent_…` of the parent; two namesakes are told apart by
  one article or mention of each;
- claims: the claim's text as the articles have it, or an id `clm_…` of the parent.

A folder of articles has its judgements in `judgements.csv` inside it, or in one beside it whose first line names
the folder, `# folder: articles`, as `corrections.yml` does.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.errors import SettingsError, examples
from schemas.lineage import RESOLVED_TABLES
from schemas.vocabularies import Judgement

JUDGEMENTS_FILE = "judgements.csv"
_FOLDER = "# folder:"
COLUMNS = ("table", "left", "right", "judgement", "note")


@dataclass(frozen=True)
class Decision:
    """One line of the file: two sides of a table, and whether they are one."""

    table: str
    left: str
    right: str
    same: bool
    line: int

    def __str__(self) -> str:
        return f"line {self.line}: {self.left} / {self.right}"


def judgements_file(seeds: str) -> Path | None:
    """Return the judgements of a seeds folder; None for an address and where there is no file."""
    if "://" in seeds:
        return None
    folder = Path(seeds).resolve()
    inside, beside = folder / JUDGEMENTS_FILE, folder.parent / JUDGEMENTS_FILE
    if folder.is_dir() and inside.is_file():
        return inside
    if beside.is_file() and _folder_named(beside) == folder.name:
        return beside
    return None


def _folder_named(path: Path) -> str | None:
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = lines.readline()
    return first.removeprefix(_FOLDER).strip() if first.startswith(_FOLDER) else None


def read_judgements(path: Path | None) -> tuple[Decision, ...]:
    """Return the decisions of a file; none where there is no file.

    Raises SettingsError where the file has other columns, an unknown table or judgement, an empty side, or two
    lines that contradict each other.
    """
    if path is None or not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            numbered = [(number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")]
            reader = csv.DictReader((line for _, line in numbered), strict=True)
            rows = [(numbered[reader.line_num - 1][0], row) for row in reader]
            columns = tuple(reader.fieldnames or ())
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise SettingsError(f"judgements {path} cannot be read: {error}") from error
    if columns != COLUMNS:
        raise SettingsError(f"judgements {path} have the columns {list(columns)}; they must be {list(COLUMNS)}")
    decisions = tuple(_decision(path, line, row) for line, row in rows)
    _consistent(path, decisions)
    return decisions


def _decision(path: Path, line: int, row: dict[str, str | None]) -> Decision:
    table, left, right, judgement = ((row[c] or "").strip() for c in COLUMNS[:4])
    if table not in RESOLVED_TABLES or judgement not in list(Judgement) or not left or not right:
        raise SettingsError(
            f"judgements {path}, line {line}: table must be one of {RESOLVED_TABLES}, judgement one of "
            f"{[str(j) for j in Judgement]}, and both sides must be given"
        )
    return Decision(table, left, right, judgement == Judgement.POSITIVE, line)


def _consistent(path: Path, decisions: Sequence[Decision]) -> None:
    said: dict[tuple[str, frozenset[str]], Decision] = {}
    for decision in decisions:
        pair = (decision.table, frozenset((decision.left, decision.right)))
        other = said.setdefault(pair, decision)
        if other.same != decision.same:
            raise SettingsError(f"judgements {path}: lines {other.line} and {decision.line} contradict each other")


def of_table(decisions: Iterable[Decision], table: str) -> tuple[Decision, ...]:
    """Return the decisions on one table, in the order of the file."""
    return tuple(d for d in decisions if d.table == table)


def refuse_unmatched(unmatched: Sequence[Decision]) -> None:
    """Raise SettingsError where decisions name a side that is nowhere in the articles."""
    if unmatched:
        raise SettingsError(
            f"{len(unmatched)} judgements match nothing in these articles: {examples([str(d) for d in unmatched])}; "
            "correct their sides or remove the lines"
        )
