"""Claims written out by hand: found claims, articles and entities small enough to check by reading."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import polars as pl

from flows.extract.claims.dates.date_expressions import find_dates
from flows.extract.claims.quantities.find_quantities import find_quantities
from flows.resolve.claims.pairs.pair_model import PairModel
from flows.resolve.claims.resolve_claims import ClaimResolution, resolve_claims
from flows.resolve.conflicts.find_conflicts import find_conflicts
from flows.settings import ResolveSettings
from schemas import ids
from schemas.intermediate import MEANING_SIZE, FoundClaims

_TYPES = {name: column.dtype.type for name, column in FoundClaims.to_schema().columns.items()}
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")


@dataclass(frozen=True)
class Stated:
    """One claim: who says what in which article; a narrated one where nobody does."""

    text: str
    article: str = "one"
    speaker: str | None = None
    direct: bool = False
    cue: str = "said"
    polarity: str = "affirmed"
    modality: str = "asserted"
    finite: bool = True
    inside: bool = False
    """Whether the claim before it ends with its speaker, its cue and its content."""
    published: date | None = None
    story: str = "story"
    background: str = ""
    """A name that stood before it, which its statement shows."""


@cache
def pair_model() -> PairModel:
    """The pair model that ships, loaded once."""
    return PairModel.load()


@dataclass(frozen=True)
class Named:
    """Entities as claim resolution takes them."""

    entities: pl.DataFrame
    mentions: pl.DataFrame


def _vector(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
    return np.random.default_rng(seed).standard_normal(MEANING_SIZE)


def meaning(text: str) -> list[int]:
    """The sum of fixed vectors of the words: alike where the words are."""
    total = sum((_vector(word[:5]) for word in re.findall(r"\w+", text.lower())), np.zeros(MEANING_SIZE))
    return np.round(127 * total / max(1e-9, np.abs(total).max())).astype(int).tolist()


def resolve(
    stated: Sequence[Stated], stands_for: dict[str, str] | None = None, copies: dict[str, str] | None = None,
    judgements: Sequence = (), parent=None, order: Sequence[int] | None = None,
) -> ClaimResolution:  # fmt: skip
    """Claims resolved; every run of capitalised words is an entity of that name."""
    rows, named, start = [], [], {}
    for number, claim in enumerate(stated):
        article = ids.article_id(claim.article)
        at = start.setdefault(claim.article, 0)
        spoken = None
        if claim.inside and claim.speaker:
            at = rows[-1]["end_char"] - len(claim.text)
            before = at - len(f"{claim.speaker} {claim.cue} ")
            spoken = (before, before + len(claim.speaker))
        elif claim.background:
            named.append((article, at, at + len(claim.background), claim.background))
            at += len(claim.background) + 1
        elif claim.speaker:
            spoken = (at, at + len(claim.speaker))
            named.append((article, *spoken, claim.speaker))
            at += len(claim.speaker) + 1
        named += [(article, at + m.start(), at + m.end(), m.group()) for m in _NAME.finditer(claim.text)]
        rows.append(_row(claim, article, at, spoken, number))
        start[claim.article] = at + len(claim.text) + 1
    found = pl.DataFrame(rows, schema=_TYPES)
    if order is not None:
        found = found[list(order)]
    return resolve_claims(
        _articles(stated, copies or {}), found, _entities(named, stands_for or {}), parent, judgements,
        ResolveSettings(), "2.2.0", pair_model(),
    )  # fmt: skip


def _row(claim: Stated, article: str, at: int, spoken: tuple[int, int] | None, number: int) -> dict:
    end = at + len(claim.text)
    cue = spoken and (spoken[1] if claim.inside else end) + 1
    parts = [{"start_char": at, "end_char": end, "kind": "verbatim"}]
    alone = claim.text[:1].upper() + claim.text[1:]
    if claim.background:
        before = {"start_char": at - len(claim.background) - 1, "end_char": at - 1, "kind": "background"}
        parts = [before, *parts]
    said_by = [{"start_char": spoken[0], "end_char": spoken[1]}] if spoken else []
    return {
        "article_id": article, "attribution_id": spoken and ids.attribution_id(article, [(at, end)], spoken, None),
        "start_char": at, "end_char": end, "spans": [{"start_char": at, "end_char": end}],
        "text": claim.text, "statement": f"[{claim.background}.] {alone}" if claim.background else alone,
        "statement_parts": parts, "proposition": alone if claim.background else None,
        "context_start_char": at, "context_end_char": end,
        "attribution": "narrated" if not spoken else "direct" if claim.direct else "indirect",
        "speaker_surface": claim.speaker, "speaker_start_char": spoken and spoken[0],
        "speaker_end_char": spoken and spoken[1], "speaker_antecedents": said_by,
        "cue": claim.cue if spoken else None, "cue_start_char": cue, "cue_end_char": cue and cue + len(claim.cue),
        "polarity": claim.polarity, "modality": claim.modality, "finite": claim.finite,
        "quantities": [q._asdict() for q in find_quantities(claim.text)],
        "dates": [{"iso": iso, "surface": words} for iso, words in find_dates(claim.text, claim.published)],
        "said_on": None, "confidence": 0.9, "meaning": meaning(claim.text),
    }  # fmt: skip


def _articles(stated: Sequence[Stated], copies: dict[str, str]) -> pl.DataFrame:
    seen = {claim.article: claim for claim in stated}
    return pl.DataFrame(
        [
            (
                ids.article_id(name), claim.published, f"Paper {name}",
                ids.article_id(copies[name]) if name in copies else None, None, "x" * 3000, ids.story_id(claim.story),
            )
            for name, claim in seen.items()
        ],
        schema={
            "article_id": pl.String, "published_on": pl.Date, "publisher": pl.String,
            "duplicate_of": pl.String, "revision_of": pl.String, "text": pl.String, "story_id": pl.String,
        },
        orient="row",
    )  # fmt: skip


def _entities(named: list[tuple], stands_for: dict[str, str]) -> Named:
    mentions = pl.DataFrame(
        named,
        schema={"article_id": pl.String, "start_char": pl.Int32, "end_char": pl.Int32, "surface": pl.String},
        orient="row",
    ).with_columns(
        entity_id=pl.col("surface").map_elements(ids.entity_id, return_dtype=pl.String),
        entity_type=pl.lit("GPE"),
    )
    to = {ids.entity_id(a): ids.entity_id(b) for a, b in stands_for.items()}
    entities = mentions.select("entity_id").unique().sort("entity_id")
    stands = [to.get(name) for name in entities["entity_id"]]
    return Named(entities.with_columns(pl.Series("stands_for", stands, dtype=pl.String)), mentions.unique())


def conflicts(stated: Sequence[Stated]) -> pl.DataFrame:
    """The conflicts among claims."""
    return conflicts_of(resolve(stated), stated)


def conflicts_of(result: ClaimResolution, stated: Sequence[Stated]) -> pl.DataFrame:
    """The conflicts among resolved claims."""
    return find_conflicts(result.open_pairs, pair_model(), _articles(stated, {}), {})


def groups(result: ClaimResolution) -> list[list[str]]:
    """The texts of every claim with more than one mention, sorted."""
    held = result.mentions.group_by("claim_id").agg("text").filter(pl.col("text").list.len() > 1)
    return sorted(sorted(texts) for texts in held["text"].to_list())
