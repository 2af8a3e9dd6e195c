"""Addresses of needs, offers and hospitals."""

from django.urls import path

from tongzhou.needs.pages import board, files, hospitals, need, offers, public

urlpatterns = [
    path("needs", board.needs, name="needs"),
    path("needs/export.<slug:kind>", board.export, name="needs-export"),
    path("needs/new", need.need_new, name="need-new"),
    path("needs/read", need.need_read, name="need-read"),
    path("needs/repeats", board.repeated, name="need-repeats"),
    path("needs/idle", board.idle_stock, name="need-idle"),
    path("needs/import", files.needs_import, name="needs-import"),
    path("needs/items", board.items, name="need-items"),
    path("needs/<int:number>", need.need, name="need"),
    path("needs/<int:number>/lines/<uuid:line>/give", need.give, name="need-give"),
    path("needs/<int:number>/<slug:verb>", need.need_act, name="need-act"),
    path("commitments/<uuid:id>/<slug:verb>", need.commitment_act, name="commitment-act"),
    path("offers", offers.offers, name="offers"),
    path("offers/new", offers.offer_new, name="offer-new"),
    path("offers/<int:number>", offers.offer, name="offer"),
    path("offers/<int:number>/answer", offers.offer_answer, name="offer-answer"),
    path("offers/<int:number>/withdraw", offers.offer_withdraw, name="offer-withdraw"),
    path("offer", public.offer_public, name="offer-public"),
    path("offer/follow", public.offer_follow, name="offer-follow"),
    path("hospitals", hospitals.hospitals, name="hospitals"),
    path("hospitals/<slug:code>", hospitals.hospital, name="hospital"),
]
