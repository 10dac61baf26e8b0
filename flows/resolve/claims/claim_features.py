"""Claim mentions as what is compared: terms, pairs of terms, entities, quantities, dates, polarity, meaning.

Everything is an array or a sparse matrix with one row a claim mention, so that millions of pairs are compared
without a loop over them.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from flows.lexicons import LEXICONS, rows
from flows.resolve.claims.article_position import borne_out, in_headline
from flows.resolve.claims.duplicate_wordings import bare, voice_of
from flows.resolve.claims.lexical_features import (
    AUXILIARY,
    acts_of_cues,
    agents_of,
    counted,
    listed,
    name_stems,
    neighbours,
    numerals,
    terms_of,
    told_acts,
)
from flows.resolve.claims.sparse_matrices import alike_indicators, indicators, sparse
from flows.resolve.claims.stems import stem
from schemas.intermediate import MEANING_SIZE
from schemas.vocabularies import Attribution, Modality

FUNCTION_WEIGHT = 1.6
"""Stems below this weight (in more than a fifth of all articles) are function words: no content of a claim.
"""
RARE_WEIGHT = 4.6
"""Stems from this weight on are in fewer than one article in a hundred: the words that a claim turns on."""
NOMINAL_CHARS = 120
_NEGATION = (
    r"\b(?:not|never|no|none|nobody|nothing|cannot|neither|nor)\b|n[’']t\b"
    r"|\b(?:do|does|did|is|are|was|were|has|have|had|would|could|should)nt\b"  # apostrophes get lost on the way
)
_MODES = {
    Modality.ASSERTED: 0,
    Modality.FUTURE: 1,
    Modality.CONDITIONAL: 2,
    Modality.POSSIBLE: 2,
    Modality.NECESSARY: 3,
    Modality.IMPERATIVE: 3,
}
"""Modalities by strength: what is, what will be, what may be, what ought to be."""


@dataclass(frozen=True)
class Propositions:
    """N claim mentions, in the order of their ids.

    terms [N, stems]: weights of content stems; words: of those that are no part of a name; rare: of the rare ones
    among these; tokens: 1 for any stem, function words included; pairs [N, …]: neighbouring stems; entities [N,
    entities]: 1 for an entity inside, a capital counted as its state; agents: those before the first auxiliary verb,
    or the first one; first_entity, last_entity [N]: by place in the text, -1 for none; values, measures, units,
    counts [N, …]: all numbers, quantities with units, their units, those of them that are counted nouns; listed [N,
    …]: names of complete lists; years, days [N, …]: dates by year and as stated; plus, minus [N, oppositions]: sides
    of an opposition that are named; judging [oppositions]: those that judge; denied [N]: an odd number of negators;
    negative [N]: these and implicit negation together; mode [N]; article, speaker [N]: numbers, -1 unknown; voice
    [N]: the same, of an unknown speaker by the last word of its phrase; start, end, cue [N]: offsets, -1 for no
    cue; acts, told_acts [N, kinds]: what the cue does beyond reporting ("condemned"), what the text tells of;
    direct, mixed [N]: quoted, quoted in part; voiced [N]: attributed to somebody; nominal [N]: short and without an
    auxiliary verb; bare [N]: a few words of somebody's without a finite verb; anaphoric [N]: opens with a pronoun;
    backward [N]: with one for what was said before; passive [N]: has a "by"; opens [N]: begins with its first
    entity; report [N]: the row that a quotation bears out, -1 for none; headline [N]: stands in the headline;
    meaning [N, 384]: int8; size [N]: its length.
    """

    ids: np.ndarray
    terms: csr_matrix
    words: csr_matrix
    rare: csr_matrix
    tokens: csr_matrix
    pairs: csr_matrix
    entities: csr_matrix
    values: csr_matrix
    measures: csr_matrix
    units: csr_matrix
    counts: csr_matrix
    listed: csr_matrix
    years: csr_matrix
    days: csr_matrix
    plus: csr_matrix
    minus: csr_matrix
    judging: np.ndarray
    first_entity: np.ndarray
    last_entity: np.ndarray
    negative: np.ndarray
    denied: np.ndarray
    mode: np.ndarray
    article: np.ndarray
    speaker: np.ndarray
    voice: np.ndarray
    start: np.ndarray
    end: np.ndarray
    cue: np.ndarray
    acts: csr_matrix
    told_acts: csr_matrix
    direct: np.ndarray
    mixed: np.ndarray
    voiced: np.ndarray
    nominal: np.ndarray
    bare: np.ndarray
    anaphoric: np.ndarray
    backward: np.ndarray
    passive: np.ndarray
    opens: np.ndarray
    report: np.ndarray
    headline: np.ndarray
    agents: csr_matrix
    meaning: np.ndarray
    size: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


def propositions(mentions: pl.DataFrame, places: pl.DataFrame, articles: pl.DataFrame) -> Propositions:
    """What is compared of `mentions`.

    mentions: claim_mention_id, article_id, start_char, text, attribution, speaker_id, speaker_surface, cue_start_char,
        polarity, modality, finite, quantities, dates, meaning; sorted by claim_mention_id.
    places: row (u32, into mentions), entity (str, a capital already replaced by its state), surface, at
        (i32, its offset in the article); one row an entity mention inside a claim mention.
    articles: article_id, text.
    """
    count = mentions.height
    terms = terms_of(mentions)
    worded = terms.filter((pl.col("weight") >= FUNCTION_WEIGHT) & ~pl.col("stem").str.contains(r"^\p{N}"))
    content = worded.unique(["row", "stem"], maintain_order=True)
    known = content["stem"].unique().sort()
    number = pl.DataFrame({"stem": known, "column": np.arange(len(known), dtype=np.int64)})
    content = content.join(number, on="stem", how="left", maintain_order="left")
    words = content.join(name_stems(places), on=["row", "stem"], how="anti", maintain_order="left")
    rare = words.filter(pl.col("weight") >= RARE_WEIGHT)
    quantities = _exploded(mentions, "quantities")
    dates = _exploded(mentions, "dates")
    order = places.sort("row", "at").group_by("row", maintain_order=True)
    ends = order.agg(first=pl.col("entity").first(), last=pl.col("entity").last(), at=pl.col("at").first())
    entity_names = places["entity"].unique().sort()
    negations, plus, minus = _oppositions(terms, count)
    acts = alike_indicators([acts_of_cues(mentions), told_acts(terms)], count)
    lower = mentions["text"].str.to_lowercase()
    # wherever the "not" stands: "there are four that do not recognize it" denies what "four do not recognize it" does
    denied = (
        lower.str.replace_all(r"\bnot (?:only|just|merely)\b", "").str.count_matches(_NEGATION) % 2 == 1
    ).to_numpy()
    backward = _looks_back(lower)
    meaning = _meaning(mentions)
    return Propositions(
        ids=mentions["claim_mention_id"].to_numpy(),
        terms=sparse(content["row"], content["column"], count, len(known), content["weight"]),
        words=sparse(words["row"], words["column"], count, len(known), words["weight"]),
        rare=sparse(rare["row"], rare["column"], count, len(known), rare["weight"]),
        tokens=indicators(terms.select("row", value="stem").unique(), count),
        pairs=indicators(neighbours(terms).unique(), count),
        entities=indicators(places.select("row", pl.col("entity").alias("value")).unique(), count),
        values=indicators(pl.concat([quantities.select("row", "value"), numerals(terms)]).unique(), count),
        units=indicators(quantities.drop_nulls("unit").select("row", value="unit").unique(), count),
        counts=indicators(counted(quantities), count),
        measures=indicators(
            quantities.select(
                "row",
                pl.concat_str(pl.col("value"), pl.col("unit").fill_null(""), separator=" ").alias("value"),
            ).unique(),
            count,
        ),
        listed=indicators(listed(mentions), count),
        years=indicators(dates.select("row", pl.col("iso").str.slice(0, 4).alias("value")).unique(), count),
        days=indicators(
            dates.filter(pl.col("iso").str.len_chars() > 4).select("row", pl.col("iso").alias("value")).unique(),
            count,
        ),
        plus=plus,
        minus=minus,
        judging=np.array(
            [row["kind"] == "judgement" for row in rows(LEXICONS, "antonyms", ("word", "opposite", "kind"))]
        ),
        first_entity=_numbered(ends, "first", entity_names, count),
        last_entity=_numbered(ends, "last", entity_names, count),
        denied=denied,
        negative=denied ^ (negations % 2 == 1),
        mode=mentions["modality"]
        .replace_strict({k.value: v for k, v in _MODES.items()}, return_dtype=pl.Int8)
        .to_numpy(),
        article=mentions["article_id"].rank("dense").cast(pl.Int64).to_numpy() - 1,
        voice=mentions.select(voice_of()).to_series().rank("dense").cast(pl.Int64).to_numpy(),
        speaker=mentions["speaker_id"].rank("dense").fill_null(0).cast(pl.Int64).to_numpy() - 1,
        start=mentions["start_char"].to_numpy(),
        end=mentions["end_char"].to_numpy(),
        cue=mentions["cue_start_char"].fill_null(-1).to_numpy(),
        acts=acts[0],
        told_acts=acts[1],
        direct=(mentions["attribution"] == Attribution.DIRECT).to_numpy(),
        mixed=(mentions["attribution"] == Attribution.MIXED).to_numpy(),
        voiced=(mentions["attribution"] != Attribution.NARRATED).to_numpy(),
        nominal=(~lower.str.contains(AUXILIARY) & (mentions["text"].str.len_chars() <= NOMINAL_CHARS)).to_numpy(),
        bare=mentions.select(bare()).to_series().to_numpy(),
        anaphoric=lower.str.contains(r"^\W*(?:that )?(?:we|i)\b").to_numpy() | backward,
        backward=backward,
        agents=indicators(agents_of(mentions, places), count),
        passive=lower.str.contains(r"\b(?:by)\b").to_numpy(),
        opens=_opens(ends, mentions),
        report=borne_out(mentions),
        headline=in_headline(mentions, articles),
        meaning=meaning,
        size=np.sqrt(np.einsum("ij,ij->i", meaning, meaning, dtype=np.int64)),
    )


def _exploded(mentions: pl.DataFrame, column: str) -> pl.DataFrame:
    """The structs of a list column, a row each, with the row they came from."""
    listed = mentions.select(column).with_row_index("row").explode(column, empty_as_null=False).drop_nulls(column)
    return listed.unnest(column)


def _looks_back(lower: pl.Series) -> np.ndarray:
    """Whether a text opens with a pronoun for what was said before; the "that" of indirect speech is none.

    Where a pronoun "that" begins a clause its verb follows.
    """
    pronoun = lower.str.contains(r"^\W*(?:that )?(?:it|this|these|those|he|she|they)\b")
    return (pronoun | lower.str.contains(r"^\W*that(?:[’']s| is| was| will| would)\b")).to_numpy()


def _opens(ends: pl.DataFrame, mentions: pl.DataFrame) -> np.ndarray:
    """Whether a text begins with its first entity, an article or a quotation mark before it passed over."""
    begins = np.zeros(mentions.height, bool)
    row = ends["row"].to_numpy()
    begins[row] = ends["at"].to_numpy() - mentions["start_char"].to_numpy()[row] <= len("“the ")
    return begins


def _numbered(ends: pl.DataFrame, column: str, names: pl.Series, count: int) -> np.ndarray:
    number = dict(zip(names.to_list(), range(len(names)), strict=True))
    found = np.full(count, -1, np.int64)
    found[ends["row"].to_numpy()] = [number[name] for name in ends[column].to_list()]
    return found


def _oppositions(terms: pl.DataFrame, count: int) -> tuple[np.ndarray, csr_matrix, csr_matrix]:
    """Implicit negations by row, and which sides of which oppositions each row names."""
    implicit = {stem(r["word"]) for r in rows(LEXICONS, "negation", ("word", "kind")) if r["kind"] == "implicit"}
    hits = terms.filter(pl.col("stem").is_in(sorted(implicit)))
    negations = np.bincount(hits["row"].to_numpy(), minlength=count)
    table = rows(LEXICONS, "antonyms", ("word", "opposite"))
    sides = []
    for side in ("word", "opposite"):
        lookup = pl.DataFrame({"stem": [stem(r[side]) for r in table], "column": list(range(len(table)))}).unique()
        found = terms.select("row", "stem").unique().join(lookup, on="stem", how="inner")
        sides.append(sparse(found["row"], found["column"], count, len(table)))
    both = sides[0].minimum(sides[1])
    return negations, (sides[0] - both).tocsr(), (sides[1] - both).tocsr()


def _meaning(mentions: pl.DataFrame) -> np.ndarray:
    """Meaning vectors as int8 [N, MEANING_SIZE]; a list of another length is an error of the caller."""
    flat = mentions["meaning"].explode(empty_as_null=False).to_numpy()
    return np.ascontiguousarray(flat.reshape(mentions.height, MEANING_SIZE).astype(np.int8))
