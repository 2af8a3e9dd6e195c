"""What the sub-command ``network`` is made of."""
