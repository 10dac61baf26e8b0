"""What reading yields: a raw document with its stated metadata, or the reason why there is none."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from pandera.typing.polars import DataFrame

from flows.credentials import masked
from flows.ingest.limits import LIMITS
from flows.plain_text import one_line
from schemas.rejects import Rejects
from schemas.vocabularies import RejectReason, Stage

REJECTS_SCHEMA = {
    "stage": pl.String,
    "source_uri": pl.String,
    "reason": pl.String,
    "detail": pl.String,
    "payload": pl.String,
}


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as it was read: decoded, its main text found, nothing cleaned yet.

    `sha256` and `size` are of the raw bytes: of the whole file, or of the record where a file holds several. `dropped`
    are blocks of a page that are no part of its article, `conflict` says where statements of its date contradict each
    other.
    """

    source_uri: str
    sha256: str
    size: int
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published_on: dt.date | None = None
    url: str | None = None
    modified_on: dt.date | None = None
    truncated: bool = False
    dropped: tuple[str, ...] = ()
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a container, taken out of it and not read yet.

    `format` is that of the container, `data` the record's bytes, `url` where the container says that it is from.
    """

    source_uri: str
    format: str
    data: bytes
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """One file or record that is no article, and why. `sha256` and `size` are known where its bytes were read.

    `payload` is what a document states that was read and is no article; None where there was no document.
    """

    source_uri: str
    reason: RejectReason
    detail: str
    payload: str | None = None
    sha256: str | None = None
    size: int | None = None


class Unusable(Exception):  # noqa: N818 -- a verdict on an input, not an error of the program
    """Raised by a reader: this input is no document, for `reason`. Never leaves this stage."""

    def __init__(self, reason: RejectReason, detail: str, *, lasting: bool = True) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.lasting = lasting
        """Whether another attempt would come to the same; a server that does not answer may answer next time."""


def unforeseen(error: BaseException) -> Unusable:
    """Return the verdict on an input that made a reader fail: it must not stop a run or cost another record."""
    return Unusable(RejectReason.MALFORMED, f"reading failed: {type(error).__name__}: {str(error)[:200]}")


def rejects_frame(rejects: Iterable[Reject]) -> DataFrame[Rejects]:
    """Return the rejects of this stage as rows of `rejects`, in its published order, one row per distinct reject."""
    rows = {
        (
            Stage.INGEST.value,
            reject.source_uri,
            reject.reason.value,
            one_line(masked(reject.detail))[: LIMITS.detail_characters],
            reject.payload,
        )
        for reject in rejects
    }
    ordered = sorted(rows, key=lambda row: (*row[:4], row[4] or ""))
    return DataFrame[Rejects](pl.DataFrame(ordered, schema=REJECTS_SCHEMA, orient="row"))
