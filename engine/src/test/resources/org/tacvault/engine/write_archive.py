"""Writes an archive as the Python server lays it out: write_archive.py HOME ARCHIVE."""

import hashlib
import json
import os
import sqlite3
import sys
import tarfile
import tempfile

home, archive = sys.argv[1:3]
data = os.path.join(home, "data")
contents = []
with tempfile.TemporaryDirectory() as staging:
    for name in sorted(os.listdir(data)):
        if not name.endswith(".db") or name.startswith("backup_"):
            continue
        source = sqlite3.connect(os.path.join(data, name))
        target = sqlite3.connect(os.path.join(staging, name))
        source.backup(target)
        tables = [row[0] for row in target.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        records = sum(target.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables)
        target.close()
        source.close()
        contents.append({"file": name, "type": "database", "records": records})
    with open(os.path.join(home, "config", "tacacs.conf"), "rb") as conf:
        with open(os.path.join(staging, "tacacs.conf"), "wb") as copy:
            copy.write(conf.read())
    with open(os.path.join(staging, "config_export.json"), "w") as export:
        json.dump({"server": {"host": "0.0.0.0"}}, export)
    contents.append({"file": "tacacs.conf", "type": "config"})
    contents.append({"file": "config_export.json", "type": "config"})
    for entry in contents:
        path = os.path.join(staging, entry["file"])
        entry["size_bytes"] = os.path.getsize(path)
        with open(path, "rb") as file:
            entry["checksum_sha256"] = hashlib.sha256(file.read()).hexdigest()
    manifest = {
        "backup_metadata": {
            "instance_id": None,
            "instance_name": "python-one",
            "hostname": "old-host",
            "backup_type": "manual",
            "timestamp_utc": "2026-11-20T01:02:03.000004+00:00",
            "triggered_by": "manual:admin",
            "backup_version": "1.0",
        },
        "system_info": {"server_version": "2.0", "python_version": "3.13.5", "platform": "Linux"},
        "config_info": {"config_source": "file", "config_hash": "0" * 64, "has_overrides": True},
        "contents": contents,
        "total_size_bytes": sum(entry["size_bytes"] for entry in contents),
        "encrypted": False,
        "encryption_algorithm": None,
        "encryption_metadata": None,
    }
    with open(os.path.join(staging, "manifest.json"), "w") as file:
        json.dump(manifest, file, indent=2)
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        tar.add(staging, arcname=".")
