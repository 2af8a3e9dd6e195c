"""The socket that visitors come to: bound once, shared by all web processes."""

import errno
import socket
import time

from tongzhou.kernel.terminal import Fault, words

_ = words("cli")

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
_BACKLOG = 512
_PATIENCE = 8.0  # seconds that parts of an earlier, killed run may need to let go of the port


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises Fault when the address is taken or not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            listener.bind((host, port))
            listener.listen(_BACKLOG)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(0.2)
                continue
            listener.close()
            raise Fault(
                "cannot-listen",
                _("Cannot listen on %(host)s, port %(port)s: %(reason)s. Try another --port.")
                % {"host": host, "port": port, "reason": error.strerror or error},
            ) from error
        return listener


def address_of(listener: socket.socket) -> str:
    """The address of a listening socket, as a browser takes it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
