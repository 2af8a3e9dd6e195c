"""How the unit of a post stands to a site that it would send something from."""

from dataclasses import dataclass
from typing import Final

from tongzhou.actors.models import Post
from tongzhou.stock.models import Site

_AS: Final = {"own": "giver"}


@dataclass(frozen=True)
class Giving:
    """A site as what something is sent from: by its own unit, and by those above it. Others who
    see the site may not."""

    site: Site

    def relations_of(self, post: Post) -> frozenset[str]:
        """The relations to the site; "giver" for its own unit."""
        return frozenset(_AS.get(name, name) for name in self.site.relations_of(post))
