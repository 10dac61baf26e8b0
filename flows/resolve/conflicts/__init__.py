"""Pairs of claims that cannot both hold."""
