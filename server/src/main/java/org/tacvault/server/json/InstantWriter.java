package org.tacvault.server.json;

import java.time.Instant;
import org.tacvault.engine.catalog.Timestamps;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Times in UTC with microseconds and {@code +00:00}, never {@code Z}. */
final class InstantWriter extends StdSerializer<Instant> {
  InstantWriter() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
    json.writeString(Timestamps.format(time));
  }
}
