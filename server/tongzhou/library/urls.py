"""Addresses of the library."""

from django.urls import path

from tongzhou.library.pages import edit, glossary, importing, lists, profile, template

_ONE = "library/<slug:kind>/<str:key>/<str:jurisdiction>"

urlpatterns = [
    path("library", lists.library, name="library"),
    path("library/export.csv", lists.export, name="library-export"),
    path("library/import", importing.bring_in, name="library-import"),
    path("library/profile", profile.choose, name="library-profile"),
    path("library/glossary", glossary.glossary, name="glossary"),
    path(_ONE, template.template, name="library-template"),
    path(f"{_ONE}/compare", template.compare, name="library-compare"),
    path(f"{_ONE}/edit", edit.edit, name="library-edit"),
    path(f"{_ONE}/<int:number>.yaml", template.file, name="library-file"),
]
