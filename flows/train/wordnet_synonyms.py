"""Writes `seeds/lexicons/wordnet_synonyms.csv`: sets of words of one sense, out of Princeton WordNet's own files.

    python -m flows.train.wordnet_synonyms FOLDER

FOLDER holds WordNet 3.0's `data.*`, `index.*` and `cntlist.rev`. A word stays in a set only where the sense is one of
its usual ones: first of its list, or three in a hundred of its uses in the texts that WordNet counted (SemCor). `can`
is a verb of dismissing, too, but nobody expects it. Left out are names, words that news does not use, and what is
named rather than said: plants, animals, parts of the body, foods, places.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.lexicons import LEXICONS
from flows.lexicons.stems import in_news, stem
from flows.resolve.claims.matching.opposites import opposites

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
NUMBERED = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
NAMED = frozenset({"03", "05", "08", "13", "15", "17", "20"})
"""WordNet's files of nouns (lexnames) that are left out: tops, animals, bodies, foods, places, objects, plants."""
USUAL = 0.03
"""Share of a word's counted uses that are of one sense; at 0.15 two of five pairs of our own small cases are lost, at 0
edits of agencies that say something else are taken for the same: stopped, ended."""
MOST_SENSES = 4
"""First senses of a word that the texts never use, which may be usual."""
MOST_WORDS = 3


@dataclass(frozen=True)
class Synset:
    """Words of one sense: part of speech, WordNet's offset, lemmas as they are written, whether it is an instance."""

    part: str
    offset: str
    file: str
    lemmas: tuple[str, ...]
    instance: bool


def synsets(folder: Path) -> Iterator[Synset]:
    """Yield the synsets of `data.*`; the first lines of each file are its licence."""
    for part, name in PARTS.items():
        for line in (folder / f"data.{name}").read_text(encoding="ascii").splitlines():
            if not line.startswith(" "):
                offset, file, _, count, *rest = line.partition("|")[0].split()
                size = 2 * int(count, 16)
                lemmas = tuple(word.partition("(")[0] for word in rest[:size:2])
                yield Synset(part, offset, file, lemmas, "@i" in rest[size:])


class Senses:
    """Which sense of a word a synset is, and how often the counted texts use it."""

    def __init__(self, folder: Path) -> None:
        self._offsets: dict[tuple[str, str], list[str]] = {}
        for part, name in PARTS.items():
            for line in (folder / f"index.{name}").read_text(encoding="ascii").splitlines():
                if not line.startswith(" "):
                    lemma, _, count, *rest = line.split()
                    self._offsets[lemma, part] = rest[-int(count) :]
        self._uses: Counter[tuple[str, str, int]] = Counter()
        for line in (folder / "cntlist.rev").read_text(encoding="ascii").splitlines():
            key, sense, uses = line.split()
            lemma, _, kind = key.partition("%")
            self._uses[lemma, NUMBERED[kind[0]], int(sense)] += int(uses)

    def usual(self, lemma: str, synset: Synset) -> bool:
        """Tell whether a synset is a usual sense of a lemma in lower case."""
        offsets = self._offsets[lemma, synset.part]
        uses = [self._uses[lemma, synset.part, at] for at in range(1, len(offsets) + 1)]
        at = offsets.index(synset.offset)
        return at == 0 or (uses[at] >= USUAL * sum(uses) if sum(uses) else at < MOST_SENSES)


def said(lemma: str) -> bool:
    """Tell whether news may say it: letters, few words, all of them of news."""
    words = lemma.split("_")
    plain = all(word.isascii() and word.isalpha() for word in words) and len(words) <= MOST_WORDS
    return plain and all(in_news(stem(word)) or len(word) < len("four") for word in words)


def opposed(words: list[str]) -> bool:
    """Tell whether two of the words are opposites of our own list, which knows what news means by them."""
    stems = {stem(word) for word in words}
    return any(not stems.isdisjoint(opposites().get(one, ())) for one in stems)


def sets(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield part of speech and words of the sets that hold more than forms of one word."""
    senses, found = Senses(folder), list(synsets(folder))
    names = {lemma.lower() for synset in found for lemma in synset.lemmas if lemma != lemma.lower()}
    for synset in found:
        if synset.instance or (synset.part == "n" and synset.file in NAMED):
            continue
        lemmas = sorted({lemma.lower() for lemma in synset.lemmas} - names)
        words = [lemma.replace("_", " ") for lemma in lemmas if said(lemma) and senses.usual(lemma, synset)]
        if len({stem(word) for word in words}) > 1 and not opposed(words):
            yield synset.part, words


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    with (LEXICONS / "wordnet_synonyms.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["part", "words"])
        found = sorted({(part, "|".join(words)) for part, words in sets(parser.parse_args().folder)})
        writer.writerows(found)


if __name__ == "__main__":
    main()
