"""The addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from tongzhou.tasks.pages.act import task_act
from tongzhou.tasks.pages.ask import ask, ticket, ticket_said
from tongzhou.tasks.pages.bulk import tasks_bulk
from tongzhou.tasks.pages.export import tasks_export
from tongzhou.tasks.pages.files import attachment
from tongzhou.tasks.pages.hotline import hotline, hotline_export
from tongzhou.tasks.pages.inbox import tasks
from tongzhou.tasks.pages.incident import incident_tasks
from tongzhou.tasks.pages.lookups import task_areas, task_duties, task_search, task_units
from tongzhou.tasks.pages.mandate import emergent, task_mandate
from tongzhou.tasks.pages.new import task_new
from tongzhou.tasks.pages.notices import notices, notices_read
from tongzhou.tasks.pages.panels import area_tasks, unit_tasks
from tongzhou.tasks.pages.rates import hotline_rates, hotline_rates_csv
from tongzhou.tasks.pages.requester import task_requester, task_slip
from tongzhou.tasks.pages.task import task
from tongzhou.tasks.pages.ticket_new import ticket_hints, ticket_new
from tongzhou.tasks.pages.today import today
from tongzhou.tasks.pages.whistles import whistle, whistle_check, whistle_new, whistles

urlpatterns: list[URLPattern | URLResolver] = [
    path("today", today, name="today"),
    path("notices", notices, name="notices"),
    path("notices/read", notices_read, name="notices-read"),
    path("tasks", tasks, name="tasks"),
    path("tasks/new", task_new, name="task-new"),
    path("tasks/bulk", tasks_bulk, name="tasks-bulk"),
    path("tasks/export.<str:kind>", tasks_export, name="tasks-export"),
    path("tasks/units", task_units, name="task-units"),
    path("tasks/areas", task_areas, name="task-areas"),
    path("tasks/duties", task_duties, name="task-duties"),
    path("tasks/mandate", task_mandate, name="task-mandate"),
    path("tasks/emergent", emergent, name="emergent-ties"),
    path("tasks/search", task_search, name="task-search"),
    path("tasks/files/<uuid:id>", attachment, name="attachment"),
    path("tasks/<int:number>", task, name="task"),
    path("tasks/<int:number>/requester", task_requester, name="task-requester"),
    path("tasks/<int:number>/slip", task_slip, name="task-slip"),
    path("tasks/<int:number>/<str:verb>", task_act, name="task-act"),
    path("hotline", hotline, name="hotline"),
    path("hotline/export.csv", hotline_export, name="hotline-export"),
    path("hotline/new", ticket_new, name="ticket-new"),
    path("hotline/hints", ticket_hints, name="ticket-hints"),
    path("hotline/rates", hotline_rates, name="hotline-rates"),
    path("hotline/rates.csv", hotline_rates_csv, name="hotline-rates-csv"),
    path("whistles", whistles, name="whistles"),
    path("whistles/new", whistle_new, name="whistle-new"),
    path("whistles/check", whistle_check, name="whistle-check"),
    path("whistles/<int:number>", whistle, name="whistle"),
    path("ask", ask, name="ask"),
    path("ticket", ticket, name="ticket"),
    path("ticket/<str:what>", ticket_said, name="ticket-said"),
    path("incidents/<slug:code>/tasks", incident_tasks, name="incident-tasks"),
    path("units/<slug:code>/tasks", unit_tasks, name="unit-tasks"),
    path("areas/<str:code>/tasks", area_tasks, name="area-tasks"),
]
