"""Functions and files stay small, and a number that decides something stands with its reason, not beside the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOMES = {"thresholds.py", "limits.py", "settings.py"}
"""Files of frozen dataclasses: each number in them has a line that says why it is what it is."""
DEFINITIONS = {
    ("flows/extract/reader/model.py", "INTERFACE"): "version of the reader's files",
    ("flows/resolve/claims/pairs/pair_model.py", "INTERFACE"): "version of the pair model's files",
    ("flows/resolve/claims/matching/pair_scores.py", "HEARD"): "place of a column in the table of features",
    ("flows/ingest/deduplication/shingles.py", "SIZE"): "words of a shingle, one for each of PLACES",
    ("flows/ingest/deduplication/minhash_pairs.py", "_SEED"): "any number: the same in every run",
    ("flows/ingest/deduplication/overlap_prefilter.py", "_PART"): "kind of a byte",
    ("flows/ingest/deduplication/overlap_prefilter.py", "_LARGEST"): "of 64 bits",
    ("flows/ingest/formats/warc.py", "_OK"): "status of HTTP",
    ("flows/ingest/sources/bounded_streams.py", "GZIP_WINDOW"): "of zlib's interface",
    ("flows/probabilities.py", "KEPT_OFF"): "says its reason itself, and has no neighbours",
    ("flows/report/page/charts.py", "WIDTH"): "pixels of a drawing",
    ("flows/report/page/charts.py", "LABEL"): "pixels of a drawing",
    ("flows/report/page/charts.py", "LABEL_CHARS"): "of a drawing",
    ("schemas/ids.py", "HEX_DIGITS"): "form of an id",
    ("schemas/intermediate.py", "MEANING_SIZE"): "width of the reader's embedding",
    ("schemas/statements.py", "MOST_BACKGROUNDS"): "form of a statement",
}
"""Numbers that define a form or an interface: nothing is judged by them."""
MOST_LINES = 50
MOST_FILE_LINES = 300


def sources() -> Iterator[tuple[str, str]]:
    for folder in ("flows", "schemas"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def numbers(source: str) -> Iterator[str]:
    """Names of what a file sets to a number at its top level."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            value = node.value
            value = value.operand if isinstance(value, ast.UnaryOp) else value
            parts = [value.left, value.right] if isinstance(value, ast.BinOp) else [value]
            if any(isinstance(p, ast.Constant) and type(p.value) in (int, float) for p in parts):
                yield from (ast.unparse(t) for t in (node.targets if isinstance(node, ast.Assign) else [node.target]))


def test_a_number_that_decides_stands_with_its_reason() -> None:
    loose = {
        (name, constant)
        for name, source in sources()
        if Path(name).name not in HOMES and not name.startswith("flows/train/")  # how a model was trained is its card's
        for constant in numbers(source)
        if constant.isupper()
    }
    assert loose - DEFINITIONS.keys() == set(), "move these to the thresholds.py or limits.py of their package"
    assert DEFINITIONS.keys() - loose == set(), "these are gone: drop them here, too"


def test_every_threshold_has_a_reason() -> None:
    bare = []
    for name, source in sources():
        if Path(name).name not in {"thresholds.py", "limits.py"}:
            continue
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef):
                after = zip(node.body, [*node.body[1:], None], strict=True)
                bare += [
                    f"{name}: {ast.unparse(field.target)}"
                    for field, reason in after
                    if isinstance(field, ast.AnnAssign)
                    and not (isinstance(reason, ast.Expr) and isinstance(reason.value, ast.Constant))
                ]
    assert bare == []


def test_no_function_is_longer_than_a_screen() -> None:
    """Data that is laid out line by line (a table of rules, a document to be published) is no code that one follows."""
    long = [
        f"{name}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for name, source in sources()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_LINES
    ]
    assert long == []


def test_no_file_is_longer_than_a_chapter() -> None:
    long = [f"{name}: {len(source.splitlines())} lines" for name, source in sources()]
    assert [line for line in long if int(line.split(": ")[1].split()[0]) > MOST_FILE_LINES] == []
