package org.tacvault.engine.encryption;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.CipherOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import org.tacvault.engine.io.IoConsumer;
import org.tacvault.engine.secret.Secret;

/** Writes what the Python server's encryption writes, as a stream, with a fixed salt and vector. */
public final class TcbkWriter {
  static final byte[] SALT = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
  static final byte[] VECTOR = HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f");
  private static final long TIME = 1_700_000_000;

  private TcbkWriter() {}

  public static void write(OutputStream file, Secret passphrase, IoConsumer<OutputStream> content)
      throws IOException {
    try {
      FernetKeys keys = FernetKeys.derive(passphrase, SALT);
      Mac mac = keys.mac();
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, keys.encryption(), new IvParameterSpec(VECTOR));
      file.write("TCBK".getBytes(StandardCharsets.US_ASCII));
      file.write(1);
      file.write(SALT);
      try (OutputStream text = Base64.getUrlEncoder().wrap(file)) {
        OutputStream signed = new SignedStream(text, mac);
        signed.write(0x80);
        signed.write(ByteBuffer.allocate(8).putLong(TIME).array());
        signed.write(VECTOR);
        try (OutputStream plain = new CipherOutputStream(signed, cipher)) {
          content.accept(plain);
        }
        text.write(mac.doFinal());
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static final class SignedStream extends FilterOutputStream {
    private final Mac mac;

    SignedStream(OutputStream out, Mac mac) {
      super(out);
      this.mac = mac;
    }

    @Override
    public void write(int single) throws IOException {
      mac.update((byte) single);
      out.write(single);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      mac.update(bytes, offset, length);
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
