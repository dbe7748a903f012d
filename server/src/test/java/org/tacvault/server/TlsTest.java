package org.tacvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.secret.Secret;

class TlsTest {
  private static final List<String> RSA = List.of("-newkey", "rsa:2048", "-noenc");
  private static final List<String> EC =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc");
  private static final Map<String, String> ACCESS =
      Map.of("ADMIN_PASSWORD_HASH", TestService.HASH, "API_TOKEN", TestService.TOKEN);

  @TempDir Path directory;
  private Path home;

  @BeforeEach
  void createHome() throws Exception {
    home = Files.createDirectory(directory.resolve("home"));
  }

  @Test
  void theServiceSpeaksHttpsAndItsCookieIsSecure() throws Exception {
    TlsFiles files = TestCertificate.make(directory, "ec", EC);
    try (TestService service = start(files)) {
      assertThat(service.server().url().getScheme()).isEqualTo("https");
      HttpResponse<String> login =
          client(files, "TLSv1.3")
              .send(
                  service
                      .request("/admin/login")
                      .header("Content-Type", "application/json")
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"username\":\"admin\",\"password\":\"%s\"}"
                                  .formatted(TestService.PASSWORD)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(login.statusCode()).isEqualTo(200);
      assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure;");
      assertThat(login.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThat(health(files, service, "TLSv1.2")).isEqualTo(200);
      assertThatThrownBy(() -> health(files, service, "TLSv1.1")).isInstanceOf(Exception.class);
    }
  }

  @Test
  void anEncryptedKeyOpensWithItsPassword() throws Exception {
    TlsFiles files =
        TestCertificate.lock(TestCertificate.make(directory, "locked", RSA), "open sesame");
    TlsFiles opened =
        new TlsFiles(files.certificate(), files.key(), Optional.of(Secret.of("open sesame")));
    try (TestService service = start(opened)) {
      assertThat(health(files, service, "TLSv1.3")).isEqualTo(200);
    }
    assertThatThrownBy(() -> start(files))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(".locked: it holds no PEM private key that opens without");
    TlsFiles wrong =
        new TlsFiles(files.certificate(), files.key(), Optional.of(Secret.of("wrong")));
    assertThatThrownBy(() -> start(wrong))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("that the password opens");
  }

  @Test
  void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
    TlsFiles files = TestCertificate.make(directory, "served", RSA);
    TlsFiles renewed = TestCertificate.make(directory, "renewed", RSA);
    try (TestService service = start(files)) {
      assertThat(health(files, service, "TLSv1.3")).isEqualTo(200);
      Files.move(renewed.key(), files.key(), StandardCopyOption.ATOMIC_MOVE);
      Files.copy(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> health(renewed, service, "TLSv1.3") == 200);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() throws Exception {
    TlsFiles rsa = TestCertificate.make(directory, "one", RSA);
    TlsFiles ec = TestCertificate.make(directory, "two", EC);
    TlsFiles other = TestCertificate.make(directory, "three", RSA);
    for (TlsFiles wrong : List.of(ec, other)) {
      assertThatThrownBy(
              () -> start(new TlsFiles(rsa.certificate(), wrong.key(), Optional.empty())))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining(
              wrong.key() + ": the key is not that of the certificate " + rsa.certificate());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no PEM at all", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
  void aFileThatIsNoCertificateIsNamed(String content) throws Exception {
    TlsFiles files = TestCertificate.make(directory, "ok", RSA);
    Path bad = Files.writeString(directory.resolve("bad.crt"), content);
    assertThatThrownBy(() -> start(new TlsFiles(bad, files.key(), Optional.empty())))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(bad + ": it holds no PEM certificate");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    TlsFiles files = TestCertificate.make(directory, "ok", RSA);
    Path missing = directory.resolve("missing.key");
    assertThatThrownBy(() -> start(new TlsFiles(files.certificate(), missing, Optional.empty())))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(missing.toString());
  }

  private TestService start(TlsFiles files) {
    return TestService.start(home, ACCESS, options -> options.withTls(files));
  }

  private static int health(TlsFiles trusted, TestService service, String protocol)
      throws Exception {
    return client(trusted, protocol)
        .send(service.request("/health").build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpClient client(TlsFiles trusted, String protocol) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (InputStream in = Files.newInputStream(trusted.certificate())) {
      store.setCertificateEntry(
          "own", (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .sslParameters(new SSLParameters(null, new String[] {protocol}))
        .build();
  }
}
