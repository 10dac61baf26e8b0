"""Sentences, clauses, noun phrases, polarity and modality, from tagged words."""
