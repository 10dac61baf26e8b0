"""The names of `tests.benchmarks.entities` clustered by Splink 5 on DuckDB, as its documentation recommends.

Given and family name are columns; a `NameComparison` each (Jaro-Winkler at three thresholds) with the frequencies of
its terms, blocking on either name with the beginning of the other and on both beginnings; the prior from a
deterministic rule, u by random sampling, m by expectation maximisation once with each name held fixed. (The comparison
of both names at once, `ForenameSurnameComparison`, cannot be trained where there is nothing but names to block on.)
"""

import logging
import os
from collections.abc import Sequence

SAME_PAIRS = 1 / 6
"""Of the six pairs among the four forms of a person, one has both names unchanged (with and without an initial)."""

PREDICTED = 0.5
CLUSTERED = 0.9
"""Probabilities from which a pair is kept, and from which it joins a cluster."""


def clusters(forms: Sequence[str]) -> list[object]:
    """The cluster of each form."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    names = [form.split() for form in forms]
    frame = pd.DataFrame(
        {
            "unique_id": range(len(forms)),
            "first": [name[0] for name in names],
            "last": [name[-1] for name in names],
        }
    )
    rules = [
        block_on("last", "substr(first, 1, 1)"),
        block_on("first", "substr(last, 1, 2)"),
        block_on("substr(first, 1, 3)", "substr(last, 1, 3)"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison(column).configure(term_frequency_adjustments=True) for column in ("first", "last")
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    database = DuckDBAPI()
    database.duckdb_con.execute(f"SET threads TO {len(os.sched_getaffinity(0))}")
    linker = Linker(database.register(frame), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("first", "last")], recall=SAME_PAIRS)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (block_on("last"), block_on("first")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=1e7)
    predicted = linker.inference.predict(threshold_match_probability=PREDICTED)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, CLUSTERED).as_pandas_dataframe()
    by_row = dict(zip(found["unique_id"], found["cluster_id"], strict=True))
    return [by_row[number] for number in range(len(forms))]
