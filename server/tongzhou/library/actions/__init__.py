"""One act, one function, one file."""
