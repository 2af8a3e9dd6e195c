"""The pages of shipments."""
