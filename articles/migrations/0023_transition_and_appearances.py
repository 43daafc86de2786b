"""The log of transitions and the derived appearances get the names of the field."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

#: Guards of the log under the name that its table had; the others are taken down before migrations.
OLD_GUARDS = ("articles_move_no_update", "articles_move_no_delete")
NAMES = (
    *("adopt", "submit", "first", "second", "sign", "return", "recall", "publish", "schedule"),
    *("unschedule", "urgent", "withdraw", "open", "discard", "acknowledge", "restore", "layout"),
)
STAGES = ("draft", "first", "second", "third", "signed")
VISIBILITIES = ("unpublished", "live", "withdrawn")
RENAMED = {
    "move": "transition",
    "officialstory": "officialappearance",
    "projectstory": "projectappearance",
}


def drop_old_guards(_apps, schema_editor):
    """A trigger keeps its name when its table is renamed: nobody would ever find these again."""
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for name in OLD_GUARDS:
        on_table = " ON articles_move" if is_postgres else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
        if is_postgres:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def rename_permissions(apps, _schema_editor, *, back=False):
    """Permissions keep their holders; Django would make new ones beside them."""
    permissions = apps.get_model("auth", "Permission").objects
    for old, new in RENAMED.items():
        before, after = (new, old) if back else (old, new)
        for action in ("add", "change", "delete", "view"):
            held = permissions.filter(
                content_type__app_label="articles", codename=f"{action}_{before}"
            )
            held.update(codename=f"{action}_{after}")


def rename_permissions_back(apps, schema_editor):
    """The names of before."""
    rename_permissions(apps, schema_editor, back=True)


def known(field, values):
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*values]}),
        name=f"transition_{field}_known",
        violation_error_message="请从列表中选择。",
    )


def appearances(name, to):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name=name, to=to)


def appearance_of(related_name, model):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=model
    )


def transition_of(model, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="transitions",
        to=model,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_contents_format_4"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0005_following"),
    ]

    operations = [
        migrations.RunPython(drop_old_guards, migrations.RunPython.noop),
        *(
            migrations.RemoveConstraint("move", f"move_{field}_known")
            for field in ("verb", "stage", "visibility")
        ),
        migrations.RemoveIndex("move", "move_by_verb"),
        *(
            migrations.RenameModel(old, new)
            for old, new in (
                ("Move", "Transition"),
                ("OfficialStory", "OfficialAppearance"),
                ("ProjectStory", "ProjectAppearance"),
            )
        ),
        migrations.RenameField("transition", "verb", "name"),
        migrations.RenameIndex("transition", new_name="transition_newest", old_name="move_newest"),
        migrations.AddIndex(
            "transition", models.Index(fields=["name", "-made_at"], name="transition_by_name")
        ),
        migrations.AddConstraint("transition", known("name", NAMES)),
        migrations.AddConstraint("transition", known("stage", STAGES)),
        migrations.AddConstraint("transition", known("visibility", VISIBILITIES)),
        *(
            migrations.AlterField(f"{subject}appearance", field, appearance_of(name, model))
            for subject, of in (("official", "people"), ("project", "articles"))
            for field, name, model in (
                ("article", f"{subject}_appearances", "articles.article"),
                (subject, "appearances", f"{of}.{subject}"),
            )
        ),
        *(
            migrations.AlterField("transition", field, transition_of(model, **options))
            for field, model, options in (
                ("story", "articles.article", {"verbose_name": "稿件"}),
                (
                    "version",
                    "articles.version",
                    {"blank": True, "null": True, "verbose_name": "版本"},
                ),
                (
                    "person",
                    settings.AUTH_USER_MODEL,
                    {
                        "blank": True,
                        "null": True,
                        "verbose_name": "操作人",
                        "help_text": "空白表示系统导入。",
                    },
                ),
            )
        ),
        migrations.RunPython(rename_permissions, rename_permissions_back),
    ]
