package org.godwit.model.json;

import java.util.LinkedHashMap;
import java.util.List;
import org.godwit.model.ProblemException;

/** A value of a JSON document that knows its {@link Place}. */
sealed interface JsonValue {
  Place place();

  /**
   * An object; its members in the order of the text. Mutable, so that {@code --set} can replace.
   */
  record Members(Place place, LinkedHashMap<String, JsonValue> map) implements JsonValue {}

  /** An array. Mutable for the same reason. */
  record Items(Place place, List<JsonValue> list) implements JsonValue {}

  /** A string. */
  record Text(Place place, String text) implements JsonValue {}

  /** A number as it was written: {@code 1}, {@code 1.0} and {@code 1e0} are told apart. */
  record Numeral(Place place, String literal) implements JsonValue {
    boolean isInteger() {
      return literal.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
    }
  }

  /** {@code true} or {@code false}. */
  record Flag(Place place, boolean on) implements JsonValue {}

  /** {@code null}. */
  record Nothing(Place place) implements JsonValue {}

  /** This as an object. */
  default Members members() throws ProblemException {
    if (this instanceof Members members) {
      return members;
    }
    throw place().refuse("json.not-object");
  }

  /** This as an array. */
  default Items items() throws ProblemException {
    if (this instanceof Items items) {
      return items;
    }
    throw place().refuse("json.not-array");
  }

  /** This as a string. */
  default String string() throws ProblemException {
    if (this instanceof Text text) {
      return text.text();
    }
    throw place().refuse("json.not-text");
  }

  /** This as a truth value. */
  default boolean flag() throws ProblemException {
    if (this instanceof Flag flag) {
      return flag.on();
    }
    throw place().refuse("json.not-flag");
  }

  /** This as an integer between {@code min} and {@code max}, both included. */
  default long integer(long min, long max) throws ProblemException {
    if (!(this instanceof Numeral numeral) || !numeral.isInteger()) {
      throw place().refuse("json.not-integer");
    }
    long value;
    try {
      value = Long.parseLong(numeral.literal());
    } catch (NumberFormatException e) {
      throw place().refuse("json.out-of-range", numeral.literal(), min, max);
    }
    if (value < min || value > max) {
      throw place().refuse("json.out-of-range", numeral.literal(), min, max);
    }
    return value;
  }

  /** This as a finite number. */
  default double number() throws ProblemException {
    if (this instanceof Numeral numeral) {
      double value = Double.parseDouble(numeral.literal());
      if (!Double.isInfinite(value)) {
        return value;
      }
    }
    throw place().refuse("json.not-number");
  }
}
