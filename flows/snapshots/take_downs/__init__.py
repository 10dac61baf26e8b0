"""Taking an article down: what may never come back, where it still lies, and what removes it there."""
