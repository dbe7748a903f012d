package org.tacvault.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.PassphraseSource;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretFile;
import org.tacvault.server.LogFormat;
import org.tacvault.server.ServerOptions;
import org.tacvault.server.TlsFiles;
import picocli.CommandLine.Option;

/** Where the service listens, and how it speaks. */
final class ServeOptions {
  private static final String LOG_FORMAT = "TACVAULT_LOG_FORMAT";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = ServerOptions.DEFAULT_HOST,
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + ServerOptions.DEFAULT_PORT,
      description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Speak HTTPS with this certificate and those that follow it (PEM).")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of the certificate (PEM); both are read again when they change.")
  private @Nullable Path key;

  @Option(
      names = "--tls-key-password-file",
      paramLabel = "FILE",
      description = "File whose first line opens the private key, if that is encrypted.")
  private @Nullable Path keyPasswordFile;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "ADDRESS",
      description =
          "IP address of a reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed;"
              + " may be repeated.")
  private List<String> trustedProxies = new ArrayList<>();

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description =
          "Log on standard error: plain, or json with one object a line (default:"
              + " $TACVAULT_LOG_FORMAT, else plain).")
  private @Nullable String logFormat;

  /** What they mean together. */
  ServerOptions of(CommandContext context) {
    ServerOptions options =
        new ServerOptions(context.home(), context.engineEnvironment(), host, port)
            .withTrustedProxies(trustedProxies)
            .withLogFormat(logFormat(context));
    return tls(context).map(options::withTls).orElse(options);
  }

  private Optional<TlsFiles> tls(CommandContext context) {
    if (certificate == null && key == null && keyPasswordFile == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw wrong(
          certificate == null ? "--tls-certificate" : "--tls-key",
          "is missing",
          "--tls-certificate and --tls-key belong together");
    }
    Path secret = context.path(key);
    SecretFile.exposure("read TLS key", secret).ifPresent(context.console()::warn);
    return Optional.of(new TlsFiles(context.path(certificate), secret, keyPassword(context)));
  }

  private Optional<Secret> keyPassword(CommandContext context) {
    return Optional.ofNullable(keyPasswordFile).map(context::path).map(PassphraseSource::fromFile);
  }

  private LogFormat logFormat(CommandContext context) {
    String wanted =
        Optional.ofNullable(logFormat)
            .or(() -> Optional.ofNullable(context.environment().get(LOG_FORMAT)))
            .filter(text -> !text.isEmpty())
            .orElse("plain");
    return switch (wanted) {
      case "plain" -> LogFormat.PLAIN;
      case "json" -> LogFormat.JSON;
      default -> throw wrong("--log-format " + wanted, "is not known", "plain or json");
    };
  }

  private static EngineException wrong(String option, String reason, String hint) {
    return new EngineException(
            ErrorKind.INVALID_INPUT, "read arguments of", "serve", option + " " + reason)
        .withHint(hint);
  }
}
