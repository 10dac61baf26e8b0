"""What a report tells of its content: what the speaker does with it, when it was said, what is taken back."""
