"""Page on which a story gets its page and position in the issue."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.admin.base import desk_page
from articles.editorial import Refused, set_layout
from articles.models import Article


class LayoutForm(forms.ModelForm):
    """Page and position, which belong to the original story and not to its working copy."""

    state_token = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields = ("page", "position")
        widgets = {"page": forms.TextInput(attrs={"list": "pages"})}


class LayoutAdmin(admin.ModelAdmin):
    """Mixin with the page for the layout of a story."""

    def get_urls(self):
        layout = path(
            "<int:object_id>/layout/",
            self.admin_site.admin_view(self.layout_view),
            name="articles_article_layout",
        )
        return [layout, *super().get_urls()]

    def layout_view(self, request, object_id):
        """Show the form; a POST sets the layout."""
        story = self.viewed(request, object_id)
        if not request.user.has_perm("articles.layout_article"):
            raise PermissionDenied
        form = LayoutForm(
            request.POST or None, instance=story, initial={"state_token": story.layout}
        )
        problems = []
        if form.is_valid():
            try:
                line = set_layout(story, person=request.user, **form.cleaned_data)
            except Refused as refused:
                problems = refused.messages
            else:
                said = line.reason if line else _("没有改动")
                done = _("《%(story)s》的版面：%(said)s。") % {
                    "story": story.headline,
                    "said": said,
                }
                self.message_user(request, done, messages.SUCCESS)
                return redirect(reverse("admin:articles_article_change", args=[story.pk]))
        issue = Article.objects.originals().filter(bulletin=story.bulletin).exclude(bulletin=None)
        pages = issue.exclude(page="").order_by("page").values_list("page", flat=True).distinct()
        context = {"form": form, "problems": problems, "pages": list(pages)}
        return desk_page(self, request, "article/layout.html", story, title=_("排版"), **context)
