"""What is asked for, offered and promised; the state of hospitals."""
