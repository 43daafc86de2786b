"""Placements on the front page in the admin."""

from django import forms
from django.contrib import admin
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Placement
from articles.models.article_managers import live_at
from articles.models.base import LAST
from people.shared.autocomplete import Autocompletes


class PlacementForm(forms.ModelForm):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.initial.get("order") == LAST:
            self.initial["order"] = None


@admin.register(Placement)
class PlacementAdmin(Autocompletes, admin.ModelAdmin):
    form = PlacementForm
    list_display = ("article", "place", "number", "starts", "ends", "person", "standing")
    list_filter = ("place",)
    search_fields = ("article__headline__holds",)
    autocomplete_fields = ("article",)
    readonly_fields = ("person", "standing")
    fields = ("article", "place", "order", ("starts", "ends"), "person", "standing")
    ordering = ("-ends",)

    def get_queryset(self, request):
        """Annotate ``lead``, the key of the placement that leads now."""
        now = timezone.now()
        leads = Placement.objects.running(now).filter(live_at(now, "article__"))
        leads = leads.filter(place=Placement.Place.LEAD).values("pk")[:1]
        placements = super().get_queryset(request).annotate(lead=Subquery(leads))
        return placements.select_related("article", "person").defer("article__body")

    def get_fields(self, request, obj=None):
        made = () if obj else self.readonly_fields
        return [field for field in self.fields if field not in made]

    def save_model(self, request, obj, form, change):
        obj.person = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("次序"), ordering="order", empty_value="–")
    def number(self, placement):
        return None if placement.order == LAST else placement.order

    @admin.display(description=gettext_lazy("现在"))
    def standing(self, placement):
        """Whether the story is on the front page now, and if not, why."""
        now = timezone.now()
        if placement.ends <= now:
            return _("已经结束")
        if not placement.article.is_live(now):
            return _("稿件没有对外，头版不显示")
        if placement.starts and placement.starts > now:
            return _("还没有开始")
        if placement.place == Placement.Place.LEAD and placement.pk != placement.lead:
            return _("另有头条，列在要闻之前")
        return _("正在头版")
