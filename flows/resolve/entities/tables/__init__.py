"""Resolved names as published tables: profiles, edges, ids."""
