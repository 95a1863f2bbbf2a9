"""Addresses of the rules' pages."""

from django.urls import path

from huanfa.apps.lawbook.views import days, law, practice

urlpatterns = [
    path("rules/", law.rules, name="rules"),
    path("rules/laws/", law.laws, name="rules_laws"),
    path("rules/laws/file/", law.laws_file, name="rules_laws_file"),
    path("rules/offences/", law.offences, name="rules_offences"),
    path("rules/offences/file/", law.offences_file, name="rules_offences_file"),
    path("rules/offences/<slug:offence_id>/", law.offence, name="rules_offence"),
    path("rules/terms/", days.terms, name="rules_terms"),
    path("rules/terms/file/", days.terms_file, name="rules_terms_file"),
    path("rules/terms/<slug:term_id>/", days.term, name="rules_term"),
    path("rules/settings/", days.settings, name="rules_settings"),
    path("rules/calendar/", days.year, name="rules_calendar"),
    path("rules/calendar/<int:year>/", days.year, name="rules_year"),
    path("rules/papers/", practice.papers, name="rules_papers"),
    path("rules/papers/<slug:template_id>/", practice.template, name="rules_paper"),
    path("rules/procedures/", practice.procedures, name="rules_procedures"),
    path("rules/procedures/<slug:procedure_id>/", practice.procedure, name="procedure"),
]
