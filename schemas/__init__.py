"""What must be true of the data: ids, vocabularies, one model a table, keys across tables. Imports nothing of flows."""
