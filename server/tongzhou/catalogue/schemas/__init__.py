"""Shapes of the API of the catalogue."""
