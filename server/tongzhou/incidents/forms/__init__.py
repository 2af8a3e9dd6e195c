"""What the acts of this room ask for, as forms. Whether it may be done is for the acts."""
