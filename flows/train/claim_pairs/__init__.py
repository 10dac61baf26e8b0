"""Trains the pair model: two statements in, what they are to each other out."""
