"""Addresses of oversight."""

from django.urls import path

from tongzhou.oversight.pages import entries, findings, letters, overview

urlpatterns = [
    path("oversight", overview.oversight, name="oversight"),
    path("oversight/findings/new", findings.finding_new, name="finding-new"),
    path("oversight/findings/<int:number>", findings.finding, name="finding"),
    path("oversight/findings/<int:number>/answer", findings.finding_answer, name="finding-answer"),
    path(
        "oversight/findings/<int:number>/recheck",
        findings.finding_recheck,
        name="finding-recheck",
    ),
    path(
        "oversight/findings/<int:number>/withdraw",
        findings.finding_withdraw,
        name="finding-withdraw",
    ),
    path("oversight/files/<uuid:id>", findings.finding_file, name="finding-file"),
    path("oversight/letters/new", letters.letter_new, name="letter-new"),
    path("oversight/letters/<uuid:id>", letters.letter, name="letter"),
    path("oversight/letters/<uuid:id>/answer", letters.letter_answer, name="letter-answer"),
    path("oversight/letters/<uuid:id>/withdraw", letters.letter_withdraw, name="letter-withdraw"),
    path("oversight/entries/new/<slug:code>", entries.entry_new, name="accountability-new"),
    path("oversight/entries/<int:number>", entries.entry, name="accountability"),
    path(
        "oversight/entries/<int:number>/second", entries.entry_second, name="accountability-second"
    ),
    path("oversight/entries/<int:number>/drop", entries.entry_drop, name="accountability-drop"),
    path("oversight/entries/<int:number>/reply", entries.entry_reply, name="accountability-reply"),
    path("oversight/entries/<int:number>/close", entries.entry_close, name="accountability-close"),
]
