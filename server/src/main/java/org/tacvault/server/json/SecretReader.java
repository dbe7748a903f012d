package org.tacvault.server.json;

import org.tacvault.engine.secret.Secret;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** A text that is never shown again. */
final class SecretReader extends StdScalarDeserializer<Secret> {
  SecretReader() {
    super(Secret.class);
  }

  @Override
  public Secret deserialize(JsonParser json, DeserializationContext context) {
    return json.currentToken() == JsonToken.VALUE_STRING
        ? Secret.of(json.getString())
        : (Secret) context.handleUnexpectedToken(Secret.class, json);
  }
}
