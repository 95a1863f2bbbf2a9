"""Addresses of the pages of visits."""

from django.urls import path

from huanfa.apps.inspections import views

urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("visits/file/", views.visits_file, name="visits_file"),
    path("visits/new/", views.visit_new, name="visit_new"),
    path("visits/<int:pk>/", views.visit, name="visit"),
]
