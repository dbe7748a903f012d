package org.tacvault.engine.host;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.tacvault.engine.config.Redaction;
import org.tacvault.engine.io.WorkDirectory;

/**
 * What a command writes, in a private file. A file and no pipe: a server that the command leaves
 * running goes on writing to it, and would be ended by a pipe whose reader is gone.
 */
final class CommandOutput implements Closeable {
  /** So many characters of the end are kept. */
  static final int KEPT = 8 * 1024;

  /** A file that grew larger is emptied but for its end. */
  static final int LARGEST = 4 * 1024 * 1024;

  // Four bytes a character at most.
  private static final int READ = 16 * KEPT;

  private final Optional<WorkDirectory> work;
  private final String problem;
  private byte[] earlier = new byte[0];
  private boolean isCut;

  private CommandOutput(Optional<WorkDirectory> work, String problem) {
    this.work = work;
    this.problem = problem;
  }

  /** A new one; a full disk must not keep a server from being started, it only loses the output. */
  static CommandOutput in(Path temp) {
    try {
      return new CommandOutput(Optional.of(WorkDirectory.create(temp, "output of a command")), "");
    } catch (IOException e) {
      return new CommandOutput(Optional.empty(), "its output could not be kept: " + e.getMessage());
    }
  }

  Redirect target() {
    return file().map(file -> Redirect.appendTo(file.toFile())).orElse(Redirect.DISCARD);
  }

  /** Keeps the file small, however much is written. */
  void limit() throws IOException {
    if (file().isPresent() && file().get().toFile().length() > LARGEST) {
      try (FileChannel channel =
          FileChannel.open(file().get(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        earlier = end(channel);
        isCut = true;
        channel.truncate(0);
      }
    }
  }

  /** The end of all that was written, secrets masked, control characters made visible. */
  String tail(Redaction redaction) throws IOException {
    if (file().isEmpty() || !file().get().toFile().exists()) {
      return problem;
    }
    byte[] last;
    try (FileChannel channel = FileChannel.open(file().get(), StandardOpenOption.READ)) {
      last = end(channel);
    }
    byte[] all = new byte[earlier.length + last.length];
    System.arraycopy(earlier, 0, all, 0, earlier.length);
    System.arraycopy(last, 0, all, earlier.length, last.length);
    return shown(new String(all, StandardCharsets.UTF_8), redaction);
  }

  private String shown(String text, Redaction redaction) {
    String masked = redaction.apply(text);
    // What was cut off may have left half a secret, which nothing recognizes.
    String whole =
        isCut ? masked.substring(Math.min(masked.length(), redaction.longest())) : masked;
    String printable =
        whole.replace("\r\n", "\n").replaceAll("[\\p{C}\\p{Zl}\\p{Zp}&&[^\n\t]]", "?");
    return printable.length() <= KEPT && !isCut
        ? printable
        : "…" + printable.substring(Math.max(0, printable.length() - KEPT));
  }

  private byte[] end(FileChannel channel) throws IOException {
    long size = channel.size();
    isCut |= size > READ;
    channel.position(Math.max(0, size - READ));
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, READ));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until the buffer is full or the file, which others may cut, has ended.
    }
    byte[] read = new byte[bytes.position()];
    bytes.flip().get(read);
    return read;
  }

  private Optional<Path> file() {
    return work.map(directory -> directory.resolve("output"));
  }

  @Override
  public void close() throws IOException {
    if (work.isPresent()) {
      work.get().close();
    }
  }
}
