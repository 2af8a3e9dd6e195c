"""A table as a file to keep."""

from django.http import StreamingHttpResponse

from tongzhou.ui import csv_files
from tongzhou.ui.csv_files import Cell


def csv_answer(rows: list[list[Cell]], name: str) -> StreamingHttpResponse:
    """The rows as CSV."""
    return csv_files.download(name, csv_files.of_cells(rows))
