"""The socket that visitors come to."""

import socket

import pytest

from tongzhou.cli import listening
from tongzhou.kernel.terminal import Fault


def test_it_says_where_it_listens() -> None:
    with listening.listen("127.0.0.1", 0) as listener:
        address = listening.address_of(listener)

    assert address.startswith("http://127.0.0.1:")
    assert not address.endswith(":0")


def test_a_port_that_is_taken_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "_PATIENCE", 0.3)
    with listening.listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]

        with pytest.raises(Fault) as told:
            listening.listen("127.0.0.1", port)

    assert told.value.code == "cannot-listen"
    assert str(port) in str(told.value)


def test_an_address_of_another_machine_is_told_at_once() -> None:
    with pytest.raises(Fault) as told:
        listening.listen("192.0.2.1", 0)

    assert told.value.code == "cannot-listen"


def test_a_port_that_becomes_free_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    first = listening.listen("127.0.0.1", 0)
    port = first.getsockname()[1]
    monkeypatch.setattr(listening.time, "sleep", lambda seconds: first.close())

    with listening.listen("127.0.0.1", port) as second:
        assert second.getsockname()[1] == port


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_ipv6_address_is_written_in_brackets() -> None:
    try:
        listener = listening.listen("::1", 0)
    except Fault:
        pytest.skip("IPv6 is switched off here")
    with listener:
        assert listening.address_of(listener).startswith("http://[::1]:")
