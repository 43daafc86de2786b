"""Validation of passwords against local guesses, and Django's password forms with our texts."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.admin.forms import AdminPasswordChangeForm as OwnPasswordChangeForm
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import User
from people.names import pinyin

#: Words of the trade and the place, and common passwords in China.
WORDS = re.findall(
    r"\S+",
    """
    zongbian zhubian bianji jizhe zhuren tongxunyuan xinwen baozhi baoshe meiti rongmeiti gongzuo
    shenhe admin administrator root user test guest editor reporter newsroom news password passwd
    mima wangluo qwer asdf zxcv abcd woaini iloveyou 5201314 1314520 1314 520 666 888 168
    erqi erqiqu zhengzhou henan zhongguo china
    """,
)
#: Sequences of neighbouring keys and of letters.
WALKS = re.findall(
    r"\S+",
    """
    1234567890 qwertyuiop asdfghjkl zxcvbnm abcdefghijklmnopqrstuvwxyz
    1qaz2wsx3edc4rfv5tgb6yhn7ujm qazwsxedcrfvtgbyhnujm
    """,
)
#: Different characters that must be left without all that; a digit counts half.
LEAST = 4


class LongEnough(MinimumLengthValidator):
    """Django's validator with a Chinese message, which Django 5.2 has in English only."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要有%(least)d个字符。") % {"least": self.min_length}


class NotGuessable:
    """Refuses passwords made of names, words of the trade, years and neighbouring keys."""

    def validate(self, password: str, user=None) -> None:
        """Remove what is easy to guess; ValidationError where too little is left."""
        rest = re.sub(r"\s|(?:19|20)\d\d(?!\d)|(.)\1{2,}", "", password.casefold())
        # The longest first, so that nothing is left of a word that contains another.
        for piece in sorted(_pieces(user), key=len, reverse=True):
            rest = rest.replace(piece, "")
        worth = sum(0.5 if character.isdigit() else 1 for character in set(rest))
        if worth < LEAST:
            raise ValidationError(self.get_help_text(), code="password_guessable")

    def get_help_text(self) -> str:
        return _(
            "密码太容易猜：不要只用姓名、职务、报纸或地方的名字、年份和键盘上相邻的键。可以用三四个不相干的词。"
        )


def _pieces(user) -> Iterator[str]:
    """Parts that are easy to guess, in lower case."""
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
            yield from (
                way[at : at + length]
                for length in range(4, len(way) + 1)
                for at in range(len(way) - length + 1)
            )


class PasswordForm(AdminPasswordChangeForm):
    """Sets or disables the password of an account."""

    usable_password_help_text = gettext_lazy(  # type: ignore[assignment]  # Django's is lazy, too
        "停用后，现在的密码作废，这个账号不能再登录。"
    )


class OwnPasswordForm(OwnPasswordChangeForm):
    """Changes one's own password, which ends the duty to replace one that someone else set."""

    def clean_new_password1(self) -> str:
        """Refuse the old password: whoever set it knows it."""
        if self.cleaned_data["new_password1"] == self.cleaned_data.get("old_password"):
            raise ValidationError(_("新密码和现在的一样，请换一个。"))
        return self.cleaned_data["new_password1"]

    def save(self, commit=True) -> User:  # noqa: FBT002  Django's own signature
        self.user.must_change_password = False
        return super().save(commit)
