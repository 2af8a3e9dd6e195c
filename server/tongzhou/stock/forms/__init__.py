"""Forms of the stock."""
