"""The rows that the pair model is trained on: annotated, generated, mined, as a build asks them, and as arrays."""
