"""The command ``actscope``."""
