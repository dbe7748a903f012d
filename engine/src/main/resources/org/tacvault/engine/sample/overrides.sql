-- config_overrides.db: changes made at run time, their history, and who this instance is.
CREATE TABLE config_overrides (
  id INTEGER NOT NULL,
  section VARCHAR(255) NOT NULL,
  "key" VARCHAR(255) NOT NULL,
  value TEXT NOT NULL,
  value_type VARCHAR(50),
  created_at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL,
  created_by VARCHAR(255) NOT NULL,
  active BOOLEAN DEFAULT '1' NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE config_history (
  id INTEGER NOT NULL,
  section VARCHAR(255) NOT NULL,
  "key" VARCHAR(255) NOT NULL,
  old_value TEXT,
  new_value TEXT,
  value_type VARCHAR(50),
  changed_at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL,
  changed_by VARCHAR(255) NOT NULL,
  change_reason TEXT,
  source_ip VARCHAR(45),
  config_hash VARCHAR(64) NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE config_versions (
  id INTEGER NOT NULL,
  version_number INTEGER NOT NULL,
  config_json TEXT NOT NULL,
  config_hash VARCHAR(64) NOT NULL,
  created_at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL,
  created_by VARCHAR(255) NOT NULL,
  description TEXT,
  is_baseline BOOLEAN DEFAULT '0' NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (version_number)
);
CREATE TABLE system_metadata (
  "key" VARCHAR(255) NOT NULL,
  value TEXT NOT NULL,
  updated_at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL,
  PRIMARY KEY ("key")
);
CREATE INDEX ix_config_history_changed_at ON config_history (changed_at);
CREATE UNIQUE INDEX ux_config_overrides_active ON config_overrides (section, key) WHERE active = 1;
