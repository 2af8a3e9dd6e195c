"""Addresses of interests."""

from django.urls import path

from tongzhou.interests.pages import conflicts, stakes

urlpatterns = [
    path("interests", stakes.stake_list, name="interests"),
    path("interests/stakes.csv", stakes.stake_list_csv, name="stakes-csv"),
    path("interests/stakes/new", stakes.stake_new, name="stake-new"),
    path("interests/stakes/<int:number>", stakes.stake, name="stake"),
    path("interests/stakes/<int:number>/<slug:step>", stakes.stake_step, name="stake-step"),
    path("interests/conflicts", conflicts.conflict_list, name="conflicts"),
    path("interests/conflicts.csv", conflicts.conflict_list_csv, name="conflicts-csv"),
    path("interests/conflicts/new", conflicts.conflict_new, name="conflict-new"),
    path("interests/conflicts/<int:number>", conflicts.conflict, name="conflict"),
    path("interests/conflicts/<int:number>/<slug:step>", conflicts.conflict_step,
         name="conflict-step"),
    path("interests/compensations/<int:number>/<slug:step>", conflicts.compensation_step,
         name="compensation-step"),
]  # fmt: skip
