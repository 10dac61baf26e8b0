"""The folder that `make run` builds from, and the raw articles that it is modelled on."""

from pathlib import Path

import polars as pl
import pytest

from flows.ingest.clean_documents import clean_documents
from flows.ingest.cleaning import boilerplate
from flows.ingest.corrections import apply, load_corrections
from flows.ingest.deduplication.duplicates_and_revisions import mark_copies
from flows.ingest.documents import RawDocument, Reject, rejects_frame
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources.open_source import list_sources
from flows.lexicons.paths import asset
from flows.settings import IngestSettings


def built(seeds: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    settings, lexicon = IngestSettings(), boilerplate.load(asset("lexicons/boilerplate.yml"))
    items = [item for source in list_sources(str(seeds)) for item in read_source(source, settings)]
    articles, refused = clean_documents([i for i in items if isinstance(i, RawDocument)], settings, lexicon)
    rejects = pl.concat([refused, rejects_frame(i for i in items if isinstance(i, Reject))])
    kept, _, _ = apply(load_corrections(str(seeds)), articles, rejects)
    return mark_copies(kept, None, settings)[0], rejects


@pytest.fixture(scope="module")
def ours() -> tuple[pl.DataFrame, pl.DataFrame]:
    return built(asset("articles"))


def test_five_articles_in_five_forms(ours: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    articles, rejects = ours
    assert set(rejects["reason"]) <= {"boilerplate"}
    assert articles.height == 5
    assert articles["source_uri"].str.extract(r"(\.\w+(?:\.gz)?)(?:#1)?$").n_unique() == 5
    assert articles["title"].null_count() == 0
    assert articles["published_on"].null_count() == 1
    assert articles["word_count"].is_between(250, 500).all()
    assert articles["duplicate_of"].null_count() == 5


@pytest.mark.parametrize(
    "dirt",
    ["©", "Symbols of NATO", "AP", "Regenerate", "ewsletter", "Related", "Back to top", "donation",
     "mailing", "Photo", "â€", "Ã", "??", "Terms of Service", "Share this"],
)  # fmt: skip
def test_their_dirt_is_gone(ours: tuple[pl.DataFrame, pl.DataFrame], dirt: str) -> None:
    assert (
        not ours[0]["text"]
        .str.contains(rf"(?:^|\W){dirt.replace('?', chr(92) + '?')}" if dirt == "AP" else dirt, literal=dirt != "AP")
        .any()
    )


def test_the_raw_articles(shared: Path) -> None:
    articles, rejects = built(shared / "seeds")
    assert articles.height == 5
    assert set(rejects["reason"]) <= {"boilerplate"}
    for dirt in (
        "©",
        "Kryeziu\n",
        "Regenerate response",
        "Back to top",
        "NEWSLETTER",
        "Subscribe to",
        "donation",
    ):
        assert not articles["text"].str.contains(dirt, literal=True).any()
    assert articles.filter(pl.col("title").is_not_null()).height == 3
