"""How long a million distinct name forms take to resolve, in how much memory, and how well; beside Splink.

People are given and family names of eval/names put together anew, each written in up to four ways: as it is, with a
slip of the pen in either name, and with a middle initial. Forms are spread over articles of twenty names, so that an
article seldom has two forms of one person. Quality is of pairs: forms of one generated person that came together. Two
generated people may have names that differ in one letter, which no method can tell from a slip.
Splink (if it is installed) gets the same rows in the same run: see `tests/benchmarks/_splink.py`.
Usage: python -m tests.benchmarks.entities [--shared ../shared] [--forms 1000000]
"""

import argparse
import importlib.util
import json
import multiprocessing
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from pandera.typing.polars import DataFrame

from flows.resolve.entities.resolve_entities import resolve_entities
from flows.settings import ResolveSettings
from schemas import ids
from schemas.intermediate import FoundMentions

NAMES_AN_ARTICLE = 20
PLACE_CHARS = 80
"""Characters that each name has to itself in its article."""


def slip(word: str, rng: random.Random) -> str:
    """A word with one letter lost, changed or moved, or written as another language would."""
    if len(word) < 4:
        return word + word[-1]
    at = rng.randrange(1, len(word) - 1)
    kind = rng.random()
    if kind < 0.3:
        return word[:at] + word[at + 1 :]
    if kind < 0.6:
        return word[:at] + rng.choice("aeioulnrst") + word[at + 1 :]
    if kind < 0.8:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word.replace("v", "w").replace("i", "y", 1).replace("k", "c", 1)


def generated(shared: Path, count: int) -> list[tuple[str, int]]:
    """(form, person), `count` distinct forms in random order."""
    rng = random.Random(1)  # noqa: S311  # generated test data
    with (shared / "eval/names/everypolitician_aliases/dev.jsonl").open(encoding="utf-8") as lines:
        known = [n["name"].split() for line in lines for n in json.loads(line)["names"] if n["latin"]]
    given = sorted({words[0] for words in known if len(words) > 1})
    family = sorted({words[-1] for words in known if len(words) > 1})
    person_of: dict[str, int] = {}
    person = 0
    while len(person_of) < count:
        first, last = rng.choice(given), rng.choice(family)
        initial = rng.choice("ABCDEFGHJKLMNPRST")
        for form in (
            f"{first} {last}",
            f"{slip(first, rng)} {last}",
            f"{first} {slip(last, rng)}",
            f"{first} {initial}. {last}",
        ):
            person_of.setdefault(form, person)
        person += 1
    rows = list(person_of.items())
    rng.shuffle(rows)
    return rows[:count]


def frames(forms: Sequence[str]) -> tuple[pl.DataFrame, DataFrame[FoundMentions]]:
    """Articles and found mentions as resolution takes them, one mention a form."""
    articles = [ids.article_id(str(n)) for n in range(len(forms) // NAMES_AN_ARTICLE + 1)]
    types = {name: column.dtype.type for name, column in FoundMentions.to_schema().columns.items()}
    found = (
        pl.DataFrame({"surface": forms})
        .with_row_index("at")
        .with_columns(
            article_id=pl.Series([articles[at // NAMES_AN_ARTICLE] for at in range(len(forms))]),
            start_char=(pl.col("at") % NAMES_AN_ARTICLE) * PLACE_CHARS,
        )
        .with_columns(
            end_char=pl.col("start_char") + pl.col("surface").str.len_chars(),
            mention_type=pl.lit("name"),
            entity_type=pl.lit("PERSON"),
        )
    )
    missing = [pl.lit(None, types[name]).alias(name) for name in types if name not in found.columns]
    table = found.with_columns(missing).select(pl.col(name).cast(types[name]) for name in types)
    schema = {"article_id": pl.String, "text": pl.String, "published_on": pl.Date}
    texts = pl.DataFrame(
        {"article_id": articles, "text": [" "] * len(articles), "published_on": [None] * len(articles)}, schema=schema
    )
    return texts, DataFrame[FoundMentions](table)


def pairs(labels: Sequence[int]) -> int:
    """Pairs with the same label."""
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def quality(people: Sequence[int], clusters: Sequence[object]) -> str:
    """Precision and recall of the pairs that came together."""
    by_cluster: dict[object, list[int]] = defaultdict(list)
    for person, cluster in zip(people, clusters, strict=True):
        by_cluster[cluster].append(person)
    right = sum(pairs(found) for found in by_cluster.values())
    called = sum(len(f) * (len(f) - 1) // 2 for f in by_cluster.values())
    return f"pair precision {100 * right / max(1, called):.1f}, recall {100 * right / max(1, pairs(people)):.1f}"


def processor_seconds() -> float:
    """Processor time of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def report(name: str, rows: Sequence[tuple[str, int]], took: tuple[float, float], clusters: Sequence[object]) -> None:
    """One line of figures; `took`: seconds by the clock and of processor time."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{name:9} {len(rows):,} forms in {took[0]:.0f} s, {took[1]:.0f} s of processor time, peak {peak:.1f} GiB; "
        f"{quality([p for _, p in rows], clusters)}",
        flush=True,
    )


def ours(rows: Sequence[tuple[str, int]]) -> None:
    """Times resolution itself, from found mentions to published frames."""
    texts, found = frames([form for form, _ in rows])
    start, busy = time.perf_counter(), processor_seconds()
    result = resolve_entities(texts, found, None, (), ResolveSettings(), "1.0.0")
    took = time.perf_counter() - start, processor_seconds() - busy
    entity = dict(result.mentions.select("surface", "entity_id").iter_rows())
    report("onrecord", rows, took, [entity[form] for form, _ in rows])


def splink(rows: Sequence[tuple[str, int]]) -> None:
    """The same rows with Splink, where it is installed (it is no part of the project)."""
    if importlib.util.find_spec("splink") is None:
        print("splink    not installed (pip install splink, in an environment of its own): skipped")
        return
    from tests.benchmarks import _splink

    start, busy = time.perf_counter(), processor_seconds()
    clusters = _splink.clusters([form for form, _ in rows])
    report("splink", rows, (time.perf_counter() - start, processor_seconds() - busy), clusters)


def main() -> None:
    """Generates the forms and prints what each method took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--forms", type=int, default=1_000_000)
    arguments = parser.parse_args()
    if not (arguments.shared / "eval/names").is_dir():
        sys.exit(f"skipped: there are no names at {arguments.shared / 'eval/names'}; name the folder with --shared")
    rows = generated(arguments.shared, arguments.forms)
    for method in (ours, splink):  # a process each, so that the peak of one is not the other's
        worker = multiprocessing.get_context("fork").Process(target=method, args=(rows,))
        worker.start()
        worker.join()
        if worker.exitcode:
            sys.exit(f"{method.__name__} ended with {worker.exitcode}")


if __name__ == "__main__":
    main()
