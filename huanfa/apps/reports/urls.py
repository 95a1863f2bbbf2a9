"""Addresses of the yearly figures."""

from django.urls import path

from huanfa.apps.reports import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<int:year>/", views.figures_year, name="figures_year"),
    path("figures/<int:year>/file/", views.figures_file, name="figures_file"),
    path("figures/<int:year>/<slug:figure>/", views.figure, name="figure"),
    path("figures/<int:year>/<slug:figure>/file/", views.figure_file, name="figure_file"),
]
