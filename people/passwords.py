"""What Django says of passwords in English alone."""

from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class LongEnough(MinimumLengthValidator):
    """Django's, with its refusal in Chinese."""

    def get_error_message(self):
        """What a short password lacks."""
        return _("密码太短，至少要有%(least)d个字符。") % {"least": self.min_length}


class PasswordForm(AdminPasswordChangeForm):
    """A new password for an account, or none."""

    usable_password_help_text = gettext_lazy("停用后，现在的密码作废，这个账号不能再登录。")
