"""Base of all admin classes: refuses requests that no page of the desk sends.

The site mixes ``DeskAdmin`` into every class that is registered, Django's own included.
"""

import datetime
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.contrib.auth.models import Group
from django.core.paginator import EmptyPage, Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelMultipleChoiceField
from django.http import HttpResponse
from django.utils.text import smart_split
from django.utils.translation import gettext as _

from articles.editorial import merge, touch_public, writing
from articles.models import Article, ErrorReport
from newsroom.errors import BadInput
from newsroom.once import OnceAdmin
from people.models import User
from people.shared.autocomplete import SeveralField
from people.shared.formsets import MOST_DRAWN, RowFormSet, is_key

#: Limits of a search, as each word is looked up in each column.
MOST_WORDS = 10
MOST_LETTERS = 100
#: Rows that one action may change; a page of a list shows at most as many.
MOST_AT_ONCE = 200
#: Models whose rows no reader sees, or of which ``articles.editorial`` knows whether one does.
NOT_PUBLIC = (Article, ErrorReport, Group, User)
#: Numbers of the columns by which a list is sorted, as in its URL.
_ORDER = re.compile(r"-?\d{1,2}(?:\.-?\d{1,2})*")


def search_problem(words: str) -> str:
    """Message for a search that is too long; else empty."""
    too_long = len(words) > MOST_LETTERS
    if not (too_long or len(list(smart_split(words))) > MOST_WORDS):
        return ""
    limits = {"words": MOST_WORDS, "letters": MOST_LETTERS}
    return _("一次最多查找%(words)d个词、%(letters)d个字，请删去一些再查。") % limits


class DeskPaginator(Paginator):
    """Shows the last page instead of one that no longer exists."""

    def validate_number(self, number) -> int:
        try:
            return super().validate_number(number)
        except EmptyPage:
            return self.num_pages


class DeskChangeList(ChangeList):
    """A list that only its declared filters narrow; Django's accepts any look-up in the URL."""

    def get_filters(self, request) -> tuple:
        """Refuse look-ups that neither a filter nor the date hierarchy has taken."""
        if any(len(values) > 1 for values in self.filter_params.values()):
            raise BadInput(_("网址里同一个条件写了两次。"))
        self._check_order()
        days = self._days() if self.date_hierarchy else set()
        found = super().get_filters(request)
        unknown = set(found[2]) - days
        if unknown:
            name = min(unknown)[:40]
            raise BadInput(_("这个列表不能按“%(name)s”筛选。") % {"name": name})
        return found

    def get_results(self, request) -> None:
        """Correct the page number where the paginator has."""
        super().get_results(request)
        self.page_num = self.paginator.validate_number(self.page_num)

    def _check_order(self) -> None:
        order = self.params.get(ORDER_VAR)
        if order and not (_ORDER.fullmatch(order) and order.count(".") < len(self.list_display)):
            raise BadInput(_("网址里的排序（%(name)s）不对。") % {"name": order[:40]})

    def _days(self) -> set[str]:
        """Look-ups that Django makes of the parameters of the date hierarchy."""
        parts = ("year", "month", "day")
        asked = [self.params.get(f"{self.date_hierarchy}__{part}") for part in parts]
        while asked and asked[-1] is None:
            asked.pop()
        if not asked:
            return set()
        try:
            day = datetime.date(*map(int, asked), *[1] * (3 - len(asked)))
        except (TypeError, ValueError, OverflowError):
            day = datetime.date.min
        # Django computes the first day of the next year.
        if not datetime.MINYEAR < day.year < datetime.MAXYEAR:
            raise BadInput(_("网址里的日期不对。"))
        return {f"{self.date_hierarchy}__{bound}" for bound in ("gte", "lt")}


class DeskAdmin(OnceAdmin):
    """Base of all pages of the desk: bounded requests, and saves in ``writing()``.

    ``save_model`` opens it and not the view: a page that leaves out Django's transaction, as those
    of rows with versions do, validates without locks. Related rows, which Django saves afterwards,
    belong to it too: ``request.saving`` ends it with the view, and rolls it back if that raises.
    """

    paginator = DeskPaginator
    # Facets count the rows of each choice of each filter: too slow on a full table.
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request, **kwargs) -> type[ChangeList]:
        return DeskChangeList

    def get_changelist_instance(self, request) -> ChangeList:
        """Answer 400 to a bad filter, for which Django drops all filters."""
        try:
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup) as error:
            raise BadInput(_("网址里的筛选条件不对。")) from error

    def get_search_results(self, request, queryset, search_term) -> tuple[QuerySet, bool]:
        """Find nothing, with a message, for a search that is too long."""
        problem = search_problem(search_term)
        if not problem:
            return super().get_search_results(request, queryset, search_term)
        self.message_user(request, problem, messages.ERROR)
        return queryset.none(), False

    def get_object(self, request, object_id, from_field=None) -> Model | None:
        """Take an empty ``from_field``, from a URL, for the primary key."""
        return super().get_object(request, object_id, from_field or None)

    def to_field_allowed(self, request, to_field) -> bool:
        """Refuse names of columns that do not exist, at which Django raises an error."""
        columns = {field.name for field in self.opts.concrete_fields}
        return to_field in columns and super().to_field_allowed(request, to_field)

    def response_action(self, request, queryset) -> HttpResponse | None:
        """Refuse an action on bad keys or on more rows than a page shows."""
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(is_key(self.model, key) for key in keys):
            raise BadInput(_("选中的条目不对，请回到列表重新选。"))
        of_all = request.POST.get("select_across", "0") != "0"
        chosen = queryset[: MOST_AT_ONCE + 1].count() if of_all else len(keys)
        if chosen > MOST_AT_ONCE:
            line = _("一次最多处理%(most)d条，请分几次选。什么都没有改。")
            self.message_user(request, line % {"most": MOST_AT_ONCE}, messages.WARNING)
            return None
        return super().response_action(request, queryset)

    def changeform_view(
        self, request, object_id=None, form_url="", extra_context=None
    ) -> HttpResponse:
        """Refuse 另存为新的 where the page has no such button."""
        if "_saveasnew" in request.POST and not self.save_as:
            raise BadInput(_("这一页不能另存为新的。"))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _changeform_view(self, request, *args):
        with ExitStack() as request.saving:
            return super()._changeform_view(request, *args)

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        """Save all rows that are edited in the list in one transaction."""
        with ExitStack() as request.saving:
            if "_save" in request.POST:
                request.saving.enter_context(self._writing())
            return super().changelist_view(request, extra_context)

    def save_model(self, request, obj, form, change) -> None:
        """Write the row in a transaction that ends with the response."""
        request.saving.enter_context(self._writing())
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj) -> None:
        with self._writing():
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        with self._writing():
            super().delete_queryset(request, queryset)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with writing():
            if self.model not in NOT_PUBLIC:
                touch_public()
            yield

    def merge_rows(self, request, kept, absorbed) -> None:
        merge(kept, absorbed, person=request.user)

    def get_changeform_initial_data(self, request) -> dict:
        """Ignore the URL's parameters, by which Django would fill in any field."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if name not in request.GET}

    def formfield_for_manytomany(
        self, db_field, request, **kwargs
    ) -> ModelMultipleChoiceField | None:
        kwargs.setdefault("form_class", SeveralField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changelist_formset(self, request, **kwargs) -> type[BaseModelFormSet]:
        return super().get_changelist_formset(
            request, formset=RowFormSet, absolute_max=MOST_DRAWN, **kwargs
        )

    def _get_edited_object_pks(self, request, prefix) -> list[str]:
        keys = super()._get_edited_object_pks(request, prefix)
        return [key for key in keys if is_key(self.model, key)]
