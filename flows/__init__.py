"""How a snapshot becomes true: ingest, extract, resolve, validate, publish, each in a folder of its own."""
