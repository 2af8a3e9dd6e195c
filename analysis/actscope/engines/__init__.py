"""The same aggregates of a table of acts on DuckDB and on Spark, from one SQL text each."""
