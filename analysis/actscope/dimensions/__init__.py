"""The four gaps, the three mechanisms and the constructs of the theories, as far as a log tells."""
