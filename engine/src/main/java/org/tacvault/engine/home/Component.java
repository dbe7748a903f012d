package org.tacvault.engine.home;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What a user selects for a restore. The order is that of lists and reports. */
public enum Component {
  CONFIG,
  DEVICES,
  USERS,
  ACCOUNTING,
  METRICS,
  AUDIT;

  /** The lower-case name used in the API, the CLI and documents. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All components, comma separated. */
  public static String allIds() {
    return Arrays.stream(values()).map(Component::id).collect(Collectors.joining(", "));
  }

  /**
   * Reads a selection such as {@code [users, devices]}; an empty selection means all components.
   */
  public static Set<Component> parse(List<String> names) {
    EnumSet<Component> selected = EnumSet.noneOf(Component.class);
    names.forEach(name -> selected.add(parse(name)));
    return selected.isEmpty() ? EnumSet.allOf(Component.class) : selected;
  }

  private static Component parse(String name) {
    return Arrays.stream(values())
        .filter(component -> component.id().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                        ErrorKind.INVALID_INPUT, "select component", name, "no such component")
                    .withHint("allowed are: " + allIds()));
  }
}
