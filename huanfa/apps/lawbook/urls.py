"""Addresses of the rules' pages."""

from django.urls import path

from huanfa.apps.lawbook import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/laws/", views.laws, name="rules_laws"),
    path("rules/laws/file/", views.laws_file, name="rules_laws_file"),
    path("rules/offences/", views.offences, name="rules_offences"),
    path("rules/offences/file/", views.offences_file, name="rules_offences_file"),
    path("rules/offences/<slug:offence_id>/", views.offence, name="rules_offence"),
    path("rules/terms/", views.terms, name="rules_terms"),
    path("rules/terms/file/", views.terms_file, name="rules_terms_file"),
    path("rules/terms/<slug:term_id>/", views.term, name="rules_term"),
    path("rules/settings/", views.settings, name="rules_settings"),
    path("rules/calendar/", views.year, name="rules_calendar"),
    path("rules/calendar/<int:year>/", views.year, name="rules_year"),
    path("rules/papers/", views.papers, name="rules_papers"),
    path("rules/papers/<slug:template_id>/", views.template, name="rules_paper"),
    path("rules/procedures/", views.procedures, name="rules_procedures"),
    path("rules/procedures/<slug:procedure_id>/", views.procedure, name="procedure"),
]
