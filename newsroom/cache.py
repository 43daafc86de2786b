"""Django's cache in the memory of a process, bounded in bytes and not in entries."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

#: Bytes that an entry takes beside its value: key, time of expiry, places in two dictionaries.
OVERHEAD = 600
#: Bytes in use, by name of the cache: its threads have an instance each, and share the entries.
_used: dict[str, int] = {}


class BoundedLocMemCache(LocMemCache):
    """LocMemCache with an option ``MAX_BYTES``: what was used least recently makes room.

    A value of more than a tenth of that is not stored.
    """

    def __init__(self, name: str, params: dict[str, Any]):
        options = dict(params.get("OPTIONS", {}))
        self._name, self._most = name, options.pop("MAX_BYTES")
        super().__init__(name, {**params, "OPTIONS": options})
        _used.setdefault(name, 0)

    @property
    def used_bytes(self) -> int:
        return _used[self._name]

    def _set(self, key, value, timeout=DEFAULT_TIMEOUT):
        self._delete(key)
        if len(value) > self._most // 10:
            return
        self._cache[key] = value
        self._cache.move_to_end(key, last=False)
        self._expire_info[key] = self.get_backend_timeout(timeout)
        _used[self._name] += len(value) + OVERHEAD
        while _used[self._name] > self._most:
            self._delete(next(reversed(self._cache)))

    def _delete(self, key):
        value = self._cache.get(key)
        if not super()._delete(key):
            return False
        _used[self._name] -= len(value) + OVERHEAD
        return True

    def clear(self) -> None:
        with self._lock:
            self._cache.clear()
            self._expire_info.clear()
            _used[self._name] = 0
