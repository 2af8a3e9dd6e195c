"""How much is done together, and when."""
