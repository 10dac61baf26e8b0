"""A build on what earlier builds have kept gives the tables of a build from nothing with the same history."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.builders.incremental import Corpus

CHANGES = st.dictionaries(st.integers(0, 5), st.sampled_from([None, 0, 1, 2]), min_size=1, max_size=4)
"""What a step does: an article by number comes, or changes, in an edition; or goes (None)."""


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CHANGES, min_size=2, max_size=2))
def test_what_is_kept_changes_no_row(steps: list[dict[int, int | None]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        corpus = Corpus(root / "output", {0: 0, 1: 0, 2: 0})
        for number, step in enumerate(steps):
            for article, edition in step.items():
                if edition is None:
                    corpus.articles.pop(article, None)
                else:
                    corpus.articles[article] = edition
            kept = corpus.tables(root / "kept", root / f"work-{number}")
            anew = corpus.tables(root / f"cache-{number}", root / f"anew-{number}")
            assert [name for name, table in anew.items() if not table.equals(kept[name])] == []
            corpus.publish(kept)
