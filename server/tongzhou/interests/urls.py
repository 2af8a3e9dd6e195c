"""Addresses of interests."""

from django.urls import path

from tongzhou.interests.pages import burden, conflicts, dependencies, stakes, tensions

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
    path("interests/burden", burden.burden_page, name="interests-burden"),
    path("interests/burden.csv", burden.burden_csv, name="interests-burden-csv"),
    path("interests/dependencies", dependencies.dependency_page, name="dependencies"),
    path("interests/dependencies.csv", dependencies.dependency_csv, name="dependencies-csv"),
    path("interests/tensions", tensions.tension_page, name="tensions"),
    path("interests/tensions.csv", tensions.tension_csv, name="tensions-csv"),
    path("interests/tensions/record", tensions.figure_new, name="figure-new"),
    path("interests/tensions/import", tensions.figure_import, name="figure-import"),
]  # fmt: skip
