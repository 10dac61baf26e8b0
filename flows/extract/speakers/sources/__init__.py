"""Sources that carry a name: whose name is the head of a source, and not only part of what describes it."""
