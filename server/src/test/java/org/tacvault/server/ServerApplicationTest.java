package org.tacvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;

class ServerApplicationTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @TempDir Path home;

  @Test
  void answersHealthOnAFreePortOfThisMachineOnly() throws Exception {
    try (RunningServer server = start(ServerOptions.DEFAULT_HOST, 0)) {
      HttpResponse<String> answer = get(server.url().resolve("/health"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
      assertThat(server.url()).hasHost("127.0.0.1").hasPort(server.port());
    }
  }

  @Test
  void closeFreesThePortAndWakesWhoeverWaits() throws Exception {
    RunningServer server = start(ServerOptions.DEFAULT_HOST, 0);
    int port = server.port();
    CountDownLatch woken = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                server.awaitClose();
                woken.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    waiting.start();
    server.close();
    assertThat(woken.await(5, TimeUnit.SECONDS)).isTrue();
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(free.isBound()).isTrue();
    }
  }

  @Test
  void aPortInUseIsAnErrorThatSaysWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> start(ServerOptions.DEFAULT_HOST, taken.getLocalPort()))
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(ErrorKind.FAILED);
                assertThat(failure.subject()).isEqualTo("127.0.0.1:" + taken.getLocalPort());
                assertThat(failure.reason()).isEqualTo("the port is already in use");
                assertThat(failure.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("--port"));
              });
    }
  }

  @Test
  void anAddressOfAnotherMachineIsAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> start("192.0.2.1", 0))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo("cannot listen on this address");
              assertThat(failure.hint())
                  .hasValueSatisfying(hint -> assertThat(hint).contains("--host"));
            });
  }

  @Test
  void aHostThatIsNoneIsAnErrorThatSaysWhatToDo() {
    assertThatThrownBy(() -> start("no such host", 0))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot listen on this address");
  }

  @Test
  void aMissingHomeIsNotFound() {
    ServerOptions options =
        new ServerOptions(Home.at(home.resolve("missing")), ServerOptions.DEFAULT_HOST, 0);
    assertThatThrownBy(() -> ServerApplication.start(options))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void aPortThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new ServerOptions(Home.at(home), "127.0.0.1", 65_536))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("65536");
  }

  private RunningServer start(String host, int port) {
    return ServerApplication.start(new ServerOptions(Home.at(home), host, port));
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
