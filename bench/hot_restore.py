"""Restores an accounting database under a writer and a reader, and under the same with SQLite's backup API alone.

    python3 hot_restore.py TACVAULT HOME ARCHIVE RUNS

Prints two tables in Markdown: each figure is the median of the runs, with the least and the most. With BENCH_VERBOSE set
each run is printed to standard error, with when each wait began.
"""

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

CLIENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "live_client.py")
DATABASE = "data/tacacs_accounting.db"
MODES = {"WAL": "WAL", "DELETE": "rollback journal"}
WAYS = {"tacvault": "tacvault restore", "sqlite": "SQLite alone"}
# The Python server's programs give up after five seconds; the other writer tells how long a wait is.
GIVES_UP, PATIENT = 5, 600


class Client:
    def __init__(self, work, database, timeout):
        command = [sys.executable, CLIENT, work, database, str(timeout)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "ready":
            sys.exit(f"error: the {work} client did not start")

    def begin(self):
        self.process.stdin.write("begin\n")
        self.process.stdin.flush()

    def end(self):
        self.process.stdin.close()
        report = self.process.stdout.readline()
        if self.process.wait() != 0 or not report:
            sys.exit("error: a client failed while the database was replaced")
        return json.loads(report)


def set_mode(database, mode):
    connection = sqlite3.connect(database)
    found = connection.execute(f"PRAGMA journal_mode={mode}").fetchone()[0]
    connection.close()
    if found != mode.lower():
        sys.exit(f"error: {database} did not take journal mode {mode}")


def by_tacvault(tacvault, home, archive, staged):
    command = [tacvault, "restore", "--home", home, "--archive", archive]
    command += ["--components", "accounting", "--confirm", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def by_sqlite(tacvault, home, archive, staged):
    """One step of the backup API into the live file; the staged copy has its journal mode and page size."""
    source = sqlite3.connect(staged)
    target = sqlite3.connect(os.path.join(home, DATABASE), timeout=PATIENT)
    target.execute("PRAGMA wal_autocheckpoint=0")
    source.backup(target, pages=-1, sleep=0.01)
    target.close()
    source.close()


def run(way, mode, timeout, tacvault, home, archive):
    live_home = home + "-live"
    shutil.copytree(home, live_home, ignore=shutil.ignore_patterns("backups"))
    live, staged = os.path.join(live_home, DATABASE), home + "-staged.db"
    shutil.copyfile(os.path.join(home, DATABASE), staged)
    set_mode(live, mode)
    set_mode(staged, mode)
    os.sync()
    writer, reader = Client("write", live, timeout), Client("read", live, PATIENT)
    time.sleep(0.5)
    writer.begin()
    reader.begin()
    begun = time.monotonic()
    {"tacvault": by_tacvault, "sqlite": by_sqlite}[way](tacvault, live_home, archive, staged)
    took = time.monotonic() - begun
    # Also what the next commits pay, such as a checkpoint of all that was written.
    time.sleep(1)
    wrote, read = writer.end(), reader.end()
    check(live, wrote)
    shutil.rmtree(live_home)
    os.remove(staged)
    if os.environ.get("BENCH_VERBOSE"):
        print(way, mode, timeout, f"{took:.3f}", json.dumps(wrote), json.dumps(read), file=sys.stderr, flush=True)
    return {"took": took, "wrote": wrote, "read": read}


def check(live, wrote):
    """A measurement of something that went wrong is none: the writer's older rows must be gone."""
    connection = sqlite3.connect(live)
    rows = connection.execute("SELECT count(*) FROM accounting_logs WHERE username='bench'").fetchone()[0]
    connection.close()
    if not 0 < rows < wrote["before"] + wrote["transactions"] - wrote["failed"]:
        sys.exit(f"error: the database was not replaced: {rows} rows are left")


def spread(values, digits=2):
    middle = statistics.median(values)
    return f"{middle:.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def main(tacvault, home, archive, runs):
    size = os.path.getsize(os.path.join(home, DATABASE)) / 2**30
    print(f"\nAccounting database of {size * 1024:.0f} MiB, {runs} runs each: median (least–most), seconds\n")
    print("| journal | way | whole | longest wait of the writer | per GiB | all its waits | longest wait of the reader |"
          " failed writes (5 s) |")
    print("|---|---|---|---|---|---|---|---|")
    for mode in MODES:
        for way in WAYS:
            patient = [run(way, mode, PATIENT, tacvault, home, archive) for _ in range(int(runs))]
            hasty = [run(way, mode, GIVES_UP, tacvault, home, archive) for _ in range(int(runs))]
            longest = [each["wrote"]["longest"] for each in patient]
            cells = [
                MODES[mode],
                WAYS[way],
                spread([each["took"] for each in patient]),
                spread(longest),
                spread([each / size for each in longest]),
                spread([each["wrote"]["waited"] for each in patient]),
                spread([each["read"]["longest"] for each in patient]),
                spread([each["wrote"]["failed"] for each in hasty], 0),
            ]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
