"""The order of cleaning, from the raw text of a document to the text of an article: characters, layout, boilerplate."""

from typing import NamedTuple

from flows.ingest.cleaning import boilerplate, paragraphs, site_notices, unicode_repair
from flows.ingest.cleaning.boilerplate import Boilerplate


class Cleaned(NamedTuple):
    """The paragraphs of an article, those that were dropped, and what the text was where it was no article.

    stands_for: `bot_wall` or `not_found` where the document is that; `consent` or `paywall` where nothing but such
    notices was in it; else None. ends_at_paywall: a notice that the rest is for who pays follows the last paragraph.
    """

    paragraphs: list[str]
    dropped: list[str]
    stands_for: str | None
    ends_at_paywall: bool


def clean(text: str, lexicon: Boilerplate) -> Cleaned:
    """Return the article in `text`, cleaned.

    Each paragraph is one line with single spaces, in NFC, without control characters. Cleaning the paragraphs joined
    with a blank line gives the same paragraphs again.
    """
    notices = site_notices.shipped()
    found = paragraphs.paragraphs(unicode_repair.repair(text))
    kinds = [notices.kind_of(paragraph) for paragraph in found]
    said = [
        paragraph for paragraph, kind in zip(found, kinds, strict=True) if kind not in site_notices.BESIDE_AN_ARTICLE
    ]
    kept = boilerplate.drop(said, lexicon)
    stands_for = notices.stands_for_an_article(found)
    if not kept and not stands_for:
        stands_for = next((kind for kind in kinds if kind in site_notices.IN_PLACE_OF_AN_ARTICLE), None)
    return Cleaned(kept, _missing(found, kept), stands_for, _ends_at_paywall(found, kinds, kept))


def _missing(found: list[str], kept: list[str]) -> list[str]:
    """Return the paragraphs that were dropped, in order; `kept` is `found` without some."""
    missing, at = [], 0
    for paragraph in found:
        if at < len(kept) and paragraph == kept[at]:
            at += 1
        else:
            missing.append(paragraph)
    return missing


def _ends_at_paywall(found: list[str], kinds: list[str | None], kept: list[str]) -> bool:
    for paragraph, kind in zip(reversed(found), reversed(kinds), strict=True):
        if kind == "paywall":
            return True
        if kept and paragraph == kept[-1]:
            return False
    return False
