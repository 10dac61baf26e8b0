"""Notes on articles: rows of `rejects` that tell what was dropped of a document that became an article."""

import json
import re
from collections.abc import Iterator

from flows.ingest.documents import RawDocument, Reject
from flows.ingest.limits import LIMITS
from schemas.vocabularies import RejectReason

_WORD = re.compile(r"\w+")


def dropped_blocks(document: RawDocument, paragraphs: list[str]) -> Iterator[Reject]:
    """Yield one note where blocks of more than a few words were dropped: of the page, then of its text.

    The payload has `blocks`, `words` and the first of the `dropped` texts, shortened.
    """
    said = [" ".join(text.split()) for text in (*document.dropped, *paragraphs)]
    sizes = [(len(_WORD.findall(text)), text) for text in said]
    kept = [(size, text) for size, text in sizes if size >= LIMITS.note_words]
    if not kept:
        return
    words = sum(size for size, _ in kept)
    shown = [text[: LIMITS.noted_characters] for _, text in kept[: LIMITS.noted_blocks]]
    many = f"{len(kept)} block{'' if len(kept) == 1 else 's'} of {words} words"
    detail = f"{many} taken for no part of the article, e.g. {shown[0][:80]!r}"
    payload = json.dumps({"blocks": len(kept), "words": words, "dropped": shown}, ensure_ascii=False)
    yield Reject(document.source_uri, RejectReason.BOILERPLATE, detail, payload)
