"""Places of a text where an entity is named."""
