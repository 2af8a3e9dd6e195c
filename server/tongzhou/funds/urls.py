"""Addresses of money."""

from django.urls import path

from tongzhou.funds.pages import claims, funds, gap, gifts, spending

urlpatterns = [
    path("funds", funds.fund_list, name="funds"),
    path("funds/new", funds.fund_new, name="fund-new"),
    path("funds/ask", spending.spending_new, name="spending-new"),
    path("funds/gap", gap.fund_gap, name="fund-gap"),
    path("funds/gap.csv", gap.fund_gap_csv, name="fund-gap-csv"),
    path("funds/cost", gap.fund_cost, name="fund-cost"),
    path("funds/plan", gap.planned_new, name="planned-new"),
    path("funds/planned/<uuid:id>/drop", gap.planned_drop, name="planned-drop"),
    path("funds/requests/<int:number>", spending.spending, name="spending"),
    path("funds/requests/<int:number>/<slug:step>", spending.spending_step, name="spending-step"),
    path("funds/transfers/<int:number>", spending.transfer, name="transfer"),
    path("funds/transfers/<int:number>/<slug:step>", spending.transfer_step, name="transfer-step"),
    path("funds/files/<uuid:id>", funds.fund_file, name="fund-file"),
    path("funds/gifts/<int:number>", gifts.fund_gift, name="fund-gift"),
    path("funds/gifts/<int:number>/<slug:step>", gifts.fund_gift_step, name="fund-gift-step"),
    path("funds/<slug:code>", funds.fund, name="fund"),
    path("funds/<slug:code>/statement.<slug:kind>", funds.fund_statement, name="fund-statement"),
    path("funds/<slug:code>/receive", funds.fund_receive, name="fund-receive"),
    path("funds/<slug:code>/transfer", funds.fund_transfer, name="fund-transfer"),
    path("claims", claims.claim_list, name="claims"),
    path("claims/new", claims.claim_new, name="claim-new"),
    path("claims/<int:number>", claims.claim, name="claim"),
    path("claims/<int:number>/<slug:step>", claims.claim_step, name="claim-step"),
    path("gifts", gifts.gifts, name="gifts"),
    path("gifts/promise", gifts.gift_promise, name="gift-promise"),
    path("gifts/follow", gifts.gift, name="gift"),
]
