"""From here on, entries and checkpoints can be added and read, never changed or removed."""

from django.db import migrations

from huanfa.apps.ledger.guard import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [refuse_changes("ledger", "entry"), refuse_changes("ledger", "checkpoint")]
