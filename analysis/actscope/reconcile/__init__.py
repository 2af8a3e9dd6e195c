"""One organisation under many spellings: what may be merged, and why."""
