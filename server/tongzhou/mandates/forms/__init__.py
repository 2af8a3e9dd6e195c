"""Forms of powers and duties."""
