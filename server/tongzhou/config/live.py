"""The live stream of this process: the hub below, who is asked for whose unit a page is."""

from tongzhou.config.reader import unit_of_reader
from tongzhou.delivery.hub import Hub
from tongzhou.delivery.live import Live
from tongzhou.kernel import database

_hub = Hub(database.address("web"))
stream = Live(_hub, unit_of_reader)


async def start() -> None:
    """Begins to listen to the ledger."""
    _hub.start()


async def stop() -> None:
    """Ends listening."""
    await _hub.stop()
