"""Analysis of collaborative acts: pure functions from tables to frozen results.

Layers, lowest first: ``acts`` (what a table of acts is, reading and checking it), ``coding``,
``counting``, ``disclosure`` and ``days`` (what every family of measures needs), ``network``,
``tempo`` and ``process`` (the families), ``summary`` and ``cli``.
"""

__version__ = "0.1.0"
