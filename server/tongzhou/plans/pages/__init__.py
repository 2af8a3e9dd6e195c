"""Pages of plans, modes, exercises and process charts."""
