"""The actions of ``actscope survey``, one module for each: ``SHAPE``, ``arguments``, ``run``."""
