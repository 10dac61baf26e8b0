"""A snapshot in other forms: databases with views, CSV and JSON Lines, linked data."""
