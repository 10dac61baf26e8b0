"""The page of a snapshot: what it shows and how it is drawn."""
