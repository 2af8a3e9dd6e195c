"""Acts on stores and goods."""
