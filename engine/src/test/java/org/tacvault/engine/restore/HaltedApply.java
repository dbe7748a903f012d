package org.tacvault.engine.restore;

import java.nio.file.Path;

/** A process that applies a scene and dies, without any clean-up, when the n-th step is reached. */
final class HaltedApply {
  private HaltedApply() {}

  public static void main(String[] arguments) {
    RestoreScene scene = RestoreScene.at(Path.of(arguments[0]));
    int fatalStep = Integer.parseInt(arguments[1]);
    RestoreListener halt =
        new RestoreListener() {
          private int steps;

          @Override
          public void step(RestoreStep step, String subject) {
            if (steps++ == fatalStep) {
              Runtime.getRuntime().halt(9);
            }
          }
        };
    new Applier(scene.journal(), halt)
        .apply("execution-1", RestoreScene.NOW, scene.changes(), scene.staged(), () -> {});
  }
}
