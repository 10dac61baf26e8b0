"""What must be true of the data: ids, vocabularies, a model a table, keys across tables; imports no flows."""
