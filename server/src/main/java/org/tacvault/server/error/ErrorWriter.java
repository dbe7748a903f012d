package org.tacvault.server.error;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a failure where no controller is involved: in filters. */
@Component
public final class ErrorWriter {
  private final JsonMapper json;

  ErrorWriter(JsonMapper json) {
    this.json = json;
  }

  /** Answers with {@code status} and an {@link ErrorBody} of {@code detail}. */
  public void write(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    byte[] body =
        json.writeValueAsString(ErrorBody.of(status, detail)).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
