"""Measurements of a running node: ``make bench`` prints them as one table.

Nothing here is a test: machines differ and are noisy. Figures that matter are CPU time per
request and ratios measured side by side in one run.
"""
