"""What the tests of extraction share: the shipped reader, and texts read with it."""

from collections.abc import Callable

import pytest

from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.attributions import attributions
from flows.extract.attribution.cue_linking import Decoding
from flows.extract.document import Found, extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.extract.reader.model import Reader
from flows.lexicons.paths import asset
from flows.settings import ExtractSettings


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader that ships."""
    return Reader(asset("models/reader"))


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[[str], list[Attribution]]:
    """The attributions of a text."""
    decoding = Decoding.of(reader.spec.decoding)
    return lambda text: attributions(reader.read(text), decoding)


@pytest.fixture(scope="session")
def extract(reader: Reader) -> Callable[[str], Found]:
    """All that is extracted from the text of an article."""
    decoding, gazetteer = Decoding.of(reader.spec.decoding), load_gazetteer()
    return lambda text: extract_document("art", reader.read(text), decoding, None, gazetteer, ExtractSettings())
