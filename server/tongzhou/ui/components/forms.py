"""Form fields that say what they want, errors that are tied to their field, dialogs, bulk acts."""

from collections.abc import Iterable

from django import forms
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from tongzhou.ui.components.escaping import esc
from tongzhou.ui.components.marks import icon as draw

BUTTONS = {"primary": "btn-primary", "danger": "btn-danger", "success": "btn-success"}


def _widget_class(widget: forms.Widget) -> str:
    match widget:
        case forms.CheckboxInput():
            return "form-check-input"
        case forms.Select():
            return "form-select"
    return "form-control"


def field(bound: forms.BoundField, cls: str = "") -> SafeString:
    """A field with its label, help and error; the last two are read out with the input."""
    if bound.is_hidden:
        return bound.as_widget()
    widget = bound.field.widget
    if widget.use_fieldset:
        return _choices(bound, cls)
    described = " ".join(_described_by(bound))
    attrs: dict[str, str | bool] = {
        "class": f"{_widget_class(widget)}{' is-invalid' if bound.errors else ''}"
    }
    if described:
        attrs["aria-describedby"] = described
    own = widget.attrs.get("class")
    if own:
        attrs["class"] = f"{attrs['class']} {own}"
    control = bound.as_widget(attrs=attrs)
    if isinstance(widget, forms.CheckboxInput):
        body = format_html(
            '<div class="form-check">{}<label class="form-check-label" for="{}">{}</label></div>{}',
            control,
            bound.id_for_label,
            bound.label,
            _notes(bound),
        )
    else:
        body = format_html(
            '<label class="form-label" for="{}">{}{}</label>{}{}',
            bound.id_for_label,
            bound.label,
            _optional(bound),
            control,
            _notes(bound),
        )
    return format_html('<div class="tz-field {}">{}</div>', cls, body)


def _choices(bound: forms.BoundField, cls: str) -> SafeString:
    """Radio buttons or several check boxes: a group with a legend."""
    items = format_html_join(
        "",
        '<div class="form-check">{}<label class="form-check-label" for="{}">{}</label></div>',
        (
            (_option(choice), choice.id_for_label, choice.choice_label)
            for choice in bound.subwidgets
        ),
    )
    described = " ".join(_described_by(bound))
    return format_html(
        '<fieldset class="tz-field {}" id="{}"{}><legend class="form-label">{}{}</legend>{}{}'
        "</fieldset>",
        cls,
        bound.auto_id,
        format_html(' aria-describedby="{}"', described) if described else "",
        bound.label,
        _optional(bound),
        items,
        _notes(bound),
    )


def _option(choice: forms.boundfield.BoundWidget) -> SafeString:
    choice.data["attrs"]["class"] = "form-check-input"
    choice.data["wrap_label"] = False
    return choice.tag()


def _described_by(bound: forms.BoundField) -> Iterable[str]:
    if bound.help_text:
        yield f"{bound.auto_id}_helptext"
    if bound.errors:
        yield f"{bound.auto_id}_error"


def _optional(bound: forms.BoundField) -> SafeString | str:
    """Most fields are required, so those that are not are marked."""
    if bound.field.required:
        return ""
    return format_html(' <span class="tz-optional">{}</span>', gettext("optional"))


def _notes(bound: forms.BoundField) -> SafeString:
    return format_html(
        "{}{}",
        format_html('<p class="form-hint" id="{}_helptext">{}</p>', bound.auto_id, bound.help_text)
        if bound.help_text
        else "",
        format_html(
            '<p class="tz-error" id="{}_error">{}{}</p>',
            bound.auto_id,
            draw("alert-circle", "sm"),
            format_html_join(" ", "{}", ((error,) for error in bound.errors)),
        )
        if bound.errors
        else "",
    )


def fields(form: forms.BaseForm) -> SafeString:
    """All fields of a form in order."""
    return format_html_join("", "{}", ((field(bound),) for bound in form))


def form_errors(form: forms.BaseForm) -> SafeString | str:
    """What is wrong with the form, on top of it; each line leads to its field."""
    if not form.errors:
        return ""
    lines = [format_html("{}", error) for error in form.non_field_errors()]
    for bound in form:
        lines.extend(
            format_html('<a href="#{}">{}: {}</a>', _target(bound), bound.label, error)
            for error in bound.errors
        )
    title = ngettext("One thing needs a change", "%(n)d things need a change", len(lines))
    return format_html(
        '<div class="tz-notice tz-tone-red" role="alert" tabindex="-1" data-error-summary>{}<div>'
        '<p class="tz-notice-title">{}</p><ul>{}</ul></div></div>',
        draw("alert-circle"),
        title % {"n": len(lines)},
        format_html_join("", "<li>{}</li>", ((line,) for line in lines)),
    )


def _target(bound: forms.BoundField) -> str:
    return bound.auto_id if bound.field.widget.use_fieldset else bound.id_for_label


def confirm(
    context: Context,
    content: SafeString,
    id: str,
    title: object,
    action_label: object,
    action_url: str,
    text: object = "",
    tone: str = "primary",
) -> SafeString:
    """A dialog that asks before it posts. Opened by ``<button data-dialog="ID">``."""
    return format_html(
        '<dialog class="tz-dialog" id="{}" aria-labelledby="{}-title"><form method="post" '
        'action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<header><h2 id="{}-title">{}</h2><button type="button" class="btn-close" '
        'data-dialog-close aria-label="{}"></button></header><div class="tz-dialog-body">{}{}</div>'
        '<footer><button type="button" class="btn btn-ghost-secondary" data-dialog-close>{}'
        '</button><button type="submit" class="btn {}">{}</button></footer></form></dialog>',
        id,
        id,
        action_url,
        context.get("csrf_token", ""),
        id,
        title,
        gettext("Close"),
        format_html("<p>{}</p>", text) if text else "",
        content,
        gettext("Cancel"),
        BUTTONS[tone],
        action_label,
    )


def bulk_all() -> SafeString:
    """The box that selects every row of the list."""
    return format_html(
        '<input type="checkbox" class="form-check-input" data-bulk-all aria-label="{}">',
        gettext("Select all rows"),
    )


def bulk_item(value: object, label: object, form: str = "bulk", name: str = "id") -> SafeString:
    """The box of one row."""
    words = gettext("Select %(label)s") % {"label": label}
    return SafeString(
        f'<input type="checkbox" class="form-check-input" data-bulk-item form="{esc(form)}" '
        f'name="{esc(name)}" value="{esc(value)}" aria-label="{esc(words)}">'
    )


def bulk_bar(content: SafeString, form: str = "bulk", label: object = "") -> SafeString:
    """The bar that appears at the foot of the screen once rows are selected."""
    return format_html(
        '<div class="tz-bulk" data-bulk-bar="{}" role="region" aria-label="{}" hidden>'
        '<p aria-live="polite"><b data-bulk-count>0</b> {}</p><div class="tz-inline">{}</div>'
        '<button type="button" class="btn btn-sm btn-ghost-light" data-bulk-clear>{}</button>'
        "</div>",
        form,
        label or gettext("Selected rows"),
        gettext("selected"),
        content,
        gettext("Clear"),
    )
