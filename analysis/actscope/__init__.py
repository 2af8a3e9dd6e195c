"""Analysis of collaboration: pure functions from tables to frozen results.

Layers, lowest first: ``errors``, ``results``, ``definition`` and ``zones``; ``acts`` (what the
tables are, reading and checking them); ``codes``, ``days``, ``counting`` and ``disclosure`` (what
every family of measures needs); ``engines`` (SQL on DuckDB and Spark); the families ``network``,
``process``, ``tempo``, ``survey``, ``compare``, ``epidemic``, ``allocation``, ``reconcile`` and
``synth``, which do not know each other; ``dimensions``, ``summary``, ``diagnose`` and ``report``,
made of them; ``cli``. Import what you need by its module: a package loads nothing by itself.
"""

__version__ = "0.1.0"
