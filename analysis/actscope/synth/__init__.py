"""Logs of acts that never happened, drawn from a seed, with truths planted in them."""
