"""Acts on the catalogue and on people as resources."""
