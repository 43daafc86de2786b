"""Timeouts of queries in the web server; commands and migrations have none."""

#: Time that a query may wait for a lock, as a fraction of the timeout: it occupies a thread.
FOR_A_LOCK = 1 / 5
#: Time that a transaction may be idle, as a multiple of the timeout: its worker has stopped then.
FOR_IDLING = 4


def bound_queries(database: dict, seconds: float) -> None:
    """Set the timeout of all connections made from the settings ``database``; 0 is no limit."""
    if not seconds:
        return
    options = database["OPTIONS"]
    if database["ENGINE"] == "newsroom.sqlite":
        options |= {"query_timeout": seconds, "timeout": seconds * FOR_A_LOCK}
        return
    limits = {
        "statement_timeout": seconds,
        "lock_timeout": seconds * FOR_A_LOCK,
        "idle_in_transaction_session_timeout": seconds * FOR_IDLING,
    }
    set_all = (f"-c {name}={round(value * 1000)}" for name, value in limits.items())
    options["options"] = " ".join((options.get("options", ""), *set_all)).strip()
    options.setdefault("connect_timeout", max(2, round(seconds * FOR_A_LOCK)))
