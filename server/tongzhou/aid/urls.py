"""Addresses of mutual aid."""

from django.urls import path

from tongzhou.aid.pages import agreement, board, call, packages

urlpatterns = [
    path("aid", board.aid_board, name="aid"),
    path("aid/export.csv", board.aid_export, name="aid-export"),
    path("aid/new", call.aid_new, name="aid-new"),
    path("aid/hosting", board.aid_hosting, name="aid-hosting"),
    path("aid/packages", packages.package_list, name="aid-packages"),
    path("aid/packages/new", packages.package_new, name="aid-package-new"),
    path("aid/packages/<slug:code>", packages.package, name="aid-package"),
    path("aid/packages/<slug:code>/retire", packages.package_retire, name="aid-package-retire"),
    path("aid/agreements/<int:number>", agreement.agreement, name="aid-agreement"),
    path("aid/agreements/<int:number>/paper", agreement.paper, name="aid-agreement-paper"),
    path(
        "aid/agreements/<int:number>/<slug:step>",
        agreement.agreement_step,
        name="aid-agreement-step",
    ),
    path("aid/deployments/<uuid:id>/<slug:step>", agreement.stay_step, name="aid-stay-step"),
    path("aid/costs/<int:number>/<slug:step>", agreement.cost_step, name="aid-cost-step"),
    path("aid/offers/<int:number>/<slug:step>", call.offer_step, name="aid-offer-step"),
    path("aid/<int:number>", call.aid_request, name="aid-request"),
    path("aid/<int:number>/offer", call.offer_new, name="aid-offer-new"),
    path("aid/<int:number>/<slug:step>", call.request_step, name="aid-request-step"),
]
