package org.godwit.app.settings;

import java.util.List;

/**
 * Something the user may set. Its label is the message {@code setting.} + id, a second sentence
 * {@code setting.} + id + {@code .about}.
 *
 * @param id stable name, also the key in the file
 * @param group part of the page; its title is the message {@code settings.group.} + group
 * @param kind what it is
 * @param initial value at first
 * @param choices what can be chosen, for {@link Kind#CHOICE}; the word of one is the message {@code
 *     setting.} + id + {@code .} + choice
 */
public record Setting(String id, String group, Kind kind, String initial, List<String> choices) {
  public Setting {
    choices = List.copyOf(choices);
  }

  /** What a setting is. */
  public enum Kind {
    /** Yes or no. */
    SWITCH,
    /** One of a few. */
    CHOICE,
    /** A path or a command of this computer; empty means: search for it. */
    COMMAND,
    /** An address to ask; empty means: ask nobody. */
    ADDRESS
  }

  /** Whether it can have that value. */
  public boolean allows(String value) {
    return switch (kind) {
      case SWITCH -> value.equals("true") || value.equals("false");
      case CHOICE -> choices.contains(value);
      case COMMAND, ADDRESS -> true;
    };
  }

  /** A switch. */
  public static Setting onOff(String id, String group, boolean initial) {
    return new Setting(id, group, Kind.SWITCH, Boolean.toString(initial), List.of());
  }

  /** One of a few; the first of {@code choices} need not be the initial one. */
  public static Setting choice(String id, String group, String initial, String... choices) {
    return new Setting(id, group, Kind.CHOICE, initial, List.of(choices));
  }

  /** A command. */
  public static Setting command(String id, String group) {
    return new Setting(id, group, Kind.COMMAND, "", List.of());
  }

  /** An address. */
  public static Setting address(String id, String group) {
    return new Setting(id, group, Kind.ADDRESS, "", List.of());
  }
}
