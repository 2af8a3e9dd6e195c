"""How fast a disease spreads, where it goes next, and what level of risk the rules give an area."""
