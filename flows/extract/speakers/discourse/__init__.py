"""What a text tells of those it names: its persons with names, genders and roles, and who has spoken so far."""
