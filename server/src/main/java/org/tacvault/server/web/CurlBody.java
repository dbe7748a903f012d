package org.tacvault.server.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of requests that pages show as commands. */
final class CurlBody {
  private CurlBody() {}

  /** Of a restore, without keys: they do not belong into a shell's history. */
  static String of(String path, String destination, @Nullable List<String> components) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("backup_path", path);
    body.put("destination_id", destination);
    if (components != null && !components.isEmpty()) {
      body.put("components", components);
    }
    body.put("confirm", true);
    return JsonMapper.shared().writeValueAsString(body);
  }
}
