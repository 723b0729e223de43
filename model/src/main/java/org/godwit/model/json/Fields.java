package org.godwit.model.json;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.godwit.model.ProblemException;

/** The members of an object of which only certain keys are known. */
final class Fields {
  private final JsonValue.Members object;

  /** Refuses {@code value} if it is no object or has a key beside {@code keys}. */
  Fields(JsonValue value, String... keys) throws ProblemException {
    this.object = value.members();
    List<String> known = Arrays.asList(keys);
    for (var member : object.map().entrySet()) {
      if (!known.contains(member.getKey())) {
        throw member
            .getValue()
            .place()
            .refuse("json.unknown-key", member.getKey(), String.join(", ", known));
      }
    }
  }

  Place place() {
    return object.place();
  }

  Optional<JsonValue> find(String key) {
    return Optional.ofNullable(object.map().get(key));
  }

  boolean has(String key) {
    return object.map().containsKey(key);
  }

  JsonValue get(String key) throws ProblemException {
    JsonValue value = object.map().get(key);
    if (value == null) {
      throw object.place().refuse("json.missing-key", key);
    }
    return value;
  }

  String text(String key, String otherwise) throws ProblemException {
    return has(key) ? get(key).string() : otherwise;
  }

  boolean flag(String key, boolean otherwise) throws ProblemException {
    return has(key) ? get(key).flag() : otherwise;
  }

  long integer(String key, long min, long max) throws ProblemException {
    return get(key).integer(min, max);
  }

  long integer(String key, long min, long max, long otherwise) throws ProblemException {
    return has(key) ? integer(key, min, max) : otherwise;
  }

  int int32(String key, int min, int max) throws ProblemException {
    return (int) integer(key, min, max);
  }

  int int32(String key, int min, int max, int otherwise) throws ProblemException {
    return (int) integer(key, min, max, otherwise);
  }

  /** A time such as {@code 10s}, in nanoseconds. */
  long nanos(String key, long min, long max) throws ProblemException {
    JsonValue value = get(key);
    if (!(value instanceof JsonValue.Text text)) {
      throw value.place().refuse("json.not-time");
    }
    long nanos = Units.nanos(text.text()).orElseThrow(() -> value.place().refuse("json.not-time"));
    if (nanos < min || nanos > max) {
      throw value
          .place()
          .refuse("json.out-of-range", text.text(), Units.timeText(min), Units.timeText(max));
    }
    return nanos;
  }

  long nanos(String key, long min, long max, long otherwise) throws ProblemException {
    return has(key) ? nanos(key, min, max) : otherwise;
  }

  /** A size such as {@code 256MiB}, in bytes. */
  long bytes(String key, long min, long max, long otherwise) throws ProblemException {
    if (!has(key)) {
      return otherwise;
    }
    JsonValue value = get(key);
    if (!(value instanceof JsonValue.Text text)) {
      throw value.place().refuse("json.not-size");
    }
    long bytes = Units.bytes(text.text()).orElseThrow(() -> value.place().refuse("json.not-size"));
    if (bytes < min || bytes > max) {
      throw value
          .place()
          .refuse("json.out-of-range", text.text(), Units.sizeText(min), Units.sizeText(max));
    }
    return bytes;
  }
}
