"""The limits of what ingest notes, and of what it holds at once."""

from dataclasses import dataclass

from flows.settings import MIB


@dataclass(frozen=True)
class IngestLimits:
    """Sizes of batches and of what `rejects` tells, each with its reason."""

    note_words: int = 6
    """Blocks with fewer words are labels, buttons and links: dropping them is not put on record."""
    noted_blocks: int = 20
    """Dropped blocks of a document that are put on record word by word."""
    noted_characters: int = 200
    """Characters of each of them: enough to find it again in the page."""
    detail_characters: int = 500
    """Characters of the detail of a reject: what a person reads, whatever a library says."""
    sources_per_task: int = 256
    """Files of one task: some seconds of reading, far more than a task costs."""
    batch_sources: int = 64
    """Files of one document that a worker reads at a time: a second of work."""
    batch_bytes: int = 8 * MIB
    """Bytes of them at most, unless one file has more: they are sent to the worker."""
    unread_files: int = 8
    """Files of one task that cannot be read, beyond those that are allowed, after which it gives up: the place is at
    fault, and waiting for thousands of files that do not come takes days."""
    batches_ahead: int = 4
    """Batches that one task has handed to workers and that are not done yet; bounds memory."""
    records_ahead: int = 16
    """The same of the records of one container, which is all that some builds have: one for each processor, up to so
    many."""


LIMITS = IngestLimits()
