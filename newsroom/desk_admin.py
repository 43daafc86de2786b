"""What every list and every form of the desk answers: what its page can ask, and no more.

The site mixes ``DeskAdmin`` into whatever is registered, Django's own tables included.
"""

import datetime
import re
from contextlib import ExitStack

from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import EmptyPage, Paginator
from django.utils.text import smart_split
from django.utils.translation import gettext as _

from articles.editorial import merge, writing
from newsroom.errors import BadInput
from newsroom.once import OnceAdmin
from people.shared.autocomplete import SeveralField
from people.shared.formsets import MOST_DRAWN, RowFormSet, is_key

#: Words and characters of one search: each word is looked for in each column.
MOST_WORDS = 10
MOST_LETTERS = 100
#: Rows that one action takes: as many as one page of a list can show.
MOST_AT_ONCE = 200
#: Columns by which a list is sorted, by their numbers.
_ORDER = re.compile(r"-?\d{1,2}(?:\.-?\d{1,2})*")


def search_problem(words) -> str:
    """Why nothing is searched for such ``words``; empty where something is."""
    too_long = len(words) > MOST_LETTERS
    if not (too_long or len(list(smart_split(words))) > MOST_WORDS):
        return ""
    limits = {"words": MOST_WORDS, "letters": MOST_LETTERS}
    return _("一次最多查找%(words)d个词、%(letters)d个字，请删去一些再查。") % limits


class DeskPaginator(Paginator):
    """Leads to the nearest page there is: rows may be gone since a link was drawn."""

    def validate_number(self, number):
        """The number, or that of the last page."""
        try:
            return super().validate_number(number)
        except EmptyPage:
            return self.num_pages


class DeskChangeList(ChangeList):
    """A list that its declared filters alone narrow; Django's takes any look-up of a column."""

    def get_filters(self, request):
        """Refuse what no filter and no calendar has taken, and what is no day."""
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

    def get_results(self, request):
        """The rows, and the number of the page that they really are."""
        super().get_results(request)
        self.page_num = self.paginator.validate_number(self.page_num)

    def _check_order(self):
        order = self.params.get(ORDER_VAR)
        if order and not (_ORDER.fullmatch(order) and order.count(".") < len(self.list_display)):
            raise BadInput(_("网址里的排序（%(name)s）不对。") % {"name": order[:40]})

    def _days(self):
        """Look-ups that Django makes of the year, month and day that the calendar's links name."""
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
        # Django adds a year to the last one asked for.
        if not datetime.MINYEAR < day.year < datetime.MAXYEAR:
            raise BadInput(_("网址里的日期不对。"))
        return {f"{self.date_hierarchy}__{bound}" for bound in ("gte", "lt")}


class DeskAdmin(OnceAdmin):
    """What the pages of all models have in common."""

    paginator = DeskPaginator
    # A count for each choice of each filter: on a full table it takes longer than a page may.
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request, **kwargs):
        """Ours."""
        return DeskChangeList

    def get_changelist_instance(self, request):
        """The list; what its filters cannot take is told, not dropped with all other filters."""
        try:
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, DisallowedModelAdminLookup) as error:
            raise BadInput(_("网址里的筛选条件不对。")) from error

    def get_search_results(self, request, queryset, search_term):
        """Rows that are found; none, and the reason, for more words than are searched at once."""
        problem = search_problem(search_term)
        if not problem:
            return super().get_search_results(request, queryset, search_term)
        self.message_user(request, problem, messages.ERROR)
        return queryset.none(), False

    def get_object(self, request, object_id, from_field=None):
        """The row; a field without a name is the key."""
        return super().get_object(request, object_id, from_field or None)

    def to_field_allowed(self, request, to_field):
        """Whether a picker may name rows by a column; Django's fails at what is none."""
        columns = {field.name for field in self.opts.concrete_fields}
        return to_field in columns and super().to_field_allowed(request, to_field)

    def response_action(self, request, queryset):
        """Run an action on rows that are named by keys, so many as a page shows."""
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

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; what a page offers no button for is no order either."""
        if "_saveasnew" in request.POST and not self.save_as:
            raise BadInput(_("这一页不能另存为新的。"))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _changeform_view(self, request, *args):
        with ExitStack() as request.saving:
            return super()._changeform_view(request, *args)

    def changelist_view(self, request, extra_context=None):
        """The list; rows that are edited in it are saved together."""
        with ExitStack() as request.saving:
            if "_save" in request.POST:
                request.saving.enter_context(writing())
            return super().changelist_view(request, extra_context)

    def save_model(self, request, obj, form, change):
        """Open the transaction of the save, which ends with the answer, and write the row in it."""
        request.saving.enter_context(writing())
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        """Delete a row."""
        with writing():
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Delete the chosen rows."""
        with writing():
            super().delete_queryset(request, queryset)

    def merge_rows(self, request, kept, absorbed):
        """Merge two rows, in the name of who asks."""
        merge(kept, absorbed, person=request.user)

    def get_changeform_initial_data(self, request):
        """What the page fills in by itself: no link of the desk fills in a form by its address."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if name not in request.GET}

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Field of several linked rows that takes any value."""
        kwargs.setdefault("form_class", SeveralField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changelist_formset(self, request, **kwargs):
        """Rows that are edited in the list, so many as there are."""
        return super().get_changelist_formset(
            request, formset=RowFormSet, absolute_max=MOST_DRAWN, **kwargs
        )

    def _get_edited_object_pks(self, request, prefix):
        """Keys of the rows edited in the list."""
        keys = super()._get_edited_object_pks(request, prefix)
        return [key for key in keys if is_key(self.model, key)]
