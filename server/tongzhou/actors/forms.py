"""Forms of accounts, units and posts. What may be said is checked by the acts; the forms
only read it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.actions.appoint_person import may_give
from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.vocabulary import Role, Word
from tongzhou.places.models import Area, Level

_EXPIRY = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("1 year")))


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """A new password."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters; a few words are better than many signs."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class TokenForm(forms.Form):
    """A token: what for, what it may do, until when."""

    label = forms.CharField(label=_("What is it for?"), max_length=100)
    days = forms.TypedChoiceField(label=_("Valid for"), choices=_EXPIRY, coerce=int, initial=90)
    scopes = forms.MultipleChoiceField(
        label=_("What may it do besides reading?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, words: list[Word], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(word.name, word.label) for word in words]

    @property
    def term(self) -> timedelta:
        """How long the token is to be valid."""
        return timedelta(days=self.cleaned_data["days"])


class AcceptanceForm(forms.Form):
    """A new account, for somebody who was invited."""

    username = forms.CharField(
        label=_("User name"),
        max_length=80,
        help_text=_("With it you sign in: letters, digits and . @ + - _"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=100, required=False)
    name_en = forms.CharField(label=_("Name in Latin letters"), max_length=100, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters; a few words are better than many signs."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class InvitationForm(forms.Form):
    """Whom to invite to which post."""

    label = forms.CharField(
        label=_("For whom"),
        max_length=100,
        required=False,
        help_text=_("Only so that you can tell the links apart."),
    )
    role = forms.ChoiceField(label=_("Role"))
    days = forms.TypedChoiceField(
        label=_("The link is open for"),
        choices=((1, _("1 day")), (7, _("7 days")), (30, _("30 days"))),
        coerce=int,
        initial=7,
    )

    def __init__(self, *args: Any, giver: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        # No role is chosen for the giver: the first in the list may do the most.
        field.choices = [
            ("", _("Choose a role")),
            *((role.value, role.label) for role in Role if may_give(role, by=giver)),
        ]


class UnitForm(forms.Form):
    """A unit; area and parent are named by their codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=80,
        help_text=_("Small letters, digits and hyphens; it stands in the address for good."),
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    area = forms.CharField(
        label=_("Area"),
        max_length=40,
        help_text=_("Its code, for example 3301."),
        widget=forms.TextInput(attrs={"list": "area-suggestions", "autocomplete": "off"}),
    )
    parent = forms.CharField(
        label=_("Unit above it"),
        max_length=80,
        required=False,
        help_text=_("Its code. Firms, volunteers and residents' groups stand outside the line."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    active = forms.BooleanField(label=_("Active"), required=False, initial=True)

    @classmethod
    def of(cls, unit: Unit, data: Any = None) -> "UnitForm":
        """The form of an existing unit; its code stays."""
        form = cls(
            data,
            initial={
                "name_zh": unit.name_zh,
                "name_en": unit.name_en,
                "sector": unit.sector,
                "level": unit.level,
                "area": unit.area.code,
                "parent": unit.parent.code if unit.parent else "",
                "active": unit.active,
            },
        )
        del form.fields["code"]
        return form

    @classmethod
    def new(cls, data: Any = None, *, area: Area | None, parent: Unit | None) -> "UnitForm":
        """An empty form; area and parent filled in where they are known."""
        form = cls(
            data,
            initial={
                "area": area.code if area else "",
                "level": area.level if area else Level.CITY,
                "parent": parent.code if parent else "",
            },
        )
        del form.fields["active"]
        return form
