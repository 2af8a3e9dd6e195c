"""What is on its way from one hand to another: planned, loaded, handed over, received."""
