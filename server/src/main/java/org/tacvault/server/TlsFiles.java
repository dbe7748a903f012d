package org.tacvault.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.ssl.pem.PemContent;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.secret.Secret;

/**
 * The files with which the service speaks TLS, both PEM; read again when they change.
 *
 * @param certificate its own certificate, then those that lead to a known authority
 * @param key PKCS#8 (encrypted ones by AES), or RSA or EC in their older forms, not encrypted
 * @param keyPassword empty when the key is not encrypted
 */
public record TlsFiles(Path certificate, Path key, Optional<Secret> keyPassword) {
  private static final String OPERATION = "read TLS";
  private static final String BUNDLE = "spring.ssl.bundle.pem.tacvault.";

  /**
   * Reads both.
   *
   * @throws EngineException that names the file and what is wrong with it
   */
  void check() {
    X509Certificate own = certificates().get(0);
    PrivateKey secret = privateKey();
    if (!belongTogether(own.getPublicKey(), secret)) {
      throw invalid(key, "the key is not that of the certificate " + certificate)
          .withHint("name the key that the certificate was made for");
    }
    try {
      own.checkValidity();
    } catch (CertificateExpiredException e) {
      throw invalid(certificate, "the certificate has expired on " + own.getNotAfter().toInstant())
          .withHint("renew it");
    } catch (CertificateNotYetValidException e) {
      throw invalid(
              certificate,
              "the certificate is valid from " + own.getNotBefore().toInstant() + " on")
          .withHint("see whether the clock of this machine is right");
    }
  }

  /** In the words of Spring Boot. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--" + BUNDLE + "keystore.certificate=" + certificate.toUri());
    arguments.add("--" + BUNDLE + "keystore.private-key=" + key.toUri());
    keyPassword.ifPresent(
        password ->
            arguments.add(
                "--" + BUNDLE + "keystore.private-key-password=" + new String(password.reveal())));
    arguments.add("--" + BUNDLE + "reload-on-update=true");
    arguments.add("--server.ssl.bundle=tacvault");
    arguments.add("--server.ssl.enabled-protocols=TLSv1.3,TLSv1.2");
    return arguments;
  }

  private List<X509Certificate> certificates() {
    try {
      return content(certificate).getCertificates();
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw invalid(certificate, "it holds no PEM certificate")
          .withCause(e)
          .withHint("it begins with -----BEGIN CERTIFICATE-----");
    }
  }

  private PrivateKey privateKey() {
    try {
      PrivateKey found =
          content(key)
              .getPrivateKey(keyPassword.map(secret -> new String(secret.reveal())).orElse(null));
      if (found != null) {
        return found;
      }
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw unreadableKey().withCause(e);
    }
    throw unreadableKey();
  }

  private EngineException unreadableKey() {
    return keyPassword.isPresent()
        ? invalid(key, "it holds no PEM private key that the password opens")
            .withHint(
                "see whether the password is right, and that the key is encrypted by AES: openssl"
                    + " pkcs8 -topk8 -v2 aes-256-cbc")
        : invalid(key, "it holds no PEM private key that opens without a password")
            .withHint("an encrypted key needs --tls-key-password-file");
  }

  private static PemContent content(Path file) {
    try {
      return PemContent.load(file);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, file, e);
    }
  }

  private static boolean belongTogether(PublicKey open, PrivateKey secret) {
    try {
      byte[] text = OPERATION.getBytes(StandardCharsets.US_ASCII);
      Signature signature = Signature.getInstance(algorithm(secret));
      signature.initSign(secret);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // Of another kind, such as RSA and EC.
      return false;
    }
  }

  private static String algorithm(PrivateKey secret) {
    return switch (secret.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> secret.getAlgorithm();
    };
  }

  private static EngineException invalid(Path file, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, OPERATION, file, reason);
  }
}
