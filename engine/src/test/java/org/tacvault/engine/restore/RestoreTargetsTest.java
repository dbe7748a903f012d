package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.backup.ServerContexts;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;

class RestoreTargetsTest {
  @TempDir Path root;
  private Home home;

  @BeforeEach
  void createHome() throws IOException {
    home = Home.at(root.resolve("home"));
    Files.createDirectories(home.configFile().getParent());
  }

  @Test
  void placesInTheHomeAreFree() {
    assertThatCode(() -> check(Optional.empty(), false, home.data().resolve("users.db")))
        .doesNotThrowAnyException();
  }

  @Test
  void placesOutsideOfTheHomeNeedForce() {
    Path outside = root.resolve("elsewhere/users.db");
    assertRefused(ErrorKind.REFUSED, Optional.empty(), false, outside);
    assertThatCode(() -> check(Optional.empty(), true, outside)).doesNotThrowAnyException();
  }

  @Test
  void aPathThatOnlyBeginsLikeTheHomeIsOutside() {
    assertRefused(ErrorKind.REFUSED, Optional.empty(), false, root.resolve("home2/users.db"));
    assertRefused(
        ErrorKind.REFUSED, Optional.empty(), false, home.data().resolve("../../users.db"));
  }

  @Test
  void placesThatTheLiveConfigurationNamesNeedNoForce() throws IOException {
    Path outside = root.resolve("mounted/users.db");
    Files.writeString(home.configFile(), "[auth]\nlocal_auth_db = " + outside + "\n");
    ServerContext live =
        new ServerContexts(home, Environment.of(Map.of()), () -> "instance_00000000").live();
    assertThatCode(() -> check(Optional.of(live), false, outside)).doesNotThrowAnyException();
    assertRefused(ErrorKind.REFUSED, Optional.of(live), false, root.resolve("mounted/other.db"));
  }

  @Test
  void fileThatTheLiveServerDoesNotUseIsNotOverwrittenWithoutForce() throws IOException {
    Files.createDirectories(home.configFile().getParent());
    Files.writeString(home.configFile(), "[auth]\nlocal_auth_db = data/users.db\n");
    ServerContext live =
        new ServerContexts(home, Environment.of(Map.of()), () -> "instance_00000000").live();
    Path precious = home.root().resolve("precious.db");
    Files.writeString(precious, "somebody's");
    assertRefused(ErrorKind.REFUSED, Optional.of(live), false, precious);
    assertThatCode(() -> check(Optional.of(live), true, precious)).doesNotThrowAnyException();
  }

  @Test
  void ourOwnFilesAreNeverOverwrittenEvenWithForce() {
    Stream.of(
            home.catalogDatabase(),
            home.jobsDatabase(),
            home.restoreJournal(),
            home.locks(),
            home.locks().resolve("restore.lock"),
            home.defaultBackups().resolve("fra1/manual/backup.tar.gz"),
            home.data(),
            home.root())
        .forEach(own -> assertRefused(ErrorKind.INVALID_CONFIG, Optional.empty(), true, own));
  }

  @Test
  void twoMembersCannotShareAPlace() {
    Path shared = home.data().resolve("one.db");
    assertRefused(ErrorKind.INVALID_CONFIG, Optional.empty(), true, shared, shared);
  }

  private void assertRefused(
      ErrorKind kind, Optional<ServerContext> live, boolean force, Path... places) {
    assertThatThrownBy(() -> check(live, force, places))
        .isInstanceOfSatisfying(
            EngineException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(kind);
              assertThat(refused.hint()).isPresent();
            });
  }

  private void check(Optional<ServerContext> live, boolean force, Path... places) {
    List<Source> sources =
        Stream.of(places)
            .<Source>map(
                place -> new SqliteSource(Component.USERS, place.getFileName().toString(), place))
            .toList();
    RestoreTargets.check(home, sources, live, force);
  }
}
