package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.archive.HostileArchives.Attack;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Attacks by the manifest of an archive that is good otherwise; all must be refused. */
public final class HostileManifests {
  private static final String ANY_CONTENTS = "contents";

  private final Map<String, byte[]> genuine;
  private final String text;
  private final List<Attack> attacks = new ArrayList<>();

  private HostileManifests(Map<String, byte[]> genuine) {
    this.genuine = genuine;
    this.text = new String(genuine.get("manifest.json"), UTF_8);
  }

  /** All attacks that can be made of {@code genuine}: see {@link HostileArchives#of}. */
  public static List<Attack> of(Map<String, byte[]> genuine) throws IOException {
    HostileManifests corpus = new HostileManifests(genuine);
    corpus.documents();
    corpus.encodings();
    corpus.fields();
    corpus.numbers();
    corpus.contents();
    return corpus.attacks;
  }

  private void documents() throws IOException {
    for (String document :
        List.of("", " ", "{", "[]", "null", "{}", "7", "\"manifest\"", "{\"contents\": 7}", "\0")) {
      add("document " + document, document);
    }
    add("two documents", text + text);
    add("text behind", text + "x");
    add("comment", "/* hello */" + text);
    add("single quotes", text.replace('"', '\''));
    add("trailing comma", text.replaceFirst("}\\s*$", ",}"));
    add("duplicate key", text.replaceFirst("\\{", "{\"encrypted\": true,"));
    add("duplicate contents", text.replaceFirst("\\{", "{\"contents\": [],"));
    add(
        "duplicate version",
        text.replaceFirst("\"backup_metadata\": \\{", "$0\"backup_version\": \"1.0\","));
    add("duplicate key, escaped", text.replaceFirst("\\{", "{\"\\\\u0065ncrypted\": true,"));
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    add("deep lists", text.replaceFirst("\\{", "{\"deep\": " + deep + ","));
    String deepObject = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);
    add("deep objects", text.replaceFirst("\\{", "{\"deep\": " + deepObject + ","));
  }

  private void encodings() throws IOException {
    add("UTF-16 with BOM", ("\ufeff" + text).getBytes(UTF_16LE));
    add("UTF-16", text.getBytes(UTF_16LE));
    add("UTF-32", text.getBytes(Charset.forName("UTF-32BE")));
    add("UTF-8 with BOM", ("\ufeff" + text).getBytes(UTF_8));
    add(
        "Latin 1",
        text.replaceFirst("\"hostname\": \"", "\"hostname\": \"\u00e9").getBytes(ISO_8859_1));
    byte[] overlong = text.replaceFirst("\\{", "{\"\u00c0\u00ae\": 1,").getBytes(ISO_8859_1);
    add("overlong UTF-8", overlong);
  }

  private void fields() throws IOException {
    for (String field : List.of("backup_metadata", "config_info", "total_size_bytes", "contents")) {
      change("no " + field, root -> root.remove(field));
      for (String value : List.of("null", "true", "\"x\"", "[[]]", "-1")) {
        change(field + " is " + value, root -> root.set(field, json(value)));
      }
    }
    for (String field : List.of("instance_name", "hostname", "backup_type", "timestamp_utc")) {
      for (String value : List.of("null", "7", "{}", "[\"x\"]", "false")) {
        change(
            field + " is " + value,
            root -> ((ObjectNode) root.get("backup_metadata")).set(field, json(value)));
      }
    }
    for (String version :
        List.of(
            "", "1", "2.0", "9.0", "0.9", "1.0.0", "01", "-1.0", "1.0 ", "\uff11.0", "99999.0")) {
      change(
          "version '" + version + "'",
          root -> ((ObjectNode) root.get("backup_metadata")).put("backup_version", version));
    }
    change(
        "no time",
        root -> ((ObjectNode) root.get("backup_metadata")).put("timestamp_utc", "yesterday"));
  }

  private void numbers() throws IOException {
    for (String number :
        List.of(
            "-1",
            "-0.5",
            "1.5",
            "1e400",
            "1e999999999",
            "9223372036854775808",
            "99999999999999999999999999",
            "1" + "0".repeat(5000),
            "NaN",
            "Infinity",
            "-Infinity",
            "0x10",
            "010",
            "\"5\"",
            "true",
            "null",
            "[]",
            "{}",
            "0")) {
      String shown = number.substring(0, Math.min(number.length(), 30));
      add("size_bytes is " + shown, text.replaceFirst("(\"size_bytes\": )\\d+", "$1" + number));
      add(
          "total_size_bytes is " + shown,
          text.replaceFirst("(\"total_size_bytes\": )\\d+", "$1" + number));
    }
    for (String number : List.of("-1", "1.5", "\"5\"", "NaN", "9223372036854775808")) {
      entry("records is " + number, "records", number);
      entry("tables is " + number, "tables", "{\"t\": " + number + "}");
    }
    add("sizes beyond 2^63", text.replaceAll("(\"size_bytes\": )\\d+", "$1" + Long.MAX_VALUE));
  }

  private void contents() throws IOException {
    for (String name :
        List.of(
            "../devices.db",
            "/etc/passwd",
            "./devices.db",
            "DEVICES.DB",
            "devices.db\\u0000",
            "d\\u0435vices.db",
            "manifest.json",
            "",
            "tacacs_accounting.db-wal",
            "\\ud800")) {
      entry("lists '" + name + "'", "file", "\"" + name + "\"");
    }
    entry("type 'link'", "type", "\"link\"");
    entry("type 'Database'", "type", "\"Database\"");
    entry("no type", "type", "null");
    entry("other checksum", "checksum_sha256", "\"" + "0".repeat(64) + "\"");
    entry("short checksum", "checksum_sha256", "\"" + "0".repeat(63) + "\"");
    entry("empty checksum", "checksum_sha256", "\"\"");
    change("lists nothing", root -> ((ArrayNode) root.get(ANY_CONTENTS)).removeAll());
    change(
        "lists a member twice",
        root -> {
          ArrayNode contents = (ArrayNode) root.get(ANY_CONTENTS);
          ObjectNode first = (ObjectNode) contents.get(0).deepCopy();
          root.put(
              "total_size_bytes",
              root.get("total_size_bytes").longValue() + first.get("size_bytes").longValue());
          contents.add(first);
        });
    change(
        "lists what is not there",
        root -> {
          ArrayNode contents = (ArrayNode) root.get(ANY_CONTENTS);
          ObjectNode more = (ObjectNode) contents.get(0).deepCopy();
          more.put("file", HostileArchives.SPARE);
          more.put("size_bytes", 0);
          contents.add(more);
        });
    change(
        "size one off, total too",
        root -> {
          ObjectNode first = (ObjectNode) root.get(ANY_CONTENTS).get(0);
          first.put("size_bytes", first.get("size_bytes").longValue() + 1);
          root.put("total_size_bytes", root.get("total_size_bytes").longValue() + 1);
        });
  }

  private interface Change {
    void apply(ObjectNode root);
  }

  private void entry(String name, String field, String value) throws IOException {
    change(name, root -> ((ObjectNode) root.get(ANY_CONTENTS).get(0)).set(field, json(value)));
  }

  private void change(String name, Change change) throws IOException {
    ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(text);
    change.apply(root);
    add(name, root.toString());
  }

  /** Also values that no JSON can hold, as raw text. */
  private static JsonNode json(String value) {
    JsonMapper mapper = JsonMapper.shared();
    return value.contains("NaN")
        ? mapper.getNodeFactory().rawValueNode(raw(value))
        : mapper.readTree(value);
  }

  private static RawValue raw(String value) {
    return new RawValue(value);
  }

  private void add(String name, String manifest) throws IOException {
    if (manifest.equals(text)) {
      throw new IllegalStateException("the attack '" + name + "' changes nothing");
    }
    add(name, manifest.getBytes(UTF_8));
  }

  private void add(String name, byte[] manifest) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>(genuine);
    members.put("manifest.json", manifest);
    attacks.add(new Attack("manifest: " + name, HostileArchives.tar(members).gzip(), ""));
  }
}
