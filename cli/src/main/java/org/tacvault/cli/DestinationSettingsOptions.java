package org.tacvault.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.config.SecretKeys;
import org.tacvault.engine.destination.SecretFields;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretFile;
import org.tacvault.engine.secret.SecretReference;
import picocli.CommandLine.Option;

/**
 * The settings of a destination as they are typed. Every user of the machine sees the arguments of
 * a process, so no secret may stand in them.
 */
final class DestinationSettingsOptions {
  private static final String OPERATION = "read destination settings";
  private static final String FROM_FILE = "file:";

  @Option(
      names = "--path",
      paramLabel = "DIR",
      description = "The directory for the archives (key base_path).")
  private @Nullable Path path;

  @Option(
      names = "--allowed-root",
      paramLabel = "DIR",
      description = "Refuse to use the directory when it leads out of this one.")
  private @Nullable Path allowedRoot;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Another setting; may be repeated. true, false and whole numbers are taken as such."
              + " env:NAME stands for the value of a variable, file:PATH for the content of a file:"
              + " for a secret this is kept and looked up at each use, for others read now.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--secret",
      paramLabel = "KEY=SOURCE",
      description =
          "A secret that is read now, from env:NAME or file:PATH or, with prompt, from the"
              + " keyboard, and kept encrypted; may be repeated.")
  private Map<String, String> secrets = new LinkedHashMap<>();

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description = "JSON object with settings, secrets too; --set and the others win over it.")
  private @Nullable Path configFile;

  /** The settings of a destination of {@code type}, unchecked. */
  Map<String, Object> read(CommandContext context, String type) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (configFile != null) {
      Path file = context.path(configFile);
      SecretFile.exposure(OPERATION, file).ifPresent(context.console()::warn);
      settings.putAll(SettingsFile.read(file));
    }
    set.forEach((key, text) -> settings.put(key, value(context, type, key, text)));
    secrets.forEach((key, source) -> settings.put(key, secret(context, key, source)));
    boolean local = type.strip().toLowerCase(Locale.ROOT).equals("local");
    put(context, settings, "base_path", path, local);
    put(context, settings, "allowed_root", allowedRoot, local);
    return settings;
  }

  // A local path starts where the user stands, one of a remote store does not.
  private void put(
      CommandContext context,
      Map<String, Object> settings,
      String key,
      @Nullable Path given,
      boolean local) {
    if (given != null) {
      settings.put(key, (local ? context.path(given) : given).toString());
    }
  }

  private static Object value(CommandContext context, String type, String key, String text) {
    if (SecretReference.isReference(text)) {
      String source = absolute(context, text);
      return SecretFields.known().isSecret(type, key)
          ? new SecretReference(source).text()
          : new String(lookUp(context, "--set " + key, source).reveal());
    }
    // Also a URL with a password in it, and a private key under a harmless name.
    if (!SecretKeys.masked("destination", key, text).equals(text)) {
      throw invalid("--set " + key, "a secret must not stand in the arguments: others can see them")
          .withHint(
              "use --set %1$s=env:NAME or --set %1$s=file:PATH to refer to it, --secret %1$s=prompt"
                      .formatted(key)
                  + " to type it, or --config-file FILE");
    }
    return typed(text);
  }

  private static Secret secret(CommandContext context, String key, String source) {
    if (source.equals("prompt")) {
      return context.prompts().newPassphrase(key);
    }
    if (!SecretReference.isReference(source)) {
      throw invalid(
              "--secret " + key, "a secret must not stand in the arguments: others can see them")
          .withHint("say where it is: --secret %1$s=env:NAME, file:PATH or prompt".formatted(key));
    }
    return lookUp(context, "--secret " + key, absolute(context, source));
  }

  private static Secret lookUp(CommandContext context, String option, String source) {
    try {
      return new SecretReference(source).resolve(context.environment());
    } catch (EngineException e) {
      throw invalid(option, e.subject() + ": " + e.reason())
          .withHint(e.hint().orElse("use env:NAME or file:PATH"));
    }
  }

  /** A file is named from where the user stands; others who read it may see it too. */
  private static String absolute(CommandContext context, String source) {
    if (!source.startsWith(FROM_FILE)) {
      return source;
    }
    Path file = context.path(Path.of(source.substring(FROM_FILE.length())));
    if (Files.exists(file)) {
      SecretFile.exposure(OPERATION, file).ifPresent(context.console()::warn);
    }
    return FROM_FILE + file;
  }

  private static Object typed(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.matches("0|-?[1-9][0-9]{0,8}") ? (Object) Integer.valueOf(text) : text;
  }

  private static EngineException invalid(Object subject, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, OPERATION, subject, reason);
  }
}
