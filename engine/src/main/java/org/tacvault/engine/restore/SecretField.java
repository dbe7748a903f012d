package org.tacvault.engine.restore;

import java.util.List;
import org.tacvault.engine.restore.Revocation.What;

/** Where a secret of a device is: a column, or a key in JSON metadata. */
record SecretField(String key, What changed) {
  static final List<SecretField> ALL =
      List.of(
          new SecretField("tacacs_secret", What.TACACS_SECRET_CHANGED),
          new SecretField("radius_secret", What.RADIUS_SECRET_CHANGED));
}
