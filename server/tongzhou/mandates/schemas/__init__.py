"""Duties and charges as the API shows and takes them."""
