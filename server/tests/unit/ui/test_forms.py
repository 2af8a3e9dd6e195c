"""Fields say what they want; errors are tied to their field."""

from django import forms
from django.template import engines
from django.test import RequestFactory

from tongzhou.ui.components import forms as components
from tongzhou.ui.samples import SampleForm


def broken() -> SampleForm:
    return SampleForm({"title": ""})


def test_help_and_error_are_read_out_with_the_field() -> None:
    html = components.field(broken()["title"])

    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert '<label class="form-label" for="id_title">' in html


def test_a_field_without_help_or_error_describes_nothing() -> None:
    assert "aria-describedby" not in components.field(SampleForm()["reason"])


def test_optional_fields_are_marked() -> None:
    assert "optional" in components.field(SampleForm()["reason"])
    assert "optional" not in components.field(SampleForm()["title"])


def test_a_choice_of_few_is_a_group_with_a_legend() -> None:
    html = components.field(broken()["basis"])

    assert html.startswith('<fieldset class="tz-field " id="id_basis"')
    assert "<legend" in html
    assert html.count('type="radio"') == 3
    assert html.count("<label") == 3
    assert 'aria-describedby="id_basis_error"' in html


def test_a_check_box_has_its_label_behind_it() -> None:
    html = components.field(SampleForm()["urgent"])

    assert html.index("<input") < html.index("<label")
    assert "form-check-input" in html


def test_a_hidden_field_is_just_itself() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert components.field(Hidden()["token"]).startswith('<input type="hidden"')


def test_a_widget_keeps_its_own_class() -> None:
    class Wide(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))

    assert 'class="form-control wide"' in components.field(Wide()["code"])


def test_the_summary_leads_to_each_field() -> None:
    html = components.form_errors(broken())

    assert 'role="alert"' in html
    assert "4 things need a change" in html
    assert '<a href="#id_title">Title: ' in html
    assert '<a href="#id_basis">' in html


def test_the_summary_holds_what_is_wrong_with_the_whole_form() -> None:
    form = SampleForm({})
    form.full_clean()
    form.errors.clear()
    form.add_error(None, "The two times contradict each other.")

    html = components.form_errors(form)

    assert "One thing needs a change" in html
    assert "<li>The two times contradict each other.</li>" in html


def test_a_good_form_has_no_summary() -> None:
    assert components.form_errors(SampleForm()) == ""


def test_all_fields_come_in_order() -> None:
    html = components.fields(SampleForm())

    assert html.index("id_title") < html.index("id_unit") < html.index("id_urgent")


def test_a_dialog_posts_with_a_token_and_its_own_fields() -> None:
    source = (
        '{% confirm "refuse" "Refuse?" "Refuse" "/refuse" tone="danger" %}'
        '<input name="why">{% endconfirm %}'
    )

    html = engines["django"].from_string(source).render({}, RequestFactory().get("/"))

    assert '<dialog class="tz-dialog" id="refuse"' in html
    assert 'action="/refuse"' in html
    assert 'name="csrfmiddlewaretoken" value="' in html
    assert 'value=""' not in html
    assert '<input name="why">' in html
    assert "btn-danger" in html


def test_bulk_boxes_belong_to_their_form() -> None:
    item = components.bulk_item("42", "T-42", form="tasks")
    bar = engines["django"].from_string('{% bulk_bar "tasks" %}<b>x</b>{% endbulk_bar %}').render()

    assert 'form="tasks"' in item
    assert 'value="42"' in item
    assert 'aria-label="Select T-42"' in item
    assert 'data-bulk-bar="tasks"' in bar
    assert " hidden>" in bar
    assert "<b>x</b>" in bar
    assert "data-bulk-all" in components.bulk_all()
