package org.tacvault.server.api.destination;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.retention.RetentionRun;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.run.StartedRun;
import org.tacvault.server.security.Caller;

/** How long archives stay at a destination. */
@RestController
@Tag(name = "Retention")
@RequestMapping(ApiPaths.BACKUP + "/destinations/{id}")
class RetentionController {
  private static final String STRATEGY = "strategy";

  private final RetentionRules rules;

  RetentionController(RetentionRules rules) {
    this.rules = rules;
  }

  /** The stored rule: the strategy and the numbers that were sent. */
  record Stored(boolean success, Map<String, Object> retentionPolicy) {}

  /** The execution that applies a rule. */
  record Applying(boolean success, String message, String executionId) {}

  @GetMapping("/retention")
  @Operation(
      operationId = "getRetention",
      summary = "Say what the rule is and what it would delete now")
  RetentionRules.Plan plan(@PathVariable String id) {
    return rules.plan(id);
  }

  /** Replaces the rule whole. */
  @PutMapping("/retention")
  @Operation(operationId = "setRetention", summary = "Replace the retention rule")
  Stored set(@PathVariable String id, @RequestBody @Valid DestinationRequests.Rule rule) {
    Map<String, Object> numbers = rules.set(id, rule);
    Map<String, Object> stored = new LinkedHashMap<>(Map.of(STRATEGY, rule.strategy()));
    stored.putAll(numbers);
    return new Stored(true, stored);
  }

  /** Deletes, in the background, what the rule gives up. */
  @PostMapping("/apply-retention")
  @Operation(operationId = "applyRetention", summary = "Apply the retention rule in the background")
  Applying apply(@PathVariable String id, Principal principal) {
    String by = Caller.of(principal).triggeredBy();
    StartedRun<RetentionRun> run = rules.apply(id, by);
    return new Applying(
        true, "Retention policy enforcement started in background", run.executionId());
  }
}
