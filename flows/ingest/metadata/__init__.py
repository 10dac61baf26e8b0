"""What an article says of itself: headline, byline, date of publication."""
