"""What the pair model has said of two texts is kept: the same numbers, and nothing is asked twice."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.resolve.claims.pairs import kept_answers as module
from flows.resolve.claims.pairs.kept_answers import KeptAnswers, Pair, answer_cache
from flows.resolve.claims.pairs.limits import PairLimits
from flows.runtime.workers.executors import executing
from flows.runtime.workers.process_pool import ProcessPool
from tests.builders.claims import pair_model

TEXTS = [
    "The harbour will open in June",
    "The harbour opens in June",
    "The harbour will not open in June",
    "Two ferries sank off Østvik",
    "Three ferries sank off Østvik",
    "Nothing is known of the ferries",
]
NO_MODEL = Path("no/such/model")
PAIRS = st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS)), max_size=8)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder that examples share: each finds what those before it have kept."""
    return tmp_path_factory.mktemp("output")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(PAIRS)
def test_the_answers_are_those_of_the_model_whatever_is_kept(output: Path, pairs: list[Pair]) -> None:
    assert np.array_equal(KeptAnswers(answer_cache(output)).judge(pairs), pair_model().judge(pairs))


def test_what_was_asked_in_either_order_is_asked_no_more(tmp_path: Path) -> None:
    pairs = [(TEXTS[0], TEXTS[1]), (TEXTS[3], TEXTS[4])]
    first = KeptAnswers(answer_cache(tmp_path))
    first.judge(pairs)
    first.close()
    turned = [pair[::-1] for pair in pairs]
    later = KeptAnswers(answer_cache(tmp_path), NO_MODEL)
    assert np.array_equal(later.judge(turned), pair_model().judge(turned))
    with pytest.raises(Exception, match="no/such/model"):
        later.judge([(TEXTS[0], TEXTS[5])])


def test_worker_processes_give_the_same_numbers_and_each_part_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LIMITS", PairLimits(few_pairs=1, part_pairs=4))
    pairs = [(a, b) for a in TEXTS for b in TEXTS if a < b]
    with ProcessPool(2) as pool, executing(pool):
        found = KeptAnswers(answer_cache(tmp_path)).judge(pairs)
    assert np.array_equal(found, pair_model().judge(pairs))
    assert len(answer_cache(tmp_path).shards()) == -(-len(pairs) // 4)
