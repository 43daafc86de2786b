from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_public_revision")]

    operations = [migrations.DeleteModel(name="QuarterCounts")]
