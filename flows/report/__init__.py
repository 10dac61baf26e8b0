"""A published snapshot as a page and as terminal tables."""
