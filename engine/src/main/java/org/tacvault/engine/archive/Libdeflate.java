package org.tacvault.engine.archive;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libdeflate that we call, by their C names; {@code size_t} is a long on all
 * platforms that we bundle it for: Linux with glibc on x86-64, aarch64 and ppc64le, macOS on
 * aarch64.
 */
interface Libdeflate extends Library {
  Pointer libdeflate_alloc_compressor(int level);

  long libdeflate_deflate_compress_bound(Pointer compressor, long length);

  long libdeflate_deflate_compress(
      Pointer compressor, ByteBuffer input, long length, ByteBuffer output, long room);

  void libdeflate_free_compressor(Pointer compressor);

  /** The library, unless this platform cannot load it; tried once. */
  static Optional<Libdeflate> load() {
    return Optional.ofNullable(Holder.LIBRARY);
  }

  /** Loads on first use. */
  final class Holder {
    static final @Nullable Libdeflate LIBRARY = loadOrNull();

    private Holder() {}

    // A platform without it (musl, another processor, a temporary directory mounted noexec) is
    // expected: zlib then does the same work more slowly.
    private static @Nullable Libdeflate loadOrNull() {
      String file = Platform.isMac() ? "libdeflate.dylib" : "libdeflate.so";
      try (InputStream resource =
          Libdeflate.class.getResourceAsStream("native/" + platform() + "/" + file)) {
        return resource == null ? null : load(resource);
      } catch (IOException | LinkageError e) {
        return null;
      }
    }

    private static Libdeflate load(InputStream resource) throws IOException {
      Path copy = Files.createTempFile("tacvault-", "-libdeflate");
      try {
        Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
        return Native.load(copy.toString(), Libdeflate.class);
      } finally {
        Files.deleteIfExists(copy);
      }
    }

    private static String platform() {
      String system = Platform.isLinux() ? "linux" : Platform.isMac() ? "macos" : "other";
      return system + "-" + (Platform.ARCH.equals("x86-64") ? "amd64" : Platform.ARCH);
    }
  }
}
