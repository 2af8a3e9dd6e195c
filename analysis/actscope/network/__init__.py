"""Who works with whom: ties, positions, groups, roles."""
