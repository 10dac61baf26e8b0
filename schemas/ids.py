"""The ids of the dataset, and the only functions that mint them.

An id is a prefix and 16 hex digits of the SHA-256 of a canonical JSON array, so no part can run into its
neighbour. Article, mention, claim-mention and conflict ids follow from content: the same text gives the same
ids in any run. Entity, claim and story ids are minted once, from their first evidence, and carried forward from
snapshot to snapshot by `flows.resolve`.
"""

import hashlib
import json
from collections.abc import Iterable

PREFIX = {
    "article_id": "art",
    "mention_id": "men",
    "entity_id": "ent",
    "attribution_id": "att",
    "claim_mention_id": "cmn",
    "claim_id": "clm",
    "conflict_id": "cfl",
    "story_id": "str",
}

HEX_DIGITS = 16


def pattern(column: str) -> str:
    """Return the regular expression that every value of an id column matches, e.g. `^art_[0-9a-f]{16}$`."""
    return rf"^{PREFIX[column]}_[0-9a-f]{{{HEX_DIGITS}}}$"


_text = json.encoder.encode_basestring_ascii
"""A text as JSON."""


def _mint(prefix: str, *texts: str) -> str:
    return _hashed(prefix, ",".join([_text(text) for text in (prefix, *texts)]))


def _hashed(prefix: str, canonical: str) -> str:
    return f"{prefix}_{hashlib.sha256(f'[{canonical}]'.encode()).hexdigest()[:HEX_DIGITS]}"


def _span(span: tuple[int, int] | None) -> str:
    return "null" if span is None else f"[{span[0]},{span[1]}]"


def article_id(text: str) -> str:
    """Id of an article: of its cleaned text and nothing else."""
    return _mint("art", text)


def mention_id(article: str, start: int, end: int) -> str:
    """Id of an entity mention: the article and the range of characters."""
    return _hashed("men", f'"men",{_text(article)},{start},{end}')


def claim_mention_id(
    article: str,
    spans: Iterable[tuple[int, int]],
    speaker: tuple[int, int] | None,
    cue: tuple[int, int] | None,
) -> str:
    """Id of a claim mention: the article, its content spans, and the speaker and cue spans.

    Speaker and cue are part of it because one content can be attributed twice in one sentence.
    """
    return _attributed("cmn", article, spans, speaker, cue)


def attribution_id(
    article: str,
    spans: Iterable[tuple[int, int]],
    speaker: tuple[int, int] | None,
    cue: tuple[int, int] | None,
) -> str:
    """Mint the id of an attribution: of the article, all spans of what is attributed, and speaker and cue."""
    return _attributed("att", article, spans, speaker, cue)


def _attributed(
    prefix: str,
    article: str,
    spans: Iterable[tuple[int, int]],
    speaker: tuple[int, int] | None,
    cue: tuple[int, int] | None,
) -> str:
    whole = ",".join([_span(span) for span in spans])
    return _hashed(prefix, f'"{prefix}",{_text(article)},[{whole}],{_span(speaker)},{_span(cue)}')


def entity_id(first_mention: str) -> str:
    """Id of an entity that no earlier snapshot has: of the mention id that is its first evidence."""
    return _mint("ent", first_mention)


def claim_id(first_claim_mention: str) -> str:
    """Id of a claim that no earlier snapshot has: of the claim mention id that is its first evidence."""
    return _mint("clm", first_claim_mention)


def story_id(first_article: str) -> str:
    """Mint the id of a story that no earlier snapshot has: of the article that is its first evidence."""
    return _mint("str", first_article)


def conflict_id(claim_a: str, claim_b: str, conflict_type: str) -> str:
    """Id of a conflict: its two claims in ascending order and its type."""
    low, high = sorted((claim_a, claim_b))
    return _mint("cfl", low, high, conflict_type)
