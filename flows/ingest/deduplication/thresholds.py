"""Numbers of near-duplicate detection that were measured or judged, each with its reason.

When two texts are near-copies is a setting (`ingest.near_copy_jaccard`); these decide how they are found.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class DeduplicationThresholds:
    """Sizes and bounds of shingling, prefilter, MinHash banding and revisions."""

    chunk_bytes: int = 1 << 18
    """Bytes of text that one pass of shingling holds: it stays in the processor's cache."""

    keys_at_once: int = 1 << 20
    """Keys of the prefilter that are counted at a time: 8 MiB, whatever the size of the corpus."""

    sample: int = 2
    """The prefilter looks at one of so many different shingles: half of them cost half the time, and the deviations
    below make up for chance."""

    leniency: float = 0.9
    """Part of the wanted share of common shingles that is enough: bytes tell the words of some scripts wrongly."""

    deviations: float = 2.5
    """Standard deviations of the sample that are let off: one text in 160 with a near-copy would fall below."""

    rounds: int = 4
    """How often what only dropped texts had in common is taken off. Later rounds drop next to nothing."""

    bands: int = 42
    """Bands of the MinHash signature. 42 bands of 3 miss a pair at Jaccard 0.5 with probability
    (1 - 0.5 ** 3) ** 42 = 0.4 %, one at 0.6 never."""

    band_rows: int = 3
    """Values of a band."""

    max_bucket: int = 64
    """A bucket of more texts is a mass mailing: each is compared with a few of them, and all meet in the earliest."""

    neighbours: int = 4
    """With how many of a large bucket a text is compared, at its start and just before the text."""

    digested_at_once: int = 4096
    """Texts whose signatures are made in one call: bounds the memory of the call."""

    min_revision_jaccard: float = 0.1
    """Records of a container move when it is rewritten: a less similar text in the same place is no new version."""

    max_texts_of_url: int = 8
    """An address with more texts than this is that of a section or a live page, not of an article."""


THRESHOLDS = DeduplicationThresholds()
