"""Who says what: cues, contents and sources of a text."""
