package org.godwit.model;

import java.util.List;

/**
 * Something that went wrong for a user, or a verdict that a person will read: a message key and its
 * arguments. The app words it in the reader's language; files keep key and arguments (decision 34).
 *
 * @param key message key, e.g. {@code elf.wrong-machine}
 * @param arguments strings, integers, longs or doubles, in the order of the message's places
 */
public record Problem(String key, List<Object> arguments) {
  public Problem {
    arguments = List.copyOf(arguments);
  }

  /** A problem of {@code key} with {@code arguments}. */
  public static Problem of(String key, Object... arguments) {
    return new Problem(key, List.of(arguments));
  }
}
