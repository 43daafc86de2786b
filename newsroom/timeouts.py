"""What bounds the queries of a process that serves the web: commands and migrations take longer."""

#: The part of it that a lock is waited for: whoever waits holds a thread of the server.
FOR_A_LOCK = 1 / 5
#: What a transaction that asks nothing may take, in times of a query: its worker has stopped.
FOR_IDLING = 4


def bound_queries(database: dict, seconds: float) -> None:
    """Let the connections made from the settings ``database`` give up after ``seconds``; 0: never.

    On PostgreSQL by options of the connection, on SQLite by those of ``newsroom.sqlite``.
    """
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
