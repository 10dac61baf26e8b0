"""How good a trained reader is, and the settings fitted to it."""
