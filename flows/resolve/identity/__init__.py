"""Ids that last: carried from the parent snapshot, followed, retired."""
