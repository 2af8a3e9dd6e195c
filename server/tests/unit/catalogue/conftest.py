"""The shipped catalogue, laid out."""

import pytest

from tongzhou.catalogue.actions.lay_out_catalogue import Laid, lay_out_catalogue
from tongzhou.demo.cast import Cast


@pytest.fixture
def laid(cast: Cast) -> Laid:
    """What laying it out made."""
    return lay_out_catalogue(by=cast.shen, at=cast.at)
