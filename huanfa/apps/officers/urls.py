"""Addresses of the pages of people."""

from django.urls import path

from huanfa.apps.officers import views

urlpatterns = [
    path("officers/", views.officers, name="officers"),
    path("officers/file/", views.officers_file, name="officers_file"),
    path("officers/new/", views.officer_new, name="officer_new"),
    path("officers/training/", views.training_record, name="training_record"),
    path("officers/<int:pk>/", views.officer, name="officer"),
    path("officers/<int:pk>/card/", views.card_issue, name="card_issue"),
    path("officers/<int:pk>/suspend/", views.card_suspend, name="card_suspend"),
    path("officers/<int:pk>/role/", views.role_grant, name="role_grant"),
    path("officers/<int:pk>/role/<int:grant>/", views.role_end, name="role_end"),
]
