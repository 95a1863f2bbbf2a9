"""Addresses of the parties' pages."""

from django.urls import path

from huanfa.apps.parties import views

urlpatterns = [
    path("parties/", views.parties, name="parties"),
    path("parties/file/", views.parties_file, name="parties_file"),
    path("parties/new/", views.party_new, name="party_new"),
    path("parties/<int:pk>/", views.party, name="party"),
    path("parties/<int:pk>/edit/", views.party_edit, name="party_edit"),
]
