"""Pages of powers and duties."""
