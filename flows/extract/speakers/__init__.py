"""The named mention that a source stands for: by name, description or pronoun."""
