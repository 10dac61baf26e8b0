"""What a snapshot says of an entity: its best name, its type, its aliases, its role as stated last.

All entities at once, by columns: an object for each of a million names takes longer than what is asked of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping

import polars as pl
from rapidfuzz.distance import OSA

from flows import lexicons
from flows.resolve.entities.forms import Forms
from flows.resolve.names.name_forms import class_of
from flows.resolve.names.parse_name import PARTICLES, folded
from flows.resolve.names.reference_entities import ReferenceEntity
from schemas.vocabularies import EntityType

_CARELESS = str.maketrans("jyw", "iiv")
_ROMAN = re.compile(r"^[IVX]+$")
_PERSON = [kind.value for kind in EntityType if class_of(kind.value) == "PERSON"]
_AS_IN_NAMES = r"(?:\p{Lu}[\p{L}'-]*\p{Ll}[\p{L}'-]*|\p{Lu}\.?)"
_AS_NAMES_ARE = f"^{_AS_IN_NAMES}(?: {_AS_IN_NAMES})*$"
"""Words with a capital at the front and small letters behind, and initials: most names."""
_SURFACE = ["cluster", "written"]
"""A surface of an entity, white space made one space."""


def make_profiles(
    named: pl.DataFrame, forms: Forms, references: Mapping[int, ReferenceEntity], former: frozenset[int]
) -> pl.DataFrame:
    """Return the best name and the type of each entity, a row of `cluster`, `name` and `entity_type` each.

    named: the named mentions in order, with `cluster` and the number of their `form` and `article`.
    references: the reviewed entities by cluster; they keep their reviewed name and type.
    former: forms of names that somebody had before; a person goes by another where there is one.
    """
    kinds = _most(named, "entity_type").select("cluster", "entity_type")
    reviewed = pl.DataFrame(
        [(cluster, of.name, of.entity_type) for cluster, of in references.items()],
        {"cluster": pl.Int64, "name": pl.String, "entity_type": pl.String},
        orient="row",
    )
    own = named.join(reviewed, on="cluster", how="anti").join(
        kinds.select("cluster", is_person=pl.col("entity_type").is_in(_PERSON)), on="cluster", how="left"
    )
    names = pl.concat(
        [_names_of_persons(_now(own.filter("is_person"), former), forms), _best(own.filter(~pl.col("is_person")))]
    )
    found = names.join(kinds, on="cluster").select("cluster", "name", pl.col("entity_type").cast(pl.String))
    return pl.concat([found, reviewed]).sort("cluster")


def aliases_of(named: pl.DataFrame) -> pl.DataFrame:
    """Return the surfaces of each entity's names, the most frequent first: `cluster` and `aliases`."""
    return _most(named, "surface", every=True).group_by("cluster", maintain_order=True).agg(aliases="surface")


def stated_roles(named: pl.DataFrame, references: Iterable[int]) -> pl.DataFrame:
    """Return the last mention of each entity that has a role beside it; reviewed ones need none.

    Whose `wife` or `son` somebody is belongs to what they are, so the bare word says nothing, and `Lake man` is no
    role. Rows have `cluster`, `article_id` and `description`.
    """
    kin = lexicons.one_of(noun for noun, kind in lexicons.column("roles", "noun", "kind").items() if kind == "kin")
    whole = (pl.col("role").str.len_bytes() > 0) & ~pl.col("role").str.contains(rf"(?i)^(?:{kin})$|\b(?:wo)?man$")
    stated = named.filter(whole, ~pl.col("cluster").is_in(list(references)))
    return stated.unique("cluster", keep="last", maintain_order=True).select(
        "cluster", "article_id", description="role"
    )


def _most(named: pl.DataFrame, column: str, *, every: bool = False) -> pl.DataFrame:
    """The value of a column that most mentions of each entity have, or every value in this order."""
    counted = named.group_by("cluster", pl.col(column).cast(pl.String)).len()
    ordered = counted.sort("cluster", "len", column, descending=[False, True, False])
    return ordered if every else ordered.unique("cluster", keep="first", maintain_order=True)


def _now(named: pl.DataFrame, former: frozenset[int]) -> pl.DataFrame:
    """Mentions without those of a name that somebody had before, where there are others."""
    if not former:
        return named
    today = ~pl.col("form").is_in(list(former))
    return named.filter(today | ~today.any().over("cluster"))


def _spread(named: pl.DataFrame) -> pl.DataFrame:
    """Mentions with their surface as it is `written`."""
    surface = named["surface"]
    spaced = surface.str.contains(r"^\s|\s$|\s\s|[^\S ]|[\x1c-\x1f]")
    return named.with_columns(written=_told(surface, surface, spaced, lambda text: " ".join(text.split())))


def _told(texts: pl.Series, most: pl.Series, odd: pl.Series, tell: Callable[[str], object]) -> pl.Series:
    """What is told of texts: of those that are odd one by one, of the others by columns (`most`)."""
    at = odd.arg_true()
    return most.scatter(at, pl.Series(map(tell, texts.gather(at)), dtype=most.dtype)) if len(at) else most


def _beyond_ascii(texts: pl.Series) -> pl.Series:
    """Of which texts columns do not tell the case as Python does."""
    return texts.str.len_bytes() != texts.str.len_chars()


def _upper(texts: pl.Series) -> pl.Series:
    most = texts.str.contains("[A-Z]") & ~texts.str.contains("[a-z]")
    return _told(texts, most, _beyond_ascii(texts), str.isupper)


def _lower(texts: pl.Series) -> pl.Series:
    most = texts.str.contains("[a-z]") & ~texts.str.contains("[A-Z]")
    return _told(texts, most, _beyond_ascii(texts), str.islower)


def _last_word(texts: pl.Series) -> pl.Series:
    """Last words, in small letters."""
    most = texts.str.extract(r"([^ ]*)$").str.to_lowercase()
    return _told(texts, most, _beyond_ascii(texts), lambda text: text.rpartition(" ")[2].casefold())


def _best(named: pl.DataFrame) -> pl.DataFrame:
    """The full form in most articles; acronyms and single words only where there is nothing else."""
    spread = (
        _spread(named)
        .group_by(_SURFACE)
        .agg(articles=pl.col("article").n_unique(), mentions=pl.len())
        .with_columns(full=pl.col("written").str.contains(" ", literal=True))
        .filter(pl.col("full") | ~pl.col("full").any().over("cluster"))
    )
    spread = spread.with_columns(
        upper=_upper(spread["written"]),
        size=pl.col("written").str.len_chars(),
    )
    order = ["cluster", "upper", "articles", "mentions", "size", "written"]
    ordered = spread.sort(order, descending=[False, False, True, True, True, False])
    return ordered.unique("cluster", keep="first", maintain_order=True).select("cluster", name="written")


def _names_of_persons(named: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """The full name in most articles, surnames by themselves counted with it.

    Of spellings that are equally common the one that keeps most of what a transliteration drops (accents, `j`
    against `i`): it is nearer to how the person writes it.
    """
    every = _spread(named)
    distinct = every.select(_SURFACE).unique()
    one = distinct.filter(pl.len().over("cluster") == 1)
    seen = every.join(one, on="cluster", how="anti")
    several = pl.Series(forms.words.sizes > 1)  # a surname with a hyphen is two words, and no full name
    full = several.gather(seen["form"]) & seen["written"].str.contains(" ", literal=True)
    seen = seen.with_columns(full=full, last=_last_word(seen["written"]))
    more = seen.group_by(*_SURFACE, "last").agg(
        articles=pl.col("article").n_unique(), mentions=pl.len(), full=pl.col("full").any()
    )
    by_last = seen.group_by("cluster", "last").agg(
        of_surname=pl.col("article").n_unique(), lone=(~pl.col("written").str.contains(" ", literal=True)).sum()
    )
    ranked = _ranked(more.join(by_last, on=["cluster", "last"], how="left"))
    best = pl.concat([one.select(_SURFACE), ranked.filter("has_full").select(_SURFACE)])
    as_written = ranked.filter(~pl.col("has_full")).select("cluster", name="written")
    return pl.concat([_cased(best, more), as_written])


def _ranked(spread: pl.DataFrame) -> pl.DataFrame:
    """The first surface of each person who has several: full names if there are any, else the commonest."""
    written = spread["written"]
    told = spread.with_columns(
        upper=_upper(written),
        lower=_lower(written),
        kept=_kept(written),
        has_full=pl.col("full").any().over("cluster"),
    ).filter(pl.col("full") | ~pl.col("has_full"))
    of_full = [
        pl.when("has_full").then(pl.col(name).cast(pl.Int64)).otherwise(0).alias(name)
        for name in ("upper", "of_surname", "lone", "lower")
    ]
    told = told.with_columns(of_full).with_columns(counted=pl.col("mentions").cast(pl.Int64) + pl.col("lone"))
    order = ["cluster", "upper", "of_surname", "articles", "kept", "counted", "lower", "written"]
    descending = [False, False, True, True, True, True, False, False]
    return told.sort(order, descending=descending).unique("cluster", keep="first", maintain_order=True)


def _kept(texts: pl.Series) -> pl.Series:
    """How many letters of a spelling a careless transliteration would change: accents, `j`, `y`, `w`."""
    most = texts.str.count_matches("[jywJYW]").cast(pl.Int64)
    return _told(texts, most, _beyond_ascii(texts) | texts.str.contains("['`]"), _changed)


def _changed(surface: str) -> int:
    return int(OSA.distance(surface.casefold(), folded(surface).translate(_CARELESS)))


def _cased(best: pl.DataFrame, spread: pl.DataFrame) -> pl.DataFrame:
    """Names with capitals: `Armend mehaj` and `VJOSA OSMANI` as they are written elsewhere, or as names are."""
    written: dict[int, set[str]] = {}
    odd = best.filter(~pl.col("written").str.contains(_AS_NAMES_ARE))
    careless = [c for c, name in odd.iter_rows() if any(word.islower() for word in name.split())]
    for cluster, surface in spread.filter(pl.col("cluster").is_in(careless)).select(_SURFACE).iter_rows():
        written.setdefault(cluster, set()).update(w for w in surface.split() if w[:1].isupper())
    names = [
        " ".join([_cased_word(word, written.get(cluster, set())) for word in name.split()])
        for cluster, name in odd.iter_rows()
    ]
    most = best.join(odd, on="cluster", how="anti").select("cluster", name="written")
    return pl.concat([most, odd.select("cluster", name=pl.Series(names, dtype=pl.String))])


def _cased_word(word: str, words: set[str]) -> str:
    if word.islower() and word not in PARTICLES:
        written = (w for w in sorted(words) if w.casefold() == word and not w.isupper())
        return next(written, word[:1].upper() + word[1:])
    if len(word) > 3 and word.isupper() and not _ROMAN.match(word):
        return "-".join(part.capitalize() for part in word.split("-"))
    return word
