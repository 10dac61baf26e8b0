"""Articles of all outlets to the events that they tell of."""
