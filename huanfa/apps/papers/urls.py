"""Addresses of finished papers."""

from django.urls import path

from huanfa.apps.papers import views

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/file/", views.papers_file, name="papers_file"),
    path("papers/numbers/", views.numbers, name="paper_numbers"),
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("papers/<int:pk>/pages/<int:number>.png", views.paper_page, name="paper_page"),
    path("papers/<int:pk>/pdf/", views.paper_pdf, name="paper_pdf"),
    path("papers/<int:pk>/docx/", views.paper_docx, name="paper_docx"),
]
