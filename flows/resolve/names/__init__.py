"""Names taken apart and compared."""
