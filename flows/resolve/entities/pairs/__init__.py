"""Which names are compared, how alike two are, and whether they are one entity."""
