"""What EraClient does, through Python's sqlite3: era_client.py read|write LOG DATABASE..."""
import os
import sqlite3
import sys
import threading

role, log_path, databases = sys.argv[1], sys.argv[2], sys.argv[3:]
ended = threading.Event()


def await_end():
    sys.stdin.read()
    ended.set()


def text(connection, query):
    return connection.execute(query).fetchone()[0]


threading.Thread(target=await_end, daemon=True).start()
connections = [
    (os.path.basename(path), sqlite3.connect(path, timeout=30, isolation_level=None))
    for path in databases
]
log = open(log_path, "w") if role == "write" else None
rounds = failures = mixed = 0
last = ""
while not ended.is_set():
    for name, connection in connections:
        try:
            if role == "write":
                connection.execute("BEGIN IMMEDIATE")
                last = text(connection, "SELECT name FROM era_first")
                connection.execute("INSERT INTO debit(seq,era) VALUES(?,?)", (rounds, last))
                era = text(connection, "SELECT name FROM era_last")
                connection.execute("INSERT INTO credit(seq,era) VALUES(?,?)", (rounds, era))
                connection.execute("COMMIT")
                print(rounds, last, name, file=log, flush=True)
            else:
                connection.execute("BEGIN")
                first = text(connection, "SELECT name FROM era_first")
                debits = text(connection, "SELECT count(*) FROM debit")
                credits = text(connection, "SELECT count(*) FROM credit")
                last = text(connection, "SELECT name FROM era_last")
                connection.execute("COMMIT")
                mixed += debits != credits or first != last
        except sqlite3.Error as failure:
            failures += 1
            print("failure", failure, flush=True)
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    rounds += 1
    if rounds == 1:
        print("ready", flush=True)
print("rounds", rounds)
print("failures", failures)
print("mixed", mixed)
print("last", last, flush=True)
