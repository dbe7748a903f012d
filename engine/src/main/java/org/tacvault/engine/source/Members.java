package org.tacvault.engine.source;

import java.util.List;
import java.util.Set;

/** The names of files in an archive. */
public final class Members {
  public static final String TACACS_CONF = "tacacs.conf";
  public static final String OVERRIDES = "config_overrides.db";
  public static final String DEVICES = "devices.db";
  public static final String USERS = "local_auth.db";
  public static final String ACCOUNTING = "tacacs_accounting.db";
  public static final String METRICS = "metrics_history.db";
  public static final String AUDIT = "audit_trail.db";

  /** The merged configuration; written for readers, never restored. */
  public static final String CONFIG_EXPORT = "config_export.json";

  /** The list of what is in the archive. */
  public static final String MANIFEST = "manifest.json";

  /** The databases, in the order of the Python server's archives. */
  public static final List<String> DATABASES =
      List.of(DEVICES, USERS, ACCOUNTING, METRICS, AUDIT, OVERRIDES);

  /** Every name that an archive may hold. */
  public static final Set<String> ALL =
      Set.of(
          TACACS_CONF,
          OVERRIDES,
          DEVICES,
          USERS,
          ACCOUNTING,
          METRICS,
          AUDIT,
          CONFIG_EXPORT,
          MANIFEST);

  private Members() {}
}
