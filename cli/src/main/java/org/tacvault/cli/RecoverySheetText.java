package org.tacvault.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Times;

/** A recovery sheet as it is printed, on one page for a handful of destinations. */
final class RecoverySheetText {
  private static final String LINE = "_".repeat(52);
  private static final int WIDTH = 84;
  private static final String INDENT = "  ";
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");
  private static final ZoneId UTC = ZoneId.of("UTC");

  private final List<String> lines = new ArrayList<>();

  private RecoverySheetText() {}

  static String of(RecoverySheet sheet) {
    RecoverySheetText text = new RecoverySheetText();
    text.server(sheet);
    text.key(sheet);
    text.places(sheet);
    text.commands(sheet);
    return String.join("\n", text.lines);
  }

  private void server(RecoverySheet sheet) {
    lines.add("RECOVERY SHEET of the TACACS+ server " + Console.printable(sheet.instance()));
    lines.add("");
    line("made", Times.absolute(sheet.madeAt(), UTC));
    line("instance", sheet.instance() + " (" + sheet.instanceId() + ")");
    line("home", sheet.home());
    RecoverySheet.Newest newest = sheet.newestBackup();
    line("newest backup", newest == null ? "none" : newest.path());
    if (newest != null) {
      line("", "at " + newest.destination() + ", taken " + Times.absolute(newest.takenAt(), UTC));
    }
    sheet.unlisted().forEach(why -> line("", "not looked at: " + why));
  }

  private void key(RecoverySheet sheet) {
    lines.add("");
    switch (sheet.encryption()) {
      case "recipients" -> {
        sheet.recipients().forEach(recipient -> line("encrypted to", recipient));
        line("KEYFILE is", LINE);
        line("and a copy", LINE);
      }
      case "passphrase" -> {
        line("encrypted", "with a passphrase");
        line("it is kept", LINE);
        line("and a copy", LINE);
      }
      default -> line("encrypted", "NO: whoever has a backup has every password and key in it");
    }
    if (sheet.secretKeyId() != null) {
      line("secrets key", sheet.secretKeyId() + " in " + sheet.secretKeyPlace());
      line("", "(without it, enter the passwords of destinations again; backups do not need it)");
    }
  }

  private void places(RecoverySheet sheet) {
    lines.add("");
    lines.add("Backups are at");
    for (RecoverySheet.Place place : sheet.destinations()) {
      String settings =
          place.config().entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining(" "));
      String state = place.enabled() ? "" : " (disabled)";
      prose(Console.printable(place.name() + ", " + place.type() + state + ": " + settings));
    }
    prose("emergency backups of restores: " + sheet.emergencyBackups());
  }

  private void commands(RecoverySheet sheet) {
    lines.add("");
    lines.add(
        "BACKUP is the newest file backup-" + sheet.instance() + "-<date>-<time>-<type>.tar…");
    lines.add("");
    lines.add("With Tacvault, on a bare host, as the user of the TACACS+ server:");
    lines.add("");
    command(sheet.restore());
    lines.add("");
    lines.add("With stock tools, the server being stopped; what is live now is overwritten:");
    lines.add("");
    command(sheet.unpack());
    lines.add("");
    command(sheet.putBack());
    lines.add("");
    lines.add("A script that checks everything first: docs/recovery.md of Tacvault.");
  }

  private void line(String name, String value) {
    lines.add("%-14s %s".formatted(name, Console.printable(value)));
  }

  private void prose(String text) {
    wrapped(List.of(text.split(" ")), "");
  }

  /** A shell takes the backslashes away; quoted words stay whole. */
  private void command(String text) {
    wrapped(WORD.matcher(text).results().map(MatchResult::group).toList(), "\\");
  }

  private void wrapped(List<String> words, String ending) {
    StringBuilder current = new StringBuilder(INDENT);
    for (String word : words) {
      if (current.length() > 2 * INDENT.length() && current.length() + word.length() > WIDTH) {
        lines.add(current + ending);
        current = new StringBuilder(INDENT + INDENT);
      }
      current.append(word).append(' ');
    }
    lines.add(current.toString().stripTrailing());
  }
}
