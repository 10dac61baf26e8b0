"""Articles that repeat others: exact duplicates, near-copies, revisions."""
