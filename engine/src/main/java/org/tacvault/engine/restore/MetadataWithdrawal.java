package org.tacvault.engine.restore;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.restore.Revocation.What;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was withdrawn since the backup in the JSON metadata of a group or a device: a privilege, a
 * user group that is let in, a secret in whatever object.
 */
final class MetadataWithdrawal {
  private static final String PRIVILEGE = "privilege_level";
  private static final String ALLOWED = "allowed_user_groups";

  private final Set<What> what = EnumSet.noneOf(What.class);

  private MetadataWithdrawal() {}

  /**
   * What was withdrawn, and the metadata of the backup without it.
   *
   * @param text none when nothing was withdrawn, or when one side cannot be read
   */
  record Result(Set<What> what, Optional<String> text) {
    private static final Result NOTHING = new Result(Set.of(), Optional.empty());
  }

  /** Compares the metadata that are live with those of the backup. */
  static Result of(NamedKind kind, @Nullable String live, @Nullable String backup) {
    if (Objects.equals(live, backup)) {
      return Result.NOTHING;
    }
    Optional<ObjectNode> now = Metadata.object(live);
    Optional<ObjectNode> then = Metadata.object(backup);
    if (now.isPresent() && then.isPresent()) {
      return new MetadataWithdrawal().compare(kind, now.get(), then.get());
    }
    // What cannot be read has neither rights nor secrets for the server; the other side may.
    ObjectNode readable = now.or(() -> then).orElse(null);
    return readable != null && watches(kind, readable)
        ? new Result(Set.of(What.METADATA_UNREADABLE), Optional.empty())
        : Result.NOTHING;
  }

  private static boolean watches(NamedKind kind, ObjectNode object) {
    return switch (kind) {
      case USER_GROUP -> object.has(PRIVILEGE);
      case DEVICE_GROUP -> object.has(ALLOWED) || hasSecrets(object);
      default -> hasSecrets(object);
    };
  }

  private static boolean hasSecrets(ObjectNode object) {
    return SecretField.ALL.stream().anyMatch(secret -> object.has(secret.key()))
        || object.valueStream().anyMatch(it -> it instanceof ObjectNode inner && hasSecrets(inner));
  }

  private Result compare(NamedKind kind, ObjectNode now, ObjectNode then) {
    if (kind == NamedKind.USER_GROUP) {
      privilege(now, then);
    } else {
      secrets(now, then);
    }
    if (kind == NamedKind.DEVICE_GROUP) {
      allowed(now, then);
    }
    return what.isEmpty() ? Result.NOTHING : new Result(what, Optional.of(Metadata.text(then)));
  }

  private void privilege(ObjectNode now, ObjectNode then) {
    if (RowWithdrawal.isLess(scalar(now.get(PRIVILEGE)), scalar(then.get(PRIVILEGE)))) {
      stays(What.PRIVILEGE_REDUCED, now, then, PRIVILEGE);
    }
  }

  /** In all objects that the backup holds, however deep. */
  private void secrets(ObjectNode now, ObjectNode then) {
    for (SecretField secret : SecretField.ALL) {
      String key = secret.key();
      if (!Objects.equals(scalar(now.get(key)), scalar(then.get(key)))) {
        stays(secret.changed(), now, then, key);
      }
    }
    for (String key : then.propertyNames()) {
      if (then.get(key) instanceof ObjectNode inner) {
        secrets(now.get(key) instanceof ObjectNode there ? there : inner.objectNode(), inner);
      }
    }
  }

  // What a missing or an empty list means is not known, so neither of them counts.
  private void allowed(ObjectNode now, ObjectNode then) {
    JsonNode left = now.path(ALLOWED);
    JsonNode right = then.path(ALLOWED);
    boolean areLists = left.isArray() && right.isArray() && !left.isEmpty();
    if (areLists && !Metadata.members(left).containsAll(Metadata.members(right))) {
      stays(What.ACCESS_WITHDRAWN, now, then, ALLOWED);
    }
  }

  private void stays(What found, ObjectNode now, ObjectNode then, String key) {
    JsonNode value = now.get(key);
    what.add(found);
    if (value == null) {
      then.remove(key);
    } else {
      then.set(key, value);
    }
  }

  /** Nothing and an empty text are the same. */
  private static @Nullable String scalar(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isString() && node.stringValue().isEmpty()) {
      return null;
    }
    return node.isString() ? node.stringValue() : node.toString();
  }
}
