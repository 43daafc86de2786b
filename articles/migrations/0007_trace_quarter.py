"""Who and what shows in which story: by quarter too."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import articles.quarter


def fill(apps, _schema_editor):
    """The quarter is the story's."""
    stories = apps.get_model("articles", "Article").objects.filter(pk=OuterRef("article_id"))
    for name in ("OfficialStory", "ProjectStory"):
        rows = apps.get_model("articles", name).objects
        rows.update(quarter=Subquery(stories.values("quarter")[:1]))


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_quarter_counts")]

    operations = [
        *(
            migrations.AddField(
                model,
                "quarter",
                articles.quarter.QuarterField(default="1000q1"),
                preserve_default=False,
            )
            for model in ("officialstory", "projectstory")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        *(
            migrations.AddIndex(
                f"{subject}story",
                models.Index(fields=[subject, "quarter"], name=f"{subject}_by_quarter"),
            )
            for subject in ("official", "project")
        ),
    ]
