package org.tacvault.engine.destination;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** A real destination that does, as often as it is told, what broken stores and lines do. */
public final class FaultyDestination extends ForwardingDestination {
  private final Map<Fault, Integer> left = new EnumMap<>(Fault.class);

  /** What can go wrong. */
  public enum Fault {
    /** The line breaks before anything is stored. */
    PUT_CUT,
    /** The archive is stored and published, and the line breaks before the answer. */
    PUT_ANSWER_LOST,
    PUT_FULL,
    PUT_REFUSED,
    /** Half of it is stored, and called a success. */
    PUT_TRUNCATED,
    /** Another content of the same length is stored, and called a success. */
    PUT_SPOILED,
    /** The store claims to hold one byte more. */
    SIZE_LIED,
    /** Reading breaks after a kibibyte. */
    GET_CUT,
    GET_UNREACHABLE,
    LIST_HALF_FAILED,
    STAT_UNREACHABLE,
    DELETE_REFUSED,
    /** It is deleted, and the line breaks before the answer. */
    DELETE_ANSWER_LOST,
    CHECK_UNREACHABLE
  }

  private static final int CUT_AFTER = 1 << 10;
  private static final int ALWAYS = Integer.MAX_VALUE;

  public FaultyDestination(Destination destination) {
    super(destination);
  }

  /** Does {@code fault} at the next {@code times} occasions. */
  public FaultyDestination with(Fault fault, int times) {
    left.put(fault, times);
    return this;
  }

  /** Does {@code fault} at every occasion. */
  public FaultyDestination always(Fault fault) {
    return with(fault, ALWAYS);
  }

  @Override
  public StoredArchive put(String relativePath, Content content) {
    if (happens(Fault.PUT_CUT)) {
      throw unreachable("store archive", relativePath);
    }
    if (happens(Fault.PUT_FULL)) {
      throw new EngineException(ErrorKind.NO_SPACE, "store archive", relativePath, "quota used up");
    }
    if (happens(Fault.PUT_REFUSED)) {
      throw new EngineException(ErrorKind.ACCESS_DENIED, "store archive", relativePath, "denied");
    }
    if (happens(Fault.PUT_TRUNCATED)) {
      byte[] bytes = bytes(content);
      return super.put(relativePath, TestContent.of(Arrays.copyOf(bytes, bytes.length / 2)));
    }
    if (happens(Fault.PUT_SPOILED)) {
      byte[] bytes = bytes(content);
      bytes[bytes.length / 2] ^= 1;
      return super.put(relativePath, TestContent.of(bytes));
    }
    StoredArchive stored = super.put(relativePath, content);
    if (happens(Fault.PUT_ANSWER_LOST)) {
      throw unreachable("store archive", relativePath);
    }
    return stored;
  }

  @Override
  public InputStream get(String path, long offset) {
    if (happens(Fault.GET_UNREACHABLE)) {
      throw unreachable("read archive", path);
    }
    InputStream in = super.get(path, offset);
    return happens(Fault.GET_CUT) ? new CutStream(in) : in;
  }

  @Override
  public List<StoredArchive> list() {
    List<StoredArchive> all = super.list();
    if (happens(Fault.LIST_HALF_FAILED)) {
      throw unreachable("list archives", "second page");
    }
    return all;
  }

  @Override
  public StoredArchive stat(String path) {
    if (happens(Fault.STAT_UNREACHABLE)) {
      throw unreachable("look at archive", path);
    }
    StoredArchive stored = super.stat(path);
    return happens(Fault.SIZE_LIED)
        ? StoredArchive.at(stored.path(), stored.sizeBytes() + 1, stored.modified())
        : stored;
  }

  @Override
  public void delete(String path) {
    if (happens(Fault.DELETE_REFUSED)) {
      throw new EngineException(ErrorKind.ACCESS_DENIED, "delete archive", path, "denied");
    }
    super.delete(path);
    if (happens(Fault.DELETE_ANSWER_LOST)) {
      throw unreachable("delete archive", path);
    }
  }

  @Override
  public ConnectionReport check() {
    return happens(Fault.CHECK_UNREACHABLE)
        ? new ConnectionCheck()
            .step(
                "connect",
                () -> {
                  throw unreachable("connect", "store");
                })
            .report()
        : super.check();
  }

  private synchronized boolean happens(Fault fault) {
    int times = left.getOrDefault(fault, 0);
    if (times > 0 && times != ALWAYS) {
      left.put(fault, times - 1);
    }
    return times > 0;
  }

  private static EngineException unreachable(String operation, String subject) {
    return new EngineException(ErrorKind.UNREACHABLE, operation, subject, "connection lost")
        .withHint("check the line");
  }

  private static byte[] bytes(Content content) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      content.writeTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends as a broken connection. */
  private static final class CutStream extends FilterInputStream {
    private int left = CUT_AFTER;

    CutStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        throw new SocketException("Connection reset");
      }
      int read = super.read(buffer, offset, Math.min(left, length));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
