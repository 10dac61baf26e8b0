"""What two statements are to each other: what the pair model is given, what it says, and how that is scored."""
