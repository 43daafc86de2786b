"""Command of ``make run``, between the migrations and the server."""

import json
import os
import secrets
from pathlib import Path
from string import ascii_lowercase

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from articles.editorial import adopt
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models import Article
from people.models import User

#: Demo accounts. With two editors three reviews can be signed although one of them wrote.
ACCOUNTS = {
    "jizhe": REPORTER,
    "bianji": EDITOR,
    "bianji2": EDITOR,
    "zhuren": HEAD,
    "zongbian": CHIEF,
}


class Command(BaseCommand):
    """Fill an empty database with the bulletin and a demo account for each role."""

    help = "Load the bulletin into an empty database and make one demo account a role."

    def handle(self, **_options) -> None:
        """Leave an existing bulletin and existing accounts as they are."""
        if not Article.objects.exists():
            call_command("loaddata", "bulletin_2021q1", "pages", verbosity=0)
            self.stdout.write("The bulletin of 2021 Q1 is loaded.")
        adopt()
        call_command("reindex_search", stdout=self.stdout)
        if connection.vendor == "sqlite":
            self.stdout.write(connection.journal_in_words())
        self._close_to_others()
        for username, (role, password) in self._accounts().items():
            self.stdout.write(f"  {username:10} {password}  {role}")

    @staticmethod
    def _close_to_others() -> None:
        """Make database, secrets and pictures private, which an older release left readable."""
        database = Path(connection.settings_dict["NAME"])
        found = [settings.VAR_DIR / "secret_key", settings.VAR_DIR / "demo_accounts.json"]
        if connection.vendor == "sqlite":
            found += [database.with_name(database.name + end) for end in ("", "-wal", "-shm")]
        for path in filter(Path.is_file, found):
            path.chmod(0o600)
        media = Path(settings.MEDIA_ROOT)
        media.mkdir(mode=0o700, exist_ok=True)
        media.chmod(0o700)

    def _accounts(self) -> dict[str, list[str]]:
        """Role and password by user name, kept in a file that only its owner can read."""
        path = settings.VAR_DIR / "demo_accounts.json"
        kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
        for username, role in ACCOUNTS.items():
            if username not in kept:
                kept[username] = [role, secrets.token_urlsafe(9)]
        handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=1)
        for username, (role, password) in kept.items():
            self._make(username, role, password)
        return kept

    @staticmethod
    @transaction.atomic
    def _make(username: str, role: str, password: str) -> None:
        name = f"演示{role}{username.strip(ascii_lowercase)}"
        user, created = User.objects.get_or_create(
            username=username, defaults={"name": name, "is_staff": True}
        )
        if created:
            user.set_password(password)
            user.save(update_fields=["password"])
            user.groups.add(Group.objects.get(name=role))
