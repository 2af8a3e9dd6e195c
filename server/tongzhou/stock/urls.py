"""Addresses of the stock."""

from django.urls import path

from tongzhou.stock.pages import listing, store

urlpatterns = [
    path("stock", listing.stock, name="stock"),
    path("stock/export.<slug:kind>", listing.export, name="stock-export"),
    path("stock/import", listing.import_, name="stock-import"),
    path("stock/sites", listing.sites, name="stock-sites"),
    path("stock/sites/new", listing.site_new, name="stock-site-new"),
    path("stock/sites/<slug:code>", store.site, name="stock-site"),
    path("stock/sites/<slug:code>/do/<slug:verb>", store.step, name="stock-step"),
    path("stock/sites/<slug:code>/items/<slug:item>", store.card, name="stock-card"),
    path("stock/counts/<uuid:id>", store.count, name="stock-count"),
    path("stock/counts/<uuid:id>/lines/<int:line>", store.count_line, name="stock-count-line"),
    path("stock/counts/<uuid:id>/close", store.count_close, name="stock-count-close"),
    path("stock/reservations/<uuid:id>/release", store.let_go, name="stock-release"),
]
