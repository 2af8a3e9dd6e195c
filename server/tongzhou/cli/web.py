"""``tongzhou web``: one web process, alone or under ``tongzhou serve``."""

import argparse
import gc
import os
import socket
import sys

import uvicorn

from tongzhou.cli.applications import load
from tongzhou.cli.listening import DEFAULT_HOST, DEFAULT_PORT, address_of, listen
from tongzhou.kernel.database_part import POOL
from tongzhou.kernel.processes import follow_parent, tell_ready
from tongzhou.kernel.terminal import words

_ = words("cli")

_GRACE = 4  # seconds that requests under way may take when the process is asked to end


class Server(uvicorn.Server):
    """Says when it is ready, and ends open streams first when it is asked to stop."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's; afterwards the supervisor knows."""
        await super().startup(sockets)
        # What was loaded stays: the collector need not walk all of it again and again while a
        # large page is made (0.2 s each time).
        gc.collect()
        gc.freeze()
        if self.started:
            tell_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, without waiting for streams, which have no end of their own."""
        self.config.loaded_app.close_streams()
        await super().shutdown(sockets)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default=DEFAULT_HOST, help=_("address to listen on"))
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=_("port to listen on"))
    parser.add_argument(
        "--fd", type=int, help=_("use this open socket instead (given by the supervisor)")
    )


def run(options: argparse.Namespace) -> int:
    """Serves until SIGINT or SIGTERM."""
    follow_parent()
    os.environ.setdefault(POOL, "1")
    load()
    from tongzhou.config.asgi import application  # noqa: PLC0415 – needs the applications

    if options.fd is None:
        listener = listen(options.host, options.port)
        print(_("Listening on %(address)s") % {"address": address_of(listener)}, flush=True)
    else:
        listener = socket.socket(fileno=options.fd)
    config = uvicorn.Config(
        application,
        interface="asgi3",
        lifespan="on",
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http="httptools",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # kernel.client_address decides whom to believe
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=15,
    )
    config.load()
    server = Server(config)
    try:
        server.run(sockets=[listener])
    except (KeyboardInterrupt, SystemExit):
        # uvicorn ends in good order and then hands the signal on; only a failed start counts.
        if not server.started:
            raise
    return 0
