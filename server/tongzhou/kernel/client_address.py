"""From which address a request came."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the sender. Behind ``TONGZHOU_PROXIES`` reverse proxies it is that many
    entries from the end of X-Forwarded-For; what stands before was written by the sender
    and proves nothing."""
    proxies: int = settings.TONGZHOU_PROXIES
    if proxies:
        entries = [e.strip() for e in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(entries) >= proxies and entries[-proxies]:
            return entries[-proxies][:45]
    address: str = request.META.get("REMOTE_ADDR", "")
    return address
