"""Sets of stories that the benchmark reads: made once under var/bench/ and kept."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
#: The bulletin alone; every other size is made by make_stories.
BULLETIN = 6
SEED = 1


@dataclass(frozen=True)
class StorySet:
    """``size`` stories in a database, ``vendor`` sqlite or postgresql."""

    vendor: str
    size: int
    server: str

    def __str__(self):
        """Vendor and size."""
        return f"{self.vendor} {self.size:,}"

    @property
    def folder(self) -> Path:
        """VAR_DIR of the set."""
        return ROOT / "var" / "bench" / f"{self.vendor}-{self.size}"

    @property
    def environment(self) -> dict[str, str]:
        """Environment in which the site serves this set."""
        url = f"sqlite:///{self.folder / 'db.sqlite3'}"
        if self.vendor == "postgresql":
            url = urlunsplit(urlsplit(self.server)._replace(path=f"/newsroom_bench_{self.size}"))
        return {**os.environ, "VAR_DIR": str(self.folder), "DATABASE_URL": url}

    def manage(self, *arguments) -> None:
        """Run a command of manage.py on this set; CalledProcessError where it fails."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True
        )

    def make(self) -> float | None:
        """Fill the set unless it is there; seconds that its stories took, None if they were."""
        done = self.folder / "complete"
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.vendor == "postgresql" and not done.exists():
            self._create_database()
        self.manage("migrate", "--noinput", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        if done.exists():
            return None
        began = time.perf_counter()
        if self.size == BULLETIN:
            self.manage("first_run")
        else:
            self.manage("make_stories", str(self.size), "--seed", str(SEED))
        took = time.perf_counter() - began
        done.touch()
        return took

    def _create_database(self):
        connection = psycopg2.connect(self.server)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS newsroom_bench_{self.size}")
            cursor.execute(f"CREATE DATABASE newsroom_bench_{self.size}")
        connection.close()
