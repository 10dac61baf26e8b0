"""The order of cleaning, from the raw text of a document to the text of an article: characters, layout, boilerplate."""

from flows.ingest.cleaning import boilerplate, paragraphs, unicode_repair
from flows.ingest.cleaning.boilerplate import Boilerplate


def clean(text: str, lexicon: Boilerplate) -> list[str]:
    """Return the paragraphs of the article in `text`, cleaned; none where it holds none.

    Each is one line with single spaces, in NFC, without control characters. Cleaning the paragraphs joined
    with a blank line gives the same paragraphs again.
    """
    return boilerplate.drop(paragraphs.paragraphs(unicode_repair.repair(text)), lexicon)
