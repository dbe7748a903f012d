package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tacvault.engine.manifest.ManifestJson;

/**
 * Attacks on whoever reads an archive, each made from one good archive: the containers. All must be
 * refused as {@code VERIFICATION_FAILED}. {@link HostileManifests} has those in the manifest.
 */
public final class HostileArchives {
  /** A known member that the good archive must not have. */
  public static final String SPARE = "local_auth.db";

  private static final String TARGET = "devices.db";

  private final Map<String, byte[]> genuine;
  private final List<Attack> attacks = new ArrayList<>();

  /**
   * One attack.
   *
   * @param reason part of the message with which it must be refused
   */
  public record Attack(String name, byte[] archive, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  private HostileArchives(Map<String, byte[]> genuine) {
    this.genuine = genuine;
  }

  /**
   * All attacks that can be made of {@code genuine}.
   *
   * @param genuine the members of a good archive: {@code manifest.json}, {@code devices.db} and
   *     perhaps others, but not {@link #SPARE}
   */
  public static List<Attack> of(Map<String, byte[]> genuine) throws IOException {
    HostileArchives corpus = new HostileArchives(genuine);
    corpus.names();
    corpus.kinds();
    corpus.paxHeaders();
    corpus.headers();
    corpus.extraAndMissing();
    corpus.ends();
    corpus.bombs();
    corpus.truncations();
    return corpus.attacks;
  }

  private void names() throws IOException {
    name("/etc/passwd", "its path is absolute");
    name("/devices.db", "its path is absolute");
    for (String path : List.of("../escaped", "./../escaped", "a/../../escaped", "..")) {
      name(path, "its path leads out of the archive");
    }
    for (String path :
        List.of(
            "sub/devices.db",
            "././devices.db",
            ".//devices.db",
            "..\\escaped",
            "sub\\devices.db",
            "C:\\escaped")) {
      name(path, "its name is a path");
    }
    for (String name :
        List.of(
            "other.db",
            "DEVICES.DB",
            "Devices.DB",
            "devices.Db",
            "TACACS.CONF",
            "Manifest.json",
            "MANIFEST.JSON",
            "devices.db-wal",
            "devices.db-journal",
            "devices.db ",
            " devices.db",
            "devices.db.",
            "devices.db::$DATA",
            "con",
            "")) {
      name(name, "no such member belongs into an archive");
    }
    for (String lookalike :
        List.of(
            "d\u0435vices.db", // Cyrillic e
            "\uff44evices.db", // full-width d
            "de\u0301vices.db", // decomposed
            "d\u00e9vices.db", // composed
            "devices\u200d.db", // zero-width joiner
            "\u202ebd.secived", // right-to-left override
            "devices.db\u0000.exe",
            "\u017fub")) { // a letter that case folding makes another
      add(
          "lookalike " + escaped(lookalike),
          good().pax("path=" + lookalike).file("./" + SPARE, spare()),
          "no such member belongs into an archive");
    }
    add("control codes", good().file("\u001b[2Jx", spare()), "?[2Jx: no such member");
    byte[] prefixed = TarBuilder.header(TARGET, '0', TarBuilder.octal(spare().length, 11), "");
    System.arraycopy("../escaped".getBytes(US_ASCII), 0, prefixed, 345, 10);
    add(
        "prefix field",
        good().block(TarBuilder.sign(prefixed)).data(spare()),
        "its path leads out of the archive");
    for (String twin : List.of(TARGET, "./" + TARGET)) {
      add(
          "duplicate " + twin,
          good().file(twin, genuine.get(TARGET)),
          TARGET + ": it is in the archive twice");
      add(
          "duplicate by pax " + twin,
          good().pax("path=" + twin).file("./" + SPARE, genuine.get(TARGET)),
          TARGET + ": it is in the archive twice");
    }
    add(
        "second manifest",
        good().file("manifest.json", genuine.get("manifest.json")),
        "manifest.json: it is in the archive twice");
  }

  private void name(String name, String reason) throws IOException {
    add("name '" + name + "'", good().file(name, spare()), reason);
    add("first name '" + name + "'", new TarBuilder().file(name, spare()), reason);
  }

  private void kinds() throws IOException {
    Map<String, String> kinds =
        Map.ofEntries(
            Map.entry("1", "a hard link"),
            Map.entry("2", "a symbolic link"),
            Map.entry("3", "a character device"),
            Map.entry("4", "a block device"),
            Map.entry("6", "a named pipe"),
            Map.entry("7", "of the unknown type"),
            Map.entry("S", "a sparse file"),
            Map.entry("L", "a GNU long name"),
            Map.entry("K", "a GNU long name"),
            Map.entry("g", "a pax header"),
            Map.entry("D", "of the unknown type"),
            Map.entry("V", "of the unknown type"),
            Map.entry("M", "of the unknown type"));
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      char type = kind.getKey().charAt(0);
      for (String name : List.of("./" + SPARE, "./" + TARGET, "./tacacs.conf")) {
        add(
            "type " + type + " " + name,
            new TarBuilder().header(name, type, 0, "../victim").block(good().bytes()),
            kind.getValue());
      }
      add(
          "type " + type + " at the end",
          good().header("./" + SPARE, type, 0, "/etc/passwd"),
          kind.getValue());
    }
    for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
      add("write through link " + (char) type, writeThroughLink(type), "link, only plain files");
    }
    for (String directory : List.of("sub/", "./sub", "../", "/")) {
      add("directory " + directory, good().header(directory, '5', 0, ""), "it is a directory");
    }
    add("late root", good().header("./", '5', 0, ""), "it is a directory");
    add(
        "two roots",
        new TarBuilder().header("./", '5', 0, "").header("./", '5', 0, ""),
        "it is a directory");
    add(
        "root with content",
        new TarBuilder().header("./", '5', 512, "").block(new byte[512]),
        "it is a directory");
  }

  private static TarBuilder writeThroughLink(byte type) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry link = new TarArchiveEntry("./" + TARGET, type);
      link.setLinkName("../victim");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      TarArchiveEntry file = new TarArchiveEntry("./" + TARGET);
      file.setSize(7);
      tar.putArchiveEntry(file);
      tar.write("content".getBytes(UTF_8));
      tar.closeArchiveEntry();
    }
    return new TarBuilder().block(out.toByteArray());
  }

  private void paxHeaders() throws IOException {
    add(
        "pax path",
        good().pax("path=../escaped").file("./" + SPARE, spare()),
        "its path leads out of the archive");
    for (String record :
        List.of("path=devices.db", "path=../escaped", "size=0", "size=99", "comment=x")) {
      add(
          "global pax " + record,
          new TarBuilder().pax('g', record).block(good().bytes()),
          "a pax header");
    }
    for (String record :
        List.of(
            "GNU.sparse.major=1",
            "GNU.sparse.minor=0",
            "GNU.sparse.name=devices.db",
            "GNU.sparse.realsize=99999999999",
            "GNU.sparse.map=0,1,99999999999,1",
            "SCHILY.realsize=99999999999",
            "linkpath=../victim")) {
      add(
          "pax " + record,
          good().pax(record).file("./" + SPARE, spare()),
          "a link or a sparse file");
    }
    for (String content :
        List.of(
            "x",
            "5 a=b",
            "99 a=b\n",
            "6 a=b\n5 a\n",
            " a=b\n",
            "0 a=b\n",
            "-6 a=b\n",
            "000006 a=b\n",
            "4 =\n\n",
            "6 abc\n",
            "9999999999 a=b\n",
            "10 size=x\n",
            "11 size=-1\n",
            "30 size=99999999999999999999\n",
            "6 a=b\n6 a=c\n",
            "16 path=devices\n16 path=devices\n")) {
      add(
          "pax text " + escaped(content),
          good().member("x", 'x', content.getBytes(US_ASCII)).file("./" + SPARE, spare()),
          "a pax header is corrupt");
    }
    add("pax on pax", good().pax("a=b").pax("a=b").file("./" + SPARE, spare()), "a pax header");
    add(
        "endless pax",
        good().header("x", 'x', PaxRecords.MAX_BYTES + 1, ""),
        "a pax header is too long");
    add("pax without member", good().pax("path=" + SPARE), "no valid tar header");
    ByteArrayOutputStream long1 = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(long1)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      tar.putArchiveEntry(new TarArchiveEntry("x".repeat(2_000)));
      tar.closeArchiveEntry();
    }
    add("GNU long name", new TarBuilder().block(long1.toByteArray()), "a GNU long name");
  }

  private void headers() throws IOException {
    byte[] wrong = TarBuilder.header("./" + SPARE, '0', TarBuilder.octal(7, 11), "");
    wrong[0]++;
    add("checksum", good().block(wrong).data(spare()), "the checksum of its tar header is wrong");
    add("noise", new TarBuilder().block(Samples.mixed(2048, 1)), "no valid tar header");
    for (String size :
        List.of("-0000000007", "0x000000007", "00000000008", "           ", "1 1        ")) {
      byte[] field = (size + "\0").getBytes(US_ASCII);
      add(
          "size '" + size + "'",
          good().block(TarBuilder.header("./" + SPARE, '0', field, "")).data(spare()),
          "no valid number");
    }
    byte[] minusOne = new byte[12];
    Arrays.fill(minusOne, (byte) 0xff);
    add(
        "negative size",
        good().block(TarBuilder.header("./" + SPARE, '0', minusOne, "")),
        "out of range");
    add(
        "size of five gigabytes",
        good().header("./" + SPARE, '0', 5_000_000_000L, "").data(spare()),
        SPARE + ": it is truncated: the data ends 49999");
    byte[] content = genuine.get(TARGET);
    add(
        "size one too small",
        without(TARGET).header("./" + TARGET, '0', content.length - 1, "").data(content),
        "");
    add(
        "size one too large",
        without(TARGET).header("./" + TARGET, '0', content.length + 1, "").data(content),
        "");
    add(
        "size zero, content follows",
        without(TARGET).header("./" + TARGET, '0', 0, "").data(content),
        "");
    add(
        "pax size against header size",
        without(TARGET).pax("size=" + (content.length + 512)).file("./" + TARGET, content),
        "");
    add(
        "pax size that hides a member",
        without(TARGET).pax("size=0").file("./" + TARGET, content),
        "");
  }

  private void extraAndMissing() throws IOException {
    add(
        "extra member",
        good().file("./" + SPARE, spare()),
        SPARE + " is in the archive but not in the manifest");
    add("manifest alone", only("manifest.json"), "is in the manifest but not in the archive");
    add("no manifest", without("manifest.json"), "it has no manifest.json");
    add("empty tar", new TarBuilder(), "it has no manifest.json");
    for (String member : genuine.keySet()) {
      if (!member.equals("manifest.json")) {
        add("without " + member, without(member), member + " is in the manifest but not in");
        add("empty " + member, with(member, new byte[0]), changed(member));
        byte[] flipped = genuine.get(member).clone();
        flipped[flipped.length / 2] ^= 1;
        add("changed " + member, with(member, flipped), member + " has SHA-256");
        byte[] shorter = Arrays.copyOf(flipped, flipped.length - 1);
        add("shorter " + member, with(member, shorter), changed(member));
      }
    }
  }

  private static String changed(String member) {
    return member + " has ";
  }

  private void ends() throws IOException {
    byte[] member = new TarBuilder().file("./" + SPARE, spare()).bytes();
    add(
        "member behind the end",
        good().block(new byte[1024]).block(member),
        "data follows the end of the tar");
    add("noise behind the end", good().block(new byte[512]).block(Samples.mixed(512, 1)), "data");
    add("endless padding", good().block(new byte[2 << 20]), "data follows the end of the tar");
    add(
        "archive behind the archive",
        CompressionContract.concat(good().gzip(), good().gzip()),
        "data follows the end of the tar");
    add("text behind the archive", CompressionContract.concat(good().gzip(), spare()), "");
    add("zeros behind the archive", CompressionContract.concat(good().gzip(), new byte[512]), "");
    add("no end", good().gzipUnfinished(), "truncated");
    add("half an end", good().block(new byte[512]).gzipUnfinished(), "truncated");
    add("nothing", new byte[0], "it is ");
    add("tar without compression", good().bytes(), "it is neither gzip");
    add("gzip in gzip", gzipped(good().gzip()), "");
    add("gzip of nothing", gzipped(new byte[0]), "truncated");
  }

  private void bombs() throws IOException {
    byte[] spaces = new byte[2 << 20];
    Arrays.fill(spaces, (byte) ' ');
    byte[] zeros = new byte[16 << 20];
    add("bomb in gzip", with(TARGET, zeros), changed(TARGET));
    add("bomb in zstd", Zstd.compress(with(TARGET, zeros).bytes(), 3), "truncated");
    add(
        "manifest of 100 MB",
        new TarBuilder().header("./manifest.json", '0', 100 << 20, "").block(spaces),
        "manifest.json: it is too long");
    add(
        "manifest just too long",
        new TarBuilder().file("./manifest.json", new byte[ManifestJson.MAX_BYTES + 1]),
        "manifest.json: it is too long");
    byte[] window = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) 0xf8, 1, 0, 0};
    add("zstd window of terabytes", window, "the compressed data is truncated or corrupt");
    byte[] header = new byte[300_000];
    Arrays.fill(header, (byte) 'x');
    System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3}, 0, header, 0, 10);
    add("gzip name without end", header, "the header of the compressed data is too long");
    add("nothing but zeros", gzipped(zeros), "data follows the end of the tar");
  }

  /** The tar ends before, in and behind every header and every member, in a whole gzip. */
  private void truncations() throws IOException {
    byte[] whole = good().bytes();
    int at = 0;
    for (Map.Entry<String, byte[]> member : genuine.entrySet()) {
      int data = at + TarHeader.BLOCK_BYTES;
      int end = data + member.getValue().length;
      int next = end + (-member.getValue().length & 511);
      for (int length : new int[] {at, at + 1, data - 1, data, data + 1, end - 1, end, next - 1}) {
        add(
            "tar cut at " + length + ", " + member.getKey(),
            gzipped(Arrays.copyOf(whole, length)),
            "truncated");
      }
      at = next;
    }
    byte[] packed = good().gzip();
    for (int length : new int[] {1, 2, 3, 9, 10, 11, packed.length / 2, packed.length - 9}) {
      add("gzip cut at " + length, Arrays.copyOf(packed, length), "");
    }
    for (int missing = 8; missing > 0; missing--) {
      add("gzip lacks " + missing, Arrays.copyOf(packed, packed.length - missing), "truncated");
    }
  }

  private TarBuilder good() {
    return tar(genuine);
  }

  private TarBuilder without(String member) {
    Map<String, byte[]> members = new LinkedHashMap<>(genuine);
    members.remove(member);
    return tar(members);
  }

  private TarBuilder with(String member, byte[] content) {
    Map<String, byte[]> members = new LinkedHashMap<>(genuine);
    members.put(member, content);
    return tar(members);
  }

  private TarBuilder only(String member) {
    return tar(Map.of(member, genuine.get(member)));
  }

  static TarBuilder tar(Map<String, byte[]> members) {
    TarBuilder tar = new TarBuilder();
    members.forEach((name, content) -> tar.file("./" + name, content));
    return tar;
  }

  private static byte[] spare() {
    return "content".getBytes(UTF_8);
  }

  private static byte[] gzipped(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(c -> escaped.append(c > ' ' && c < 127 ? "" + (char) c : "\\u%04x".formatted(c)));
    return escaped.toString();
  }

  private void add(String name, TarBuilder archive, String reason) throws IOException {
    add(name, archive.gzip(), reason);
  }

  private void add(String name, byte[] archive, String reason) {
    attacks.add(new Attack(name, archive, reason));
  }
}
