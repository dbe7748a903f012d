package org.tacvault.engine.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IoFailuresTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new SocketTimeoutException("Read timed out"), ErrorKind.UNREACHABLE),
        Arguments.of(new SocketException("Connection reset"), ErrorKind.UNREACHABLE),
        Arguments.of(new ConnectException("Connection refused"), ErrorKind.UNREACHABLE),
        Arguments.of(new UnknownHostException("backup.example"), ErrorKind.UNREACHABLE),
        Arguments.of(new InterruptedIOException(), ErrorKind.INTERRUPTED),
        Arguments.of(new IOException("No space left on device"), ErrorKind.NO_SPACE),
        Arguments.of(new IOException("Input/output error"), ErrorKind.FAILED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyExceptionIsAFailureOfItsKind(IOException cause, ErrorKind kind) {
    EngineException failure = IoFailures.of("store archive", "a", cause);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasCause(cause);
  }
}
