"""The reference pages in ``docs/reference``, made from the running code.

    python -m tongzhou.cli.reference write
    python -m tongzhou.cli.reference check

``check`` compares and exits 1 where a page differs: a word, an act type, an error or an
option that the pages do not know fails the build.
"""
