"""No text makes extraction slow: what a regular expression or a rule costs grows with the length, not with its square.

Measured in processor time of this process, as the ratio of two lengths, so that a slow or busy machine changes nothing.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import flows
import schemas

UNITS = [
    "a", "A", "“", '"', "'", ".", ",", "-", "–", "(", ")", " ", "\n", "1", "0,", "a ", "A ", "A.", "Aa ", "the ",
    "of the ", "1 ", "<", "<p ", "<!--", "&", "@", "a@", "a.", "a.b", "www.", "/", "#", "said ", "“a” ", "’s ", "A-",
    "a-b.", "$1 ", "Mr. ", "A and ", "in May ", "x=", "\u00a0", "\0", "one ", "two hundred and ", "1 May ", "Aa-Aa ",
    "a: ", "* ",
]  # fmt: skip
SHORT, LONG = 1_000, 4_000
NOTICED = 0.001
"""Seconds that a pattern may take on the short text before it is tried on the long one; a linear one takes less."""
LINEAR = 8.0
"""Four times the length may cost this many times as much; a quadratic pattern costs sixteen times."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern that a module of the build keeps, in whatever it keeps it, with where it is."""
    seen = set()
    for package in (flows, schemas):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith("flows.train") and not module.name.endswith("__main__"):
                kept = vars(importlib.import_module(module.name))
                for name, value in list(kept.items()):
                    for pattern in inside(value):
                        if pattern not in seen:
                            seen.add(pattern)
                            yield f"{module.name}.{name}", pattern


def inside(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple | set | frozenset) and depth < 3:
        for item in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from inside(item, depth + 1)
    elif callable(value) and hasattr(value, "cache_info") and not getattr(value, "__code__", None):
        wrapped = getattr(value, "__wrapped__", None)
        returns = str(getattr(wrapped, "__annotations__", {}).get("return", ""))
        if "Pattern" in returns and wrapped.__code__.co_argcount == 0:
            yield from inside(value(), depth + 1)


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def grows_faster(work: Callable[[int], object]) -> float:
    """How many times as much the long text costs, 0 where nobody would notice; the least of three measurements."""
    if seconds(lambda: work(SHORT)) < NOTICED:
        return 0.0
    found = []
    for _ in range(3):
        short = seconds(lambda: work(SHORT))
        found.append(seconds(lambda: work(LONG)) / max(short, 1e-9))
        if found[-1] < LINEAR:
            break
    return min(found)


def test_every_regular_expression_is_linear() -> None:
    found = list(patterns())
    assert len(found) > 100
    slow = []
    for where, pattern in found:
        binary = isinstance(pattern.pattern, bytes)
        for unit in UNITS:

            def search(length: int, unit: str = unit, pattern: re.Pattern = pattern, binary: bool = binary) -> None:
                text = unit * (length // len(unit)) + "!"
                for _ in pattern.finditer(text.encode() if binary else text):
                    pass

            if (times := grows_faster(search)) >= LINEAR:
                slow.append(f"{where} on {unit!r}: {times:.0f} times as slow on 4 times the length")
    assert not slow, "\n".join(slow)


@pytest.fixture(scope="module")
def extracted() -> Callable[[str], object]:
    """Everything that extraction does with one text after the reader's network has read it."""
    from flows.extract.attribution.cue_linking import Decoding
    from flows.extract.document import extract_document
    from flows.extract.mentions.gazetteer import load_gazetteer
    from flows.extract.reader.model import Reader
    from flows.lexicons.paths import reader_folder
    from flows.settings import ExtractSettings

    settings = ExtractSettings()
    reader, gazetteer = Reader(reader_folder(settings.reader), threads=1), load_gazetteer()
    decoding = Decoding.of(reader.spec.decoding)
    read: dict[str, object] = {}

    def extract(text: str) -> object:
        if text not in read:
            read[text] = reader.read(text)
            return None
        return extract_document("art_0", read[text], decoding, None, gazetteer, settings)

    return extract


@pytest.mark.parametrize("unit", ['"', "“no, ", "(which he denied ", "Ana Maria said ", "Anna, Berta, ", "a@b. "])
def test_a_text_that_never_ends_costs_what_its_length_does(extracted: Callable[[str], object], unit: str) -> None:
    def work(length: int) -> object:
        return extracted("The mayor said on Monday. " + unit * (length // len(unit)))

    work(SHORT), work(LONG)
    assert grows_faster(work) < LINEAR
