"""Addresses of the exhibits' pages."""

from django.urls import path

from huanfa.apps.evidence import views

urlpatterns = [
    path("cases/<int:case_id>/exhibits/", views.exhibits, name="exhibits"),
    path("cases/<int:case_id>/exhibits/<int:number>/", views.exhibit_file, name="exhibit_file"),
]
