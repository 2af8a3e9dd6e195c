"""The head of a version, the reason, files to bring in, the choice of a profile. What may be
said is checked where files are read too; the forms only ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tongzhou.library.codes import word_of
from tongzhou.library.document import PROFILES, Confidence, Force
from tongzhou.library.reading import LARGEST
from tongzhou.library.versions import Version

_LONGEST_REASON = 500


def _reason(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=_LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text or _("Stays with the version. Everybody who is signed in can read it."),
    )


class HeadForm(forms.Form):
    """What a version says of itself besides its body."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    valid_from = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The version before stays in force until the day before."),
    )
    valid_to = forms.DateField(
        label=_("Last day in force"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    legal_force = forms.ChoiceField(label=_("Legal force"), choices=Force.choices)
    source_text = forms.CharField(
        label=_("Source"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    source_url = forms.URLField(
        label=_("Address of the source"), required=False, max_length=1000, assume_scheme="https"
    )
    confidence = forms.ChoiceField(
        label=_("How well it is known"), choices=Confidence.choices, widget=forms.RadioSelect
    )
    reason = _reason()

    @classmethod
    def of(cls, version: Version, *, today: date, data: Any = None) -> "HeadForm":
        """Filled in from a version; the next one begins today unless it says otherwise."""
        begins = max(today, version.valid_from)
        return cls(
            data,
            initial={
                "title_zh": version.title.zh,
                "title_en": version.title.en,
                "valid_from": begins,
                "valid_to": version.valid_to if version.holds_on(begins) else None,
                "legal_force": version.legal_force,
                "source_text": version.source.text,
                "source_url": str(version.source.url or ""),
                "confidence": version.confidence,
            },
        )

    def head(self) -> Mapping[str, Any]:
        """What was given, as a file says it."""
        given = self.cleaned_data
        return {
            "title": {"zh": given["title_zh"], "en": given["title_en"]},
            "valid_from": given["valid_from"].isoformat(),
            "valid_to": given["valid_to"].isoformat() if given["valid_to"] else None,
            "legal_force": given["legal_force"],
            "source": {"text": given["source_text"], "url": given["source_url"] or None},
            "confidence": given["confidence"],
        }


class TextForm(forms.Form):
    """The whole version as text, for what the fields cannot do."""

    text = forms.CharField(
        label=_("The whole template (YAML)"),
        max_length=LARGEST,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 28, "class": "lib-text", "spellcheck": "false", "wrap": "off"}
        ),
    )
    reason = _reason()


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    widget = _Files(attrs={"accept": ".yaml,.yml,application/yaml", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Each of them as one is checked."""
        given = data if isinstance(data, list) and data else [data or None]
        return [super(FilesField, self).clean(one, initial) for one in given]


class ImportForm(forms.Form):
    """Files to bring in."""

    uploads = FilesField(label=_("Files (YAML)"), allow_empty_file=True)
    take_place = forms.BooleanField(
        label=_("Take the place of versions that they overlap"),
        required=False,
        help_text=_("Unticked, a file whose dates overlap a version in force is refused."),
    )
    reason = _reason(_("Stays with each version that the files publish."))


class ProfileForm(forms.Form):
    """Which country profile, and why."""

    profile = forms.ChoiceField(label=_("Country profile"), widget=forms.RadioSelect)
    reason = _reason(_("Stays in the history of the profile."))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["profile"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(name, word_of(name)) for name in PROFILES]
