package org.godwit.model.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.scenario.Scenario;

/**
 * Lines as {@link JsonLines} describes them, one after the other as UTF-8. It puts the bytes down
 * itself, because a session that is open is written all the time and is not to notice: Gson, which
 * reads what it writes, needs five times as long. Not for several threads at once.
 */
public final class LineBuffer {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** Whole numbers below this stand as such in a double, with {@code .0}. */
  private static final double PLAIN = 1e7;

  private byte[] bytes = new byte[1 << 12];
  private int size;

  /** Nothing. */
  public LineBuffer() {}

  /**
   * Adds the line for {@code record}, with a line feed.
   *
   * @throws IllegalArgumentException as {@link JsonLines#line(Record)}
   */
  public void add(Record record) {
    value(Shape.Form.RECORD, record);
    put('\n');
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** Forgets what there is. */
  public void clear() {
    size = 0;
  }

  /** What there is. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes what there is. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** What there is, as text. */
  String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  // ------------------------------------------------------------------ values

  void value(Shape.Form form, Object value) {
    switch (form) {
      case RECORD -> record((Record) value, false);
      case VARIANT -> record((Record) value, true);
      default -> any(value);
    }
  }

  private void record(Record record, boolean tagged) {
    if (record instanceof Problem || record instanceof ProcessId || record instanceof Scenario) {
      any(record);
      return;
    }
    Shape shape = Shape.of(record.getClass());
    put('{');
    boolean first = true;
    if (tagged) {
      put(shape.kindField());
      first = false;
    }
    for (Shape.Part part : shape.parts()) {
      if (member(record, part, first)) {
        first = false;
      }
    }
    put('}');
  }

  /** False if there is none: it may be left out. */
  private boolean member(Record record, Shape.Part part, boolean first) {
    try {
      switch (part.form()) {
        case FLAG -> {
          boolean flag = (boolean) part.getter().invokeExact((Object) record);
          name(part, first);
          put(flag ? TRUE : FALSE);
        }
        case INT -> {
          int number = (int) part.getter().invokeExact((Object) record);
          name(part, first);
          number(number);
        }
        case LONG -> {
          long number = (long) part.getter().invokeExact((Object) record);
          name(part, first);
          number(number);
        }
        case DOUBLE -> {
          double number = (double) part.getter().invokeExact((Object) record);
          name(part, first);
          number(number);
        }
        default -> {
          Object value = (Object) part.getter().invokeExact((Object) record);
          if (value == null) {
            if (!part.nullable()) {
              throw new IllegalArgumentException(part.name() + " is null in " + record);
            }
            return false;
          }
          name(part, first);
          if (part.form() == Shape.Form.LIST) {
            list(part.element(), (List<?>) value);
          } else {
            value(part.form(), value);
          }
        }
      }
      return true;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot read " + part.name() + " of " + record, e);
    }
  }

  private void name(Shape.Part part, boolean first) {
    if (!first) {
      put(',');
    }
    put(part.prefix());
  }

  private void list(Shape.Form element, List<?> values) {
    put('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        put(',');
      }
      value(element, values.get(i));
    }
    put(']');
  }

  private void any(Object value) {
    switch (value) {
      case String text -> text(text);
      case ProcessId id -> text(id.toString());
      case StayReason reason -> text(reason.word());
      case Enum<?> constant -> text(RecordCodec.camel(constant));
      case Boolean flag -> put(flag ? TRUE : FALSE);
      case Integer number -> number(number);
      case Long number -> number(number);
      case Double number -> number((double) number);
      case Problem problem -> problem(problem);
      case Scenario scenario -> scenario(scenario);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private void problem(Problem problem) {
    ascii("{\"key\":");
    text(problem.key());
    ascii(",\"arguments\":[");
    boolean first = true;
    for (Object argument : problem.arguments()) {
      if (!first) {
        put(',');
      }
      first = false;
      if (argument instanceof Long number && number == number.intValue()) {
        ascii("{\"long\":");
        number(number);
        put('}');
      } else if (argument instanceof String
          || argument instanceof Integer
          || argument instanceof Long
          || argument instanceof Double) {
        any(argument);
      } else {
        throw new IllegalArgumentException("no argument of a problem: " + argument.getClass());
      }
    }
    ascii("]}");
  }

  private void scenario(Scenario scenario) {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      ScenarioWriter.write(scenario, json);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written", e);
    }
    put(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  // ------------------------------------------------------------------ bytes

  private void number(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("numbers are finite, not " + number);
    }
    long whole = (long) number;
    if (whole == number
        && Math.abs(number) < PLAIN
        && (whole != 0 || Double.doubleToRawLongBits(number) == 0)) {
      number(whole);
      put('.');
      put('0');
    } else {
      ascii(Double.toString(number));
    }
  }

  private void number(long number) {
    if (number == Long.MIN_VALUE) {
      ascii(Long.toString(number));
      return;
    }
    long rest = number;
    if (rest < 0) {
      put('-');
      rest = -rest;
    }
    int digits = 1;
    for (long power = 10; digits < 19 && rest >= power; power *= 10) {
      digits++;
    }
    reserve(digits);
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /** A string as Gson writes it. */
  private void text(String text) {
    put('"');
    int length = text.length();
    reserve(length);
    int begun = size;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        size = begun;
        escaped(text);
        break;
      }
      bytes[size++] = (byte) c;
    }
    put('"');
  }

  private void escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\t' -> escaped.append("\\t");
        case '\b' -> escaped.append("\\b");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\f' -> escaped.append("\\f");
        case '\u2028' -> escaped.append("\\u2028");
        case '\u2029' -> escaped.append("\\u2029");
        default -> {
          if (c < ' ') {
            escaped.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    put(escaped.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void ascii(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  private void put(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  private void put(byte[] some) {
    reserve(some.length);
    System.arraycopy(some, 0, bytes, size, some.length);
    size += some.length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
