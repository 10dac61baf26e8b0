"""Statements: a proposition as a sentence that stands on its own, and how surely it does."""
