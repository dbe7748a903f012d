-- local_auth.db: users and their groups of the Python server.
CREATE TABLE local_users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL UNIQUE,
  password TEXT,
  password_hash TEXT,
  privilege_level INTEGER NOT NULL DEFAULT 1,
  service TEXT NOT NULL DEFAULT 'exec',
  groups TEXT NOT NULL DEFAULT '["users"]',
  enabled INTEGER NOT NULL DEFAULT 1,
  description TEXT,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE local_user_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  metadata TEXT,
  ldap_group TEXT,
  okta_group TEXT,
  radius_group TEXT,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP
);
