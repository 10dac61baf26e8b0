"""Fits the weights that say whether two claim mentions are one claim: `seeds/lexicons/same_wording.csv`.

    python -m flows.train.wording --pairs MSRP.jsonl KNOWNLIE.jsonl CLAIMDIFF.jsonl \\
        --gold GOLD.jsonl PAIRS.json --news NEWS.jsonl [--articles 300] [--write]

Everything is read by the shipped reader and resolved as in a build, so the weights meet what they will meet. A
labelled pair of sentences is a bag: if it is one claim, its likest two mentions are, else no two are (multiple
instance learning, Dietterich et al. 1997), decided anew in every round. Two mentions of one article of news that
are not alike in meaning are two claims. The weights are a logistic regression with Gaussian priors at zero and a
sign for every feature; what makes two claims whatever else they share (`BY_HAND`) is not fitted.
"""

import argparse
import csv
import json
import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize

from flows.extract.extract_articles import extract_articles
from flows.lexicons import LEXICONS
from flows.lexicons.paths import asset
from flows.resolve.claims.claim_features import Propositions, propositions
from flows.resolve.claims.claim_mentions import actors, entities_inside, identified, with_speakers
from flows.resolve.claims.pair_features import FEATURES, features, weights
from flows.resolve.entities.resolve_entities import resolve_entities
from flows.settings import Settings
from schemas import ids

BY_HAND = frozenset(
    {
        "count_differs", "list_differs", "date_differs", "polarity_differs", "opposition", "roles_swapped",
        "acts_differ", "part_of", "restated", "borne_out", "headlined", "voices_differ",
    }
)  # fmt: skip
AFTERWARDS = frozenset({"numbers_differ", "words_differ"})
"""Set by hand after the fit, on what it merged in news on one subject; while fitting they say nothing."""

FOR = frozenset(
    {
        "meaning", "word_cover", "word_dice", "rare_cover", "token_dice", "token_low", "pair_dice", "entity_dice",
        "agent_shared", "quantity_shared", "date_shared",
    }
)  # fmt: skip
"""Features that can only speak for one claim; the others can only speak against it."""

ROUNDS = 4
PARAPHRASE, GOLD_SAME, GOLD_OTHER, NEWS = 2.0, 25.0, 3.0, 0.03
"""What a label counts: paraphrases so that F1 is highest where the score is one half; of the annotated articles, a
few pairs among thousands, so that they are heard at all; of news, pairs that nobody has labelled, so that they are not
all that is heard.
"""
PRECISION = 10.0
"""Of the Gaussian priors: how many pairs' worth of doubt a weight of 1 meets."""
SAME_ARTICLE_MEANING = 0.9
"""Mentions of one article nearer than this may well be one claim, labelled or not."""


@dataclass(frozen=True)
class Bags:
    """Pairs of mentions with their features, the labelled pair that each belongs to, and the labels' weights."""

    features: np.ndarray
    bag: np.ndarray
    same: np.ndarray
    weight: np.ndarray


def labelled(path: Path) -> Iterator[tuple[str, str, bool]]:
    """The sentence pairs of a file: paraphrases, sentences with a fact-checker's claim, claims of two outlets."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if "paraphrase" in row:
            yield row["text1"], row["text2"], row["paraphrase"]
        elif "strengthens" in row and not row["strengthens"]:
            yield row["claim_a"], row["claim_b"], False
    checked = sorted({(row["event"], row["verified_claim"]) for row in rows if "verified_claim" in row})
    for row in rows:
        for event, claim in checked:
            if event == row["event"]:
                yield row["sentence"], claim, claim == row["verified_claim"]


def resolved(texts: list[str]) -> tuple[Propositions, dict[str, np.ndarray], pl.DataFrame]:
    """The propositions of texts, each an article; the rows of each text; their mentions."""
    schema = {"article_id": pl.String, "text": pl.String, "published_on": pl.Date, "publisher": pl.String}
    schema |= {"duplicate_of": pl.String, "revision_of": pl.String}
    distinct = sorted(set(texts))
    articles = pl.DataFrame([{"article_id": ids.article_id(t), "text": t} for t in distinct], schema=schema)
    settings = Settings()
    found, claims = extract_articles(articles, asset("models/reader"), settings.extract)
    entities = resolve_entities(articles, found, None, (), settings.resolve, "1.0.0")
    mentions = with_speakers(identified(claims), entities.mentions, entities.entities)
    inside = entities_inside(mentions, entities.mentions)
    places = inside.join(actors(entities.entities), on="entity_id", how="left", maintain_order="left")
    p = propositions(mentions, places.select("row", "surface", "at", entity="actor"), articles)
    article = mentions["article_id"].to_numpy()
    return p, {t: np.flatnonzero(article == ids.article_id(t)) for t in distinct}, mentions


def sentence_bags(pairs: list[tuple[str, str, bool]], paraphrase: float = 1.0) -> Bags:
    """A bag for each pair of sentences; one that is a paraphrase counts `paraphrase`."""
    p, rows, _ = resolved([text for pair in pairs for text in pair[:2]])
    drawn = [(a, b, n) for n, (x, y, _) in enumerate(pairs) for a in rows[x] for b in rows[y] if a != b]
    left, right, bag = np.array(drawn, np.int64).reshape(-1, 3).T
    same = np.array([pair[2] for pair in pairs])
    found = features(p, np.minimum(left, right), np.maximum(left, right))
    return Bags(found, bag, same, np.where(same, paraphrase, 1.0))


def gold_bags(gold: Path, judged: Path, matcher: Path) -> Bags:
    """A bag for each pair of annotated claims that was found, but those that readers left open."""
    match = runpy.run_path(str(matcher))["match"]  # the scorer decides what was found, as it will when it judges
    documents = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    pairs = json.loads(judged.read_text(encoding="utf-8"))
    p, rows, mentions = resolved([document["text"] for document in documents])
    at: dict[str, int] = {}
    for document in documents:
        own = sorted(rows[document["text"]].tolist(), key=lambda row: (mentions["attribution"][row] == "narrated", row))
        items = [
            {"content": [(s["start_char"], s["end_char"]) for s in mentions["spans"][row]], "row": row} for row in own
        ]
        found, _, _ = match(document["text"], document["claims"], items)
        at |= {document["claims"][i]["key"]: own[j] for i, j in found}
    same, free = ({frozenset(pair) for pair in pairs[kind]} for kind in ("same", "open"))
    keys = sorted(at)
    drawn = [(a, b) for n, a in enumerate(keys) for b in keys[n + 1 :] if frozenset((a, b)) not in free - same]
    left, right = np.array([sorted((at[a], at[b])) for a, b in drawn]).T
    label = np.array([frozenset(pair) in same for pair in drawn])
    return Bags(features(p, left, right), np.arange(len(drawn)), label, np.where(label, GOLD_SAME, GOLD_OTHER))


def news_bags(path: Path, count: int) -> Bags:
    """Unlike mentions of one article of news, every pair a bag of two claims."""
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(count), lines, strict=False)]
    p, rows, _ = resolved(texts)
    drawn = [(a, b) for own in rows.values() for n, a in enumerate(own) for b in own[n + 1 :]]
    found = features(p, *np.array(drawn).T)
    unlike = found[:, FEATURES.index("meaning")] < SAME_ARTICLE_MEANING
    for name in ("borne_out", "headlined", "restated", "part_of"):
        unlike &= found[:, FEATURES.index(name)] == 0
    found = found[unlike]
    return Bags(found, np.arange(len(found)), np.zeros(len(found), bool), np.full(len(found), NEWS))


def likest(bags: Bags, logit: np.ndarray) -> np.ndarray:
    """The pair of mentions of each bag that scores highest."""
    order = np.lexsort((-logit, bags.bag))
    return order[np.concatenate([[True], np.diff(bags.bag[order]) > 0])]


def fit(corpora: list[Bags], start: tuple[float, np.ndarray]) -> tuple[float, np.ndarray]:
    """Bias and weights in the order of FEATURES."""
    bias, weight = start[0], start[1].copy()
    free = np.array([name not in BY_HAND | AFTERWARDS for name in FEATURES])
    deciding = np.array([name in BY_HAND for name in FEATURES])
    bounds = [(0, None) if name in FOR else (None, 0) for name in np.array(FEATURES)[free]] + [(None, None)]
    for _ in range(ROUNDS):
        kept = []
        for bags in corpora:
            chosen = likest(bags, bags.features @ weight + bias)
            undecided = chosen[(bags.features[np.ix_(chosen, deciding)] == 0).all(axis=1)]
            bag = bags.bag[undecided]
            kept.append((bags.features[undecided][:, free], bags.same[bag], bags.weight[bag]))
        x, same, importance = (np.concatenate(parts) for parts in zip(*kept, strict=True))
        given = np.column_stack([x, np.ones(len(x))]), np.where(same, 1, -1), importance
        found = minimize(loss, np.append(weight[free], bias), given, jac=True, method="L-BFGS-B", bounds=bounds).x
        weight[free], bias = found[:-1], float(found[-1])
    return bias, weight


def loss(b: np.ndarray, x: np.ndarray, sign: np.ndarray, importance: np.ndarray) -> tuple[float, np.ndarray]:
    """Logistic loss of weights and bias `b` with its slope, the prior on the weights included."""
    margin = -sign * (x @ b)
    prior = np.append(PRECISION * b[:-1], 0)
    slope = x.T @ (-sign * importance / (1 + np.exp(-margin)))
    return float((importance * np.logaddexp(0, margin)).sum() + (prior[:-1] @ b[:-1]) / 2), slope + prior


def figures(bags: Bags, bias: float, weight: np.ndarray) -> str:
    """Precision, recall and F1 of the labelled pairs at a score of one half."""
    logit = bags.features @ weight + bias
    called = np.zeros(len(bags.same), bool)
    called[bags.bag[logit >= 0]] = True
    hits = int((called & bags.same).sum())
    same = int(bags.same.sum())
    rates = hits / max(1, called.sum()), hits / max(1, same), 2 * hits / max(1, called.sum() + same)
    return " / ".join(f"{100 * rate:.1f}" for rate in rates) + f"  of {len(called):,} pairs, same {same:,}"


def main() -> None:
    """Fits, prints figures, and writes the table if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="labelled pairs of sentences")
    parser.add_argument("--gold", type=Path, nargs=3, help="annotated articles, their judged pairs, and the matcher")
    parser.add_argument("--news", type=Path, help="articles whose unlike claims are two")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--write", action="store_true", help="write seeds/lexicons/same_wording.csv")
    options = parser.parse_args()
    corpora = {}
    for path in options.pairs:
        pairs = list(labelled(path))
        plain = "paraphrase" in path.read_text(encoding="utf-8").partition("\n")[0]
        corpora[path.parent.name] = sentence_bags(pairs, PARAPHRASE if plain else 1.0)
    if options.gold:
        corpora["gold"] = gold_bags(*options.gold)
    if options.news:
        corpora["news"] = news_bags(options.news, options.articles)
    bias, weight = fit(list(corpora.values()), weights())
    for name, bags in corpora.items():
        print(f"{name:12} {figures(bags, bias, weight)}")
    table = [("bias", bias), *zip(FEATURES, weight, strict=True)]
    for name, value in table:
        print(f"{name:20} {value:+.2f}")
    if options.write:
        with (LEXICONS / "same_wording.csv").open("w", encoding="utf-8", newline="") as sink:
            csv.writer(sink, lineterminator="\n").writerows(
                [("feature", "weight"), *((name, f"{value:.2f}") for name, value in table)]
            )


if __name__ == "__main__":
    main()
