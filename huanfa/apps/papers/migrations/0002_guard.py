"""A finished paper no longer changes and cannot be removed."""

from django.db import migrations

from huanfa.apps.ledger.guard import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [refuse_changes("papers", "paper")]
