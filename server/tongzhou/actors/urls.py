"""Addresses of session, account, units and people."""

from django.urls import include, path

from tongzhou.actors.pages import account, invitation, people, session, units

urlpatterns = [
    path("", include("tongzhou.actors.ledger_urls")),
    path("sign-in", session.sign_in, name="sign-in"),
    path("sign-out", session.sign_out, name="sign-out"),
    path("language", session.set_language, name="set-language"),
    path("post", session.switch_post, name="switch-post"),
    path("me", account.me, name="me"),
    path("me/password", account.password, name="me-password"),
    path("me/tokens", account.token_new, name="token-new"),
    path("me/tokens/<uuid:id>/revoke", account.token_revoke, name="token-revoke"),
    path("invitation/<str:token>", invitation.invitation, name="invitation"),
    path("invitations/<uuid:id>/withdraw", people.withdraw, name="invitation-withdraw"),
    path("units", units.units, name="units"),
    path("units/new", units.unit_new, name="unit-new"),
    path("units/<slug:code>", units.unit, name="unit"),
    path("units/<slug:code>/edit", units.unit_edit, name="unit-edit"),
    path("units/<slug:code>/invitations", people.invite, name="unit-invite"),
    path("posts/<uuid:id>/end", people.end, name="post-end"),
    path("people/<uuid:id>/deactivate", people.deactivate, name="person-deactivate"),
]
