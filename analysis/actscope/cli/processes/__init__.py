"""The parts of ``actscope process``."""
