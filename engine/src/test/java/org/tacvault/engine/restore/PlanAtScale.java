package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process of its own, so that its heap can be bounded: plans and prints how long it took. */
final class PlanAtScale {
  private PlanAtScale() {}

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    RestorePlan plan = PlanScene.at(Path.of(arguments[0])).plan();
    long text = RestorePlanText.of(plan).length() + RestorePlanJson.text(plan).length();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    RestorePlan.Named devices = PlanScene.named(plan, NamedKind.DEVICE);
    long lost = PlanScene.member(plan, "tacacs_accounting.db").history().get(0).newer();
    System.out.println("millis " + millis);
    System.out.println(
        "found %d appear, %d change, %d lost, %d withdrawn, warnings %d, text %b"
            .formatted(
                devices.appear().total(),
                devices.change().total(),
                lost,
                PlanScene.member(plan, "devices.db").withdrawn().comesBack().total(),
                plan.warnings().size(),
                text > 1000));
  }
}
