"""Reads an archive as the Python server does and prints what it holds: read_archive.py ARCHIVE."""

import hashlib
import json
import os
import sqlite3
import sys
import tarfile
import tempfile

with tempfile.TemporaryDirectory() as target:
    with tarfile.open(sys.argv[1], "r:gz") as tar:
        for member in tar.getmembers():
            name = os.path.normpath(member.name)
            if name.startswith(("/", "..")) or os.sep in name:
                sys.exit(f"unsafe member {member.name}")
        tar.extractall(target, filter="data") if hasattr(tarfile, "data_filter") else tar.extractall(target)
    with open(os.path.join(target, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    for section, keys in {
        "backup_metadata": "instance_id instance_name hostname backup_type timestamp_utc triggered_by backup_version",
        "system_info": "server_version python_version platform",
        "config_info": "config_source config_hash has_overrides",
    }.items():
        for key in keys.split():
            if key not in manifest[section]:
                sys.exit(f"no {section}.{key}")
    if manifest["backup_metadata"]["backup_version"] != "1.0" or manifest["encrypted"] is not False:
        sys.exit("unexpected version or encryption")
    listed = {entry["file"]: entry for entry in manifest["contents"]}
    found = set(os.listdir(target)) - {"manifest.json"}
    if found != set(listed):
        sys.exit(f"found {sorted(found)}, listed {sorted(listed)}")
    for name, entry in listed.items():
        path = os.path.join(target, name)
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        if digest != entry["checksum_sha256"] or os.path.getsize(path) != entry["size_bytes"]:
            sys.exit(f"{name} is not what the manifest says")
        if entry["type"] == "database":
            database = sqlite3.connect(path)
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            records = sum(database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables)
            database.close()
            if verdict != "ok" or records != entry["records"]:
                sys.exit(f"{name}: {verdict}, {records} records instead of {entry['records']}")
    if sum(entry["size_bytes"] for entry in listed.values()) != manifest["total_size_bytes"]:
        sys.exit("total_size_bytes is wrong")
    print("good", " ".join(sorted(listed)))
