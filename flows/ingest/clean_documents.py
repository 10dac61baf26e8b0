"""The step of ingest over documents: raw documents in, one frame of articles and one of rejects out."""

import json
import re
from collections.abc import Iterable, Iterator

import polars as pl
from pandera.typing.polars import DataFrame

from flows.ingest.cleaning.boilerplate import Boilerplate
from flows.ingest.cleaning.clean_text import clean
from flows.ingest.cleaning.language import identify
from flows.ingest.cleaning.unicode_repair import repair
from flows.ingest.documents import RawDocument, Reject, rejects_frame
from flows.ingest.metadata import headline_and_byline
from flows.ingest.notes import dropped_blocks
from flows.settings import IngestSettings
from schemas import ids
from schemas.intermediate import CleanDocuments
from schemas.rejects import Rejects
from schemas.tables import polars_schema
from schemas.vocabularies import RejectReason

LANGUAGE = "en"
"""ISO 639-1 code of the language that the reader was trained on: a text in another is refused."""
_SHOWN_INSTEAD = {
    "bot_wall": "a page that asks whether its reader is a robot",
    "not_found": "a page that says that there is no such page",
    "consent": "nothing but a notice on cookies",
    "paywall": "nothing but an offer to who pays",
}
_WORD = re.compile(r"\w+")


SCHEMA = polars_schema(CleanDocuments)


def words_of(text: str) -> int:
    """Return the number of words: maximal runs of word characters."""
    return len(_WORD.findall(text))


def clean_documents(
    documents: Iterable[RawDocument], settings: IngestSettings, lexicon: Boilerplate
) -> tuple[DataFrame[CleanDocuments], DataFrame[Rejects]]:
    """Return the articles of a shard of documents, ordered by source_uri, and the rejects.

    Each document is in one of the two. Refused are texts that are too long, that hold too few words once cleaned, that
    are in another language, and pages that a site shows in place of an article. The rejects also hold notes on
    articles (`schemas.vocabularies.NOTES`): what was dropped of them, and dates that contradict each other.
    """
    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    for document in documents:
        result = _article(document, settings, lexicon)
        if isinstance(result, Reject):
            rejects.append(result)
        else:
            row, notes = result
            rows.append(row)
            rejects += notes
    articles = pl.DataFrame(rows, schema=SCHEMA).sort("source_uri", maintain_order=True)
    return DataFrame[CleanDocuments](articles), rejects_frame(rejects)


def _article(
    document: RawDocument, settings: IngestSettings, lexicon: Boilerplate
) -> tuple[dict[str, object], list[Reject]] | Reject:
    if len(document.text) > settings.max_text_chars:
        detail = f"a text of {len(document.text):,} characters, more than the {settings.max_text_chars:,} allowed"
        return _reject(document, RejectReason.TOO_LARGE, detail)
    cleaned = clean(document.text, lexicon)
    if cleaned.stands_for:
        detail = _SHOWN_INSTEAD[cleaned.stands_for]
        return _reject(document, RejectReason(cleaned.stands_for), f"{detail}: {_shortened(cleaned.dropped)}")
    text = "\n\n".join(cleaned.paragraphs)
    words = words_of(text)
    if words < settings.min_words:
        detail = f"{words} words are left once boilerplate is gone, fewer than {settings.min_words}"
        return _reject(document, RejectReason.NO_TEXT, detail)
    verdict = identify(text)
    if verdict.language != LANGUAGE:
        detail = f"language {verdict.language} (probability {verdict.probability:.2f}), not {LANGUAGE}"
        return _reject(document, RejectReason.NOT_ENGLISH, detail)
    front = headline_and_byline.front(cleaned.paragraphs)
    row: dict[str, object] = {
        "article_id": ids.article_id(text),
        "title": _line(document.title) or front.title,
        "publisher": _line(document.publisher),
        "author": _line(document.author) or front.author,
        "published_on": document.published_on or front.published_on,
        "url": _line(document.url),
        "language": verdict.language,
        "text": text,
        "word_count": words,
        "source_uri": document.source_uri,
        "source_sha256": document.sha256,
        "modified_on": document.modified_on,
        "truncated": document.truncated or cleaned.ends_at_paywall,
    }
    return row, [*dropped_blocks(document, cleaned.dropped), *_conflicts(document)]


def _conflicts(document: RawDocument) -> Iterator[Reject]:
    if document.conflict:
        detail = f"statements of the date of publication: {document.conflict}; the first is taken"
        yield Reject(document.source_uri, RejectReason.CONFLICTING_DATES, detail)


def _shortened(paragraphs: list[str]) -> str:
    return " ".join(paragraphs)[:120]


def _line(stated: str | None) -> str | None:
    """Return a stated value with readable characters, on one line; None where nothing is left."""
    return (" ".join(repair(stated).split()) or None) if stated else None


def _reject(document: RawDocument, reason: RejectReason, detail: str) -> Reject:
    payload = json.dumps(
        {
            "title": _line(document.title),
            "publisher": _line(document.publisher),
            "published_on": document.published_on.isoformat() if document.published_on else None,
            "url": _line(document.url),
            "source_sha256": document.sha256,
        },
        ensure_ascii=False,
    )
    return Reject(document.source_uri, reason, detail, payload, document.sha256, document.size)
