"""Money: where it came from, what it is for, who allowed it, what it became."""
