"""Quantities of a content: numbers, what they count or measure, and the same in base units."""
