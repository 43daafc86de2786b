import django.db.models.functions
from django.db import migrations, models

import articles.models.photo


def name_those_before(apps, _schema_editor):
    """A picture that came in before this has the digest of its path, which no upload meets."""
    digest = django.db.models.functions.MD5("image")
    apps.get_model("articles", "Photo").objects.update(digest=digest)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_trace"),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(name_those_before, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="photo",
            name="digest",
            field=models.CharField(
                editable=False,
                help_text="同一张图片上传两次，由此发现。",
                max_length=32,
                unique=True,
                verbose_name="像素摘要",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="is_decorative",
            field=models.BooleanField(
                default=False,
                help_text="只起装饰作用，不传达内容，不需要替代文字。",
                verbose_name="装饰图",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="renditions",
            field=models.JSONField(
                default=list,
                editable=False,
                help_text="已经生成的文件：名称、形状、格式、宽、高；小的在前。",
                verbose_name="各种尺寸",
            ),
        ),
        migrations.AlterField(
            model_name="photo",
            name="image",
            field=models.ImageField(
                height_field="height",
                max_length=200,
                unique=True,
                upload_to=articles.models.photo.place,
                verbose_name="图片文件",
                width_field="width",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest", ""), _negated=True),
                name="photo_digest",
                violation_error_message="图片缺少像素摘要。",
            ),
        ),
    ]
