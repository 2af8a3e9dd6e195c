"""Signals and incidents as the API shows and takes them."""
