"""Dates of a content, relative ones by the day and the tense in which they are said."""
