"""``tongzhou create-admin``: the first way into an installation."""

import argparse
import getpass
import sys
from typing import TypeVar

from tongzhou.actors.actions.create_administrator import create_administrator
from tongzhou.actors.models import Unit
from tongzhou.cli.applications import told_plainly
from tongzhou.kernel import clock
from tongzhou.kernel.terminal import Fault, words
from tongzhou.places.models import Area

_ = words("cli")
Model = TypeVar("Model", Unit, Area)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, and of which unit. What is not given is asked for."""
    parser.add_argument("--username", help=_("name to sign in with"))
    parser.add_argument("--name-zh", default="", metavar="NAME", help=_("Chinese name"))
    parser.add_argument("--name-en", default="", metavar="NAME", help=_("English name"))
    parser.add_argument(
        "--unit", metavar="CODE", help=_("the unit to administer (default: the topmost one)")
    )
    parser.add_argument("--area", metavar="CODE", help=_("its area, where there is no unit yet"))
    parser.add_argument(
        "--password-stdin", action="store_true", help=_("read the password from standard input")
    )


def run(options: argparse.Namespace) -> int:
    """Makes the person and the post."""
    with told_plainly():
        unit = _one(Unit, options.unit)
        area = _one(Area, options.area)
        username = options.username or _ask(_("Username: "))
        password = _password(from_stdin=options.password_stdin)
        post = create_administrator(
            username=username,
            password=password,
            at=clock.now(),
            unit=unit,
            area=area,
            name_zh=options.name_zh,
            name_en=options.name_en,
        )
        print(_("Made: %(post)s. Sign in as %(username)s.") % {"post": post, "username": username})
    return 0


def _one(model: type[Model], code: str | None) -> Model | None:
    if code is None:
        return None
    found = model._default_manager.filter(code=code).first()
    if found is None:
        raise Fault("unknown-code", _("Nothing here has the code “%(code)s”.") % {"code": code})
    return found


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise Fault("no-username", _("Say --username: nobody is here to be asked."))
    return input(question).strip()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Fault("no-password", _("Say --password-stdin: nobody is here to be asked."))
    password = getpass.getpass(_("Password: "))
    if getpass.getpass(_("Once more: ")) != password:
        raise Fault("passwords-differ", _("The two passwords differ."))
    return password
