"""What a name means in one article, where it can mean several: which body, which place, which person."""
