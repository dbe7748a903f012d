package org.tacvault.server.api;

/** Where the API lives. */
public final class ApiPaths {
  /** All operations on backups. */
  public static final String BACKUP = "/api/admin/backup";

  private ApiPaths() {}
}
