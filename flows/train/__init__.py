"""Trains the reader; the only part that needs torch, and no part of a build."""
