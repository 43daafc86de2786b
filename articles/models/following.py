"""A quarter that follows the issue or the day, until an editor sets it or it is published."""

from django.utils.translation import gettext_lazy as _

from people.shared.following import Following, follows_flag


class QuarterFollows(Following):
    """A row whose ``quarter`` is that of ``natural_quarter`` as long as it follows."""

    quarter_follows = follows_flag(_("季度随刊期或日期"))

    class Meta:
        abstract = True

    def natural_quarter(self):
        """Quarter of what it follows."""
        raise NotImplementedError

    def derived_quarter(self, _stored):
        """The same: what is stored has no say."""
        return self.natural_quarter()
