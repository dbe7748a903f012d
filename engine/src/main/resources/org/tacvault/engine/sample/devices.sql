-- devices.db: realms, proxies, device groups and devices of the Python server.
CREATE TABLE realms (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE device_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  realm_id INTEGER REFERENCES realms(id) ON DELETE SET NULL,
  proxy_network TEXT,
  proxy_id INTEGER REFERENCES proxies(id) ON DELETE SET NULL,
  tacacs_profile TEXT,
  radius_profile TEXT,
  metadata TEXT,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE devices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  network TEXT NOT NULL,
  network_start_int INTEGER,
  network_end_int INTEGER,
  tacacs_secret TEXT,
  radius_secret TEXT,
  metadata TEXT,
  group_id INTEGER REFERENCES device_groups(id) ON DELETE SET NULL,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP,
  UNIQUE(name, network)
);
CREATE TABLE proxies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  network TEXT NOT NULL,
  metadata TEXT,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE schema_migrations (
  name TEXT PRIMARY KEY,
  applied_at TEXT DEFAULT CURRENT_TIMESTAMP,
  info TEXT
);
CREATE INDEX idx_devices_group ON devices(group_id);
CREATE INDEX idx_devices_net_range_int ON devices(network_start_int, network_end_int);
CREATE UNIQUE INDEX idx_groups_name ON device_groups(name);
CREATE INDEX idx_groups_proxy_id ON device_groups(proxy_id);
CREATE UNIQUE INDEX idx_proxies_network ON proxies(network);
