"""Quotations: where marks stand, whose words they hold, and what that says to the links of cues."""
