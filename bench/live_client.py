"""A program of the TACACS+ server: reads or writes its accounting database all the time, in small transactions.

    python3 live_client.py write|read DATABASE TIMEOUT_SECONDS

Never reopens. Prints "ready" after its first transaction. A line on standard input begins a new count, the end of the input
ends it; then one line of JSON tells what happened in between. Times are seconds.
"""

import json
import sqlite3
import sys
import threading
import time

PAUSE = 0.01
# What takes longer than this waited for somebody; an ordinary transaction takes a few milliseconds.
WAIT = 0.1

INSERT = (
    "INSERT INTO accounting_logs(timestamp,username,session_id,status,service,command,client_ip)"
    " VALUES(datetime('now'),'bench',1,'stop','shell','show version','192.0.2.1')"
)
SELECT = "SELECT id,username FROM accounting_logs ORDER BY id DESC LIMIT 20"


class Count:
    def __init__(self):
        self.begun = time.monotonic()
        self.transactions = 0
        self.failures = []
        self.waits = []

    def add(self, begun, took, failed):
        self.transactions += 1
        if failed:
            self.failures.append(round(begun - self.begun, 3))
        if took > WAIT:
            self.waits.append((round(begun - self.begun, 3), round(took, 3)))

    def report(self):
        return {
            "transactions": self.transactions,
            "failed": len(self.failures),
            "longest": max((took for _, took in self.waits), default=0),
            "waited": round(sum(took for _, took in self.waits), 3),
            "waits": self.waits,
        }


def transaction(connection, work):
    """Whether SQLite said that it is busy; any other failure ends the program."""
    try:
        if work == "write":
            with connection:
                connection.execute(INSERT)
        else:
            connection.execute(SELECT).fetchall()
        return False
    except sqlite3.OperationalError as failure:
        if "locked" not in str(failure):
            raise
        return True


def main(work, database, timeout):
    connection = sqlite3.connect(database, timeout=float(timeout))
    begin, end = threading.Event(), threading.Event()

    def listen():
        for _ in sys.stdin:
            begin.set()
        end.set()

    threading.Thread(target=listen, daemon=True).start()
    transaction(connection, work)
    print("ready", flush=True)
    count, before = Count(), 1
    while not end.is_set():
        if begin.is_set():
            begin.clear()
            count, before = Count(), before + count.transactions
        begun = time.monotonic()
        failed = transaction(connection, work)
        count.add(begun, time.monotonic() - begun, failed)
        time.sleep(PAUSE)
    print(json.dumps(count.report() | {"before": before}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
