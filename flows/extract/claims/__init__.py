"""What a claim holds: narrated clauses, dates, quantities."""
