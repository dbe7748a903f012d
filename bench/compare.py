"""Times whole processes of Tacvault and of stock tools that do the same work, in turns, and prints a table in Markdown.

    python3 compare.py TACVAULT HOME WORK_DIRECTORY RUNS

Each figure is the median of the runs, with the least and the most; memory is the largest resident set that the kernel saw.
A process that fails, or an archive in which a database is missing, ends the program: there is nothing to compare then.
"""

import glob
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

DATABASES = ["config_overrides", "devices", "local_auth", "tacacs_accounting", "metrics_history", "audit_trail"]
MIB = 2**20


class Run:
    """One process from its start to its end."""

    def __init__(self, command, environment=None):
        started = time.monotonic()
        shell = isinstance(command, str)
        argv = ["bash", "-c", "set -eo pipefail; " + command] if shell else command
        with open(os.devnull, "r+b") as null:
            child = subprocess.Popen(argv, stdin=null, stdout=null, env=os.environ | (environment or {}))
        _, status, usage = os.wait4(child.pid, 0)
        self.seconds = time.monotonic() - started
        self.rss = usage.ru_maxrss * 1024
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"error: exit code {child.returncode} of: {command}")


class Bench:
    def __init__(self, tacvault, home, work, runs):
        self.tacvault, self.home, self.work, self.runs = tacvault, home, work, int(runs)
        self.copies, self.repository = os.path.join(work, "copies"), os.path.join(work, "restic")
        self.peer = os.path.join(work, "peer")
        self.key = os.path.join(work, "identity")
        subprocess.run(["age-keygen", "-o", self.key], check=True, stderr=subprocess.DEVNULL)
        with open(self.key, encoding="ascii") as lines:
            self.recipient = next(line.split()[-1] for line in lines if line.startswith("# public key"))
        self.size = sum(os.path.getsize(self.live(name)) for name in DATABASES)

    def live(self, name):
        return os.path.join(self.home, "data", name + ".db")

    # What stock tools do.

    def snapshots(self):
        """Consistent copies, as nobody should archive a live database file."""
        parts = [f"rm -rf {self.copies}; mkdir {self.copies}"]
        parts += [f"sqlite3 {self.live(name)} '.backup {self.copies}/{name}.db'" for name in DATABASES]
        parts.append(f"cp {self.home}/config/tacacs.conf {self.copies}")
        return "; ".join(parts)

    def pipeline(self, compressor, encryption=""):
        return f"{self.snapshots()}; tar -C {self.copies} -cf - . | {compressor} {encryption} > {self.peer}"

    def restic(self, command):
        return f"RESTIC_PASSWORD=bench restic -q -r {self.repository} {command}"

    def restic_backup(self):
        return self.restic(f"backup {self.home}/data {self.home}/config --exclude backups")

    # What Tacvault does.

    def ours(self, *arguments):
        return [self.tacvault, *arguments, "--home", self.home, "--quiet"]

    def store(self, name):
        return os.path.join(self.work, name)

    def archive(self, name):
        found = glob.glob(os.path.join(self.store(name), "*", "*", "*"))
        if len(found) != 1:
            sys.exit(f"error: {len(found)} archives in {self.store(name)} instead of one")
        return found[0]

    def backup(self, name, **settings):
        variables = {"TACACS_BACKUP_" + key.upper(): str(value) for key, value in settings.items()}
        return lambda: Run(self.ours("backup", "--to", self.store(name)), variables)

    def fresh(self, name):
        return lambda: shutil.rmtree(self.store(name), ignore_errors=True)

    # How they are compared.

    def turns(self, ours, theirs, before=lambda: None):
        """Ours and theirs by turns, after one unmeasured turn that warms the cache."""
        mine, others = [], []
        for turn in range(self.runs + 1):
            before()
            first, second = ours(), theirs()
            if turn > 0:
                mine.append(first)
                others.append(second)
        return mine, others

    def row(self, what, peer, mine, others, target, sizes=None):
        ratio = statistics.median(run.seconds for run in mine) / statistics.median(run.seconds for run in others)
        cells = [
            what,
            spread([run.seconds for run in mine]),
            peer,
            spread([run.seconds for run in others]),
            f"{ratio:.2f}",
            target,
            f"{max(run.rss for run in mine) / MIB:.0f}",
            "" if sizes is None else f"{sizes[0] / MIB:.1f} / {sizes[1] / MIB:.1f} = {sizes[0] / sizes[1]:.2f}",
        ]
        print("| " + " | ".join(cells) + " |", flush=True)

    def backups(self):
        stock = lambda compressor, encryption="": lambda: Run(self.pipeline(compressor, encryption))
        self.compared("backup, gzip", "gzip", {}, "sqlite3 + tar + pigz -6", stock("pigz -6"), "0.60")
        self.compared(
            "backup, zstd", "zstd", {"compression": "zstd"}, "sqlite3 + tar + zstd -3 -T2", stock("zstd -3 -T2"), "1.00"
        )
        self.compared(
            "backup, gzip, encrypted",
            "age",
            {"encryption_enabled": "true", "encryption_recipients": self.recipient},
            "the pigz pipeline through age",
            stock("pigz -6", f"| age -r {self.recipient}"),
            "0.60",
        )
        self.first_restic()

    def compared(self, what, name, settings, peer, theirs, target):
        mine, others = self.turns(self.backup(name, **settings), theirs, self.fresh(name))
        self.require_databases(self.archive(name))
        self.require_databases(self.peer)
        self.row(what, peer, mine, others, target, (os.path.getsize(self.archive(name)), os.path.getsize(self.peer)))

    def require_databases(self, path):
        """Ends the program unless all databases are in the archive, whoever made it."""
        with open(path, "rb") as archive:
            start = archive.read(4)
        opened = f"age -d -i {self.key} {path}" if start == b"age-" else f"cat {path}"
        unpack = "zstd -dc" if start == b"\x28\xb5\x2f\xfd" else "gzip -dc"
        listed = subprocess.run(
            ["bash", "-c", f"set -eo pipefail; {opened} | {unpack} | tar -tf -"], check=True, capture_output=True, text=True
        ).stdout
        found = {os.path.basename(line) for line in listed.splitlines()}
        missing = {name + ".db" for name in DATABASES} - found
        if missing:
            sys.exit(f"error: {', '.join(sorted(missing))} not in {path}")

    def first_restic(self):
        def before():
            self.fresh("zstd")()
            shutil.rmtree(self.repository, ignore_errors=True)

        theirs = lambda: Run(f"{self.restic('init')}; {self.restic_backup()}")
        mine, others = self.turns(self.backup("zstd", compression="zstd"), theirs, before)
        self.row("backup, zstd", "restic backup, first", mine, others, "0.70", (size(self.archive("zstd")), size(self.repository)))

    def second(self):
        """Another backup after one percent of new accounting rows."""
        self.add_rows()
        before = size(self.repository)
        mine = [self.backup("zstd", compression="zstd")()]
        others = [Run(self.restic_backup())]
        newest = max(glob.glob(os.path.join(self.store("zstd"), "*", "*", "*")), key=os.path.getmtime)
        self.row("backup, zstd, after 1 % new rows", "restic backup, second", mine, others, "", (size(newest), size(self.repository) - before))

    def add_rows(self):
        connection = sqlite3.connect(self.live("tacacs_accounting"))
        with connection:
            connection.execute(
                "INSERT INTO accounting_logs(timestamp,username,session_id,status,service,command,client_ip)"
                " SELECT timestamp,username,session_id,status,service,command,client_ip FROM accounting_logs"
                " WHERE id % 100 = 0"
            )
        connection.close()

    def reading(self):
        archive = self.archive("gzip")
        unpacked = os.path.join(self.work, "unpacked")
        untar = f"rm -rf {unpacked}; mkdir {unpacked}; tar -C {unpacked} -xzf {archive}"
        check = "; ".join(
            f"[ \"$(sqlite3 {unpacked}/{name}.db 'PRAGMA integrity_check')\" = ok ]" for name in DATABASES
        )
        mine, others = self.turns(
            lambda: Run(self.ours("verify", "--archive", archive)),
            lambda: Run(f"tar -xzOf {archive} > /dev/null; sha256sum {archive}"),
        )
        self.row("verify", "tar xzf -O, sha256sum", mine, others, "1.20")
        mine, others = self.turns(
            lambda: Run(self.ours("restore", "--archive", archive, "--confirm")), lambda: Run(f"{untar}; {check}")
        )
        self.row("restore, with emergency backup", "tar xzf, PRAGMA integrity_check", mine, others, "1.50")


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(where, name)) for where, _, names in os.walk(path) for name in names)


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def main(tacvault, home, work, runs):
    bench = Bench(tacvault, home, work, runs)
    print(f"\nHome with {bench.size / MIB:.0f} MiB of databases, {runs} runs in turns: median (least–most), seconds\n")
    print("| work | Tacvault | beside | its time | ratio | target | peak MiB | size in MiB |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    bench.backups()
    bench.second()
    bench.reading()


if __name__ == "__main__":
    main(*sys.argv[1:])
