"""Addresses of the fine calculator and of its JSON, both open to everybody, and of the replay of a year, which is not."""

from django.urls import path

from huanfa.apps.discretion.views import api, calculator, replay

urlpatterns = [
    path("calculator/", calculator.benchmarks, name="calculator"),
    path("calculator/<slug:body>/<slug:version>/", calculator.tables, name="calculator_tables"),
    path("calculator/<slug:body>/<slug:version>/<str:table_id>/", calculator.table, name="calculator_table"),
    path("replay/", replay.replay_year, name="replay"),
    path("api/fine/", api.fine, name="api_fine"),
    path("api/fine/<slug:body>/<slug:version>/", api.tables, name="api_fine_tables"),
    path("api/fine/<slug:body>/<slug:version>/<str:table_id>/", api.table, name="api_fine_table"),
]
