"""Passwords: what Django says of them in English alone, and those that people here would guess."""

import re

from django.conf import settings
from django.contrib.admin.forms import AdminPasswordChangeForm as OwnPasswordChangeForm
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.names import pinyin

#: Words of the trade and of the place, and what people here take for a password.
WORDS = re.findall(
    r"\S+",
    """
    zongbian zhubian bianji jizhe zhuren tongxunyuan xinwen baozhi baoshe meiti rongmeiti gongzuo
    shenhe admin administrator root user test guest editor reporter newsroom news password passwd
    mima wangluo qwer asdf zxcv abcd woaini iloveyou 5201314 1314520 1314 520 666 888 168
    erqi erqiqu zhengzhou henan zhongguo china
    """,
)
#: Rows of keys, along which fingers walk.
WALKS = re.findall(
    r"\S+",
    """
    1234567890 qwertyuiop asdfghjkl zxcvbnm abcdefghijklmnopqrstuvwxyz
    1qaz2wsx3edc4rfv5tgb6yhn7ujm qazwsxedcrfvtgbyhnujm
    """,
)
#: What is left of a password without all that, counted in different characters, a digit by half.
LEAST = 4


class LongEnough(MinimumLengthValidator):
    """Django's, with its refusal in Chinese."""

    def get_error_message(self):
        """What a short password lacks."""
        return _("密码太短，至少要有%(least)d个字符。") % {"least": self.min_length}


class NotGuessable:
    """Refuses what is made of names, words of the paper, years and walks along the keyboard."""

    def validate(self, password, user=None):
        """Take away what anyone would try; ValidationError where little is left."""
        rest = re.sub(r"\s|(?:19|20)\d\d(?!\d)|(.)\1{2,}", "", password.casefold())
        for piece in sorted(_pieces(user), key=len, reverse=True):
            rest = rest.replace(piece, "")
        worth = sum(0.5 if character.isdigit() else 1 for character in set(rest))
        if worth < LEAST:
            raise ValidationError(self.get_help_text(), code="password_guessable")

    def get_help_text(self):
        """What is refused, and what is better."""
        return _(
            "密码太容易猜：不要只用姓名、职务、报纸或地方的名字、年份和键盘上相邻的键。可以用三四个不相干的词。"
        )


def _pieces(user):
    """What is taken away, in small letters."""
    yield from WORDS
    names = [settings.SITE_LATIN, pinyin(settings.SITE_NAME)]
    if user is not None:
        own = pinyin(user.name)
        names += [user.username, own, own.replace(" ", "")]
    for name in names:
        joined = name.casefold()
        yield from (word for word in (joined, *joined.split()) if len(word) > 1)
    for walk in WALKS:
        for way in (walk, walk[::-1]):
            # The longest walks first: they leave no piece behind.
            yield from (
                way[at : at + length]
                for length in range(4, len(way) + 1)
                for at in range(len(way) - length + 1)
            )


class PasswordForm(AdminPasswordChangeForm):
    """A new password for an account, or none."""

    usable_password_help_text = gettext_lazy("停用后，现在的密码作废，这个账号不能再登录。")


class OwnPasswordForm(OwnPasswordChangeForm):
    """A new password of one's own; with it, what another person had set is gone."""

    def clean_new_password1(self):
        """It must be another: whoever set the old one knows it."""
        if self.cleaned_data["new_password1"] == self.cleaned_data.get("old_password"):
            raise ValidationError(_("新密码和现在的一样，请换一个。"))
        return self.cleaned_data["new_password1"]

    def save(self, commit=True):  # noqa: FBT002  Django's own signature
        """Save it."""
        self.user.must_change_password = False
        return super().save(commit)
