"""From problems to the causes tested for them, and to what would mend them."""
