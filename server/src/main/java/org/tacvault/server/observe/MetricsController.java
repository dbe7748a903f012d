package org.tacvault.server.observe;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Metrics in the text formats of Prometheus; open, as the Python server's are. */
@RestController
class MetricsController {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  MetricsController(BackupMetrics backups) {
    registry.register(backups);
    JvmMetrics.builder().register(registry);
  }

  /** The values of now. Asks the catalog, never a destination. */
  @GetMapping("/metrics")
  @ApiResponse(
      responseCode = "200",
      description = "Metrics",
      content = @Content(mediaType = "text/plain"))
  ResponseEntity<byte[]> metrics(
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept)
      throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, registry.scrape());
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, writer.getContentType())
        .body(text.toByteArray());
  }
}
