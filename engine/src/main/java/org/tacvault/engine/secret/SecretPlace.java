package org.tacvault.engine.secret;

import java.nio.charset.StandardCharsets;

/**
 * Where a sealed secret belongs. It opens nowhere else, so that nobody who can write to the catalog
 * can have one destination send another one's password to a server of his own.
 *
 * @param owner id of the destination
 * @param field key of its configuration
 */
public record SecretPlace(String owner, String field) {
  /** Different for every two places; the length keeps owner and field apart. */
  byte[] bytes() {
    return (owner.length() + ":" + owner + field).getBytes(StandardCharsets.UTF_8);
  }
}
