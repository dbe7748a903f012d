package org.tacvault.server.api;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the service answers at all; asked by load balancers and supervisors, without login. */
@RestController
class HealthController {
  record Health(String status) {}

  @GetMapping({"/health", "/api/health", "/api/status"})
  Health health() {
    return new Health("ok");
  }
}
