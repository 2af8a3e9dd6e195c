"""A log of any length in one pass, and the small state from which it is continued."""
