"""Whether two propositions are one claim: what each asserts, hard differences, the score of a pair."""
