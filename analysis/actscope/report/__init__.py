"""Reports that stand alone: every figure with its definition, n and missing."""
