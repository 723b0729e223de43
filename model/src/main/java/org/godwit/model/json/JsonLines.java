package org.godwit.model.json;

import java.util.OptionalLong;
import org.godwit.model.ProblemException;

/**
 * One record, one line of JSON, and back without loss.
 *
 * <p>A record becomes an object with its components in the order of the declaration; a variant of a
 * sealed type (command, happening, process reference) starts with {@code "kind"}, the record's name
 * with a small first letter. A process id is text such as {@code "1042@1"}, an enum constant its
 * name in camel case, a stay reason the word that {@code /proc/PID/cantmove} shows, a scenario the
 * document that {@link ScenarioWriter} writes. Components that may be null are left out then.
 * Integers are exact; a problem's argument that is a long in the range of an int is told apart as
 * {@code {"long":5}}, a double always has a point or an exponent. NaN and infinities do not exist.
 */
public final class JsonLines {
  private JsonLines() {}

  /**
   * The line for {@code record}, without a line feed.
   *
   * @throws IllegalArgumentException if a component that must not be is null or not finite
   */
  public static String line(Record record) {
    return text(Shape.Form.RECORD, record);
  }

  /**
   * The same for a value that is one variant of the sealed interface {@code type}.
   *
   * @throws IllegalArgumentException as {@link #line(Record)}
   */
  public static <T> String line(Class<T> type, T value) {
    return text(Shape.Form.of(type), value);
  }

  private static String text(Shape.Form form, Object value) {
    LineBuffer line = new LineBuffer();
    line.value(form, value);
    return line.text();
  }

  /**
   * The integer member {@code key} of an object of which nothing else need be known, such as a
   * format version; empty if there is none.
   *
   * @throws ProblemException if the text is no JSON object
   */
  public static OptionalLong integer(String file, String text, String key) throws ProblemException {
    JsonValue value = JsonText.parse(file, text).members().map().get(key);
    return value == null
        ? OptionalLong.empty()
        : OptionalLong.of(value.integer(Long.MIN_VALUE, Long.MAX_VALUE));
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @param file name for messages
   * @param line line number for messages, from 1
   * @throws ProblemException with a located {@code json.*} problem if the text is anything else
   */
  public static <T> T parse(String file, int line, String text, Class<T> type)
      throws ProblemException {
    return type.cast(RecordCodec.read(JsonText.parseLine(file, line, text), type));
  }
}
