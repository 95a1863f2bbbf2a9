"""Addresses of the case pages."""

from django.urls import path

from huanfa.apps.cases.views import leads, reading, steps, weighing

urlpatterns = [
    path("", reading.work, name="work"),
    path("cases/", reading.cases, name="cases"),
    path("cases/file/", reading.cases_file, name="cases_file"),
    path("cases/views/", reading.view_save, name="view_save"),
    path("cases/views/<int:pk>/delete/", reading.view_delete, name="view_delete"),
    path("cases/new/", leads.case_new, name="case_new"),
    path("cases/new/draft/", leads.lead_draft, name="lead_draft"),
    path("cases/<int:pk>/", reading.case, name="case"),
    path("cases/<int:pk>/discretion/", weighing.discretion, name="discretion"),
    path("cases/<int:pk>/discretion/worksheet/", weighing.worksheet, name="worksheet"),
    path("cases/<int:pk>/discretion/no-fine/", weighing.no_fine_check, name="no_fine_check"),
    path("cases/<int:pk>/discretion/departure/", weighing.departure, name="departure"),
    path("cases/<int:pk>/clocks/<str:term>/<int:seq>/", reading.clock, name="clock"),
    path("cases/<int:pk>/steps/<str:step>/", steps.step, name="step"),
    path("cases/<int:pk>/steps/<str:step>/draft/", steps.step_draft, name="step_draft"),
    path("cases/<int:pk>/sign/<str:step>/", steps.sign, name="sign"),
]
