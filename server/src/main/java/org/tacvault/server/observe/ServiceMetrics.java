package org.tacvault.server.observe;

import org.tacvault.engine.Version;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.server.audit.AuditTrail;

/** What is not about one destination. */
final class ServiceMetrics {
  private ServiceMetrics() {}

  static Metric build() {
    Metric build = Metric.gauge("build_info", "The version of this program, as a label.");
    build.add(1, "version", Version.current(), "java", Runtime.version().toString());
    return build;
  }

  static Metric audit(AuditTrail audit) {
    Metric failures =
        Metric.counter("audit_failures", "Events that could not be written into the audit log.");
    failures.add(audit.failures());
    return failures;
  }

  /** By kind and status; as they stand in the catalog, so they outlive a restart. */
  static Metric runs(Catalog catalog) {
    Metric runs = Metric.counter("runs", "Runs that have ended.");
    count(catalog, runs, ExecutionStatus.COMPLETED);
    count(catalog, runs, ExecutionStatus.FAILED);
    count(catalog, runs, ExecutionStatus.CANCELLED);
    return runs;
  }

  /** By kind, of all processes that work on this home. */
  static Metric running(Catalog catalog) {
    Metric running = Metric.gauge("running", "Runs that go on now.");
    for (ExecutionKind kind : ExecutionKind.values()) {
      running.add(count(catalog, kind, ExecutionStatus.RUNNING), "kind", kind.id());
    }
    return running;
  }

  private static void count(Catalog catalog, Metric runs, ExecutionStatus status) {
    for (ExecutionKind kind : ExecutionKind.values()) {
      runs.add(count(catalog, kind, status), "kind", kind.id(), "status", status.id());
    }
  }

  private static long count(Catalog catalog, ExecutionKind kind, ExecutionStatus status) {
    return catalog.count(ExecutionFilter.newest().withKind(kind).withStatus(status));
  }
}
