"""Shapes of the API of the stock."""
