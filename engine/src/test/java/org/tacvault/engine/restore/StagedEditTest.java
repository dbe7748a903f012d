package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.Members;

class StagedEditTest {
  @TempDir Path root;

  @Test
  @Timeout(60)
  void keepsTheSecretsOfTenThousandDevicesInSeconds() throws Exception {
    PlanScene scene = PlanScene.create(root, new SampleSize(40, 10_000, 100, 48, 40));
    scene.change(
        Members.DEVICES,
        "UPDATE devices SET metadata=json_set(metadata,'$.tacacs_secret','new')",
        "UPDATE devices SET radius_secret='new' WHERE id%2=0");
    Path original = scene.copies().resolve(Members.DEVICES);
    Path staged = root.resolve("staged.db");
    long start = System.nanoTime();
    StagedEdit edit = new StagedEdit(Members.DEVICES, scene.database(Members.DEVICES), original);
    assertThat(edit.apply(staged)).isEmpty();
    System.out.println("edited in " + Duration.ofNanos(System.nanoTime() - start).toMillis());
    assertThat(edit.kept().total()).isEqualTo(15_000);
    assertThat(edit.kept().first()).hasSize(CappedList.MOST);
    // Edited once, there is nothing left to keep: the plan of the edited copy says so.
    Files.move(staged, original, StandardCopyOption.REPLACE_EXISTING);
    RestorePlan.Member devices = PlanScene.member(scene.plan(), Members.DEVICES);
    assertThat(devices.withdrawn().comesBack().isEmpty()).isTrue();
    assertThat(devices.named()).isEmpty();
  }

  @Test
  void copiesByteForByteWhenNothingWasWithdrawn() throws Exception {
    PlanScene scene = PlanScene.create(root, SampleSize.SMALL);
    scene.change(Members.USERS, "INSERT INTO local_users(username) VALUES('new')");
    Path original = scene.copies().resolve(Members.USERS);
    Path staged = root.resolve("staged.db");
    StagedEdit edit = new StagedEdit(Members.USERS, scene.database(Members.USERS), original);
    assertThat(edit.apply(staged)).isEmpty();
    assertThat(edit.kept().isEmpty()).isTrue();
    assertThat(staged).hasSameBinaryContentAs(original);
  }
}
