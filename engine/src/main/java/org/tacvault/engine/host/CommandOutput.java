package org.tacvault.engine.host;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.tacvault.engine.config.Redaction;
import org.tacvault.engine.io.WorkDirectory;

/**
 * What a command writes, in a private file. A file and no pipe: a server that the command leaves
 * running goes on writing to it, and would be ended by a pipe whose reader is gone.
 */
final class CommandOutput implements AutoCloseable {
  /** So many characters of the end are kept. */
  static final int KEPT = 8 * 1024;

  /** A file that grew larger is emptied but for its end. */
  static final int LARGEST = 4 * 1024 * 1024;

  private static final long FLOOD = 16L * LARGEST;

  // Four bytes a character at most.
  private static final int READ = 16 * KEPT;

  private final Optional<WorkDirectory> work;
  private String problem;
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
  void limit() {
    if (file().filter(file -> file.toFile().length() > LARGEST).isPresent()) {
      end(true);
      isCut = true;
    }
  }

  /** The end of all that was written, secrets masked, control characters made visible. */
  String tail(Redaction redaction) {
    byte[] last = end(false);
    byte[] all = Arrays.copyOf(earlier, earlier.length + last.length);
    System.arraycopy(last, 0, all, earlier.length, last.length);
    return shown(new String(all, StandardCharsets.UTF_8), redaction) + problem;
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

  /** What became of a command does not depend on what can be read of its output. */
  private byte[] end(boolean isEmptied) {
    if (file().filter(Files::exists).isEmpty()) {
      return new byte[0];
    }
    try (FileChannel channel =
        FileChannel.open(file().get(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      byte[] end = end(channel);
      // What came since was not read yet; only a flood may lose words.
      if (isEmptied && (channel.size() == size || size > FLOOD)) {
        channel.truncate(0);
        earlier = end;
      }
      return end;
    } catch (IOException e) {
      problem = "its output could not be read: " + e.getMessage();
      return new byte[0];
    }
  }

  private byte[] end(FileChannel channel) throws IOException {
    long size = channel.size();
    isCut |= size > READ;
    channel.position(Math.max(0, size - READ));
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, READ));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until the buffer is full or the file, which others may cut, has ended.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private Optional<Path> file() {
    return work.map(directory -> directory.resolve("output"));
  }

  @Override
  public void close() {
    work.ifPresent(
        directory -> {
          try {
            directory.close();
          } catch (IOException e) {
            // The next start sweeps it; what the command did must be told all the same.
          }
        });
  }
}
