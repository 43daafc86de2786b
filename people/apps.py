"""Who: accounts, organisations, officials and reporters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """The people's room; it never imports the stories'."""

    name = "people"
    verbose_name = _("人物与机构")
