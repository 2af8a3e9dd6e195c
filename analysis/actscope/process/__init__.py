"""How work passes from hand to hand, and where it waits."""
