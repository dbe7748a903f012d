"""What SqlConsole does, through Python's sqlite3: sql_console.py DATABASE"""
import sqlite3
import sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for line in sys.stdin:
    try:
        for row in connection.execute(line):
            print(row[0])
    except sqlite3.Error as failure:
        print("error", failure)
    print("--done", flush=True)
