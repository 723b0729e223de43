package org.godwit.model.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.godwit.model.ProblemException;

/**
 * Strict reading (RFC 8259, no repeated keys) of a whole JSON text into values with places. The
 * syntax is Gson's business; the exact place of a value is found from the position that Gson
 * reports after the token before it.
 */
final class JsonText {
  /** "JsonReader at line 3 column 5 path $.a": the only door to Gson's position. */
  private static final Pattern POSITION = Pattern.compile("line (\\d+) column (\\d+) path");

  private final String file;
  private final String text;
  private final int onlyLine;
  private final JsonReader reader;
  private final int[] lineStarts;

  /** Where the last token began: what a complaint about syntax points at. */
  private Place last;

  private JsonText(String file, String text, int onlyLine) {
    this.file = file;
    this.text = text;
    this.onlyLine = onlyLine;
    this.reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(100);
    this.lineStarts = onlyLine > 0 ? new int[] {0} : lineStarts(text);
    this.last = new Place(file, Math.max(1, onlyLine), 1, "$");
  }

  private static int[] lineStarts(String text) {
    return IntStream.concat(
            IntStream.of(0),
            IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').map(i -> i + 1))
        .toArray();
  }

  /** The document {@code text} of {@code file}; each value with its own place. */
  static JsonValue parse(String file, String text) throws ProblemException {
    String clean = text.startsWith("\ufeff") ? text.substring(1) : text;
    return new JsonText(file, clean, 0).document();
  }

  /** One line of a file of JSON lines: cheap, all values share the place "line {@code line}". */
  static JsonValue parseLine(String file, int line, String text) throws ProblemException {
    return new JsonText(file, text, line).document();
  }

  private JsonValue document() throws ProblemException {
    try {
      JsonValue value = value(here());
      Place end = here();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw end.refuse("json.malformed");
      }
      return value;
    } catch (EOFException e) {
      throw last.refuse("json.ends-early");
    } catch (MalformedJsonException e) {
      throw last.refuse("json.malformed");
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  private JsonValue value(Place place) throws IOException, ProblemException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> members(place);
      case BEGIN_ARRAY -> items(place);
      case STRING -> new JsonValue.Text(place, reader.nextString());
      case NUMBER -> new JsonValue.Numeral(place, reader.nextString());
      case BOOLEAN -> new JsonValue.Flag(place, reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield new JsonValue.Nothing(place);
      }
      case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT -> throw place.refuse("json.malformed");
    };
  }

  private JsonValue members(Place place) throws IOException, ProblemException {
    LinkedHashMap<String, JsonValue> map = new LinkedHashMap<>();
    reader.beginObject();
    while (true) {
      Place keyPlace = here();
      if (!reader.hasNext()) {
        break;
      }
      String key = reader.nextName();
      if (map.put(key, value(here())) != null) {
        throw keyPlace.refuse("json.repeated-key", key);
      }
    }
    reader.endObject();
    return new JsonValue.Members(place, map);
  }

  private JsonValue items(Place place) throws IOException, ProblemException {
    List<JsonValue> list = new ArrayList<>();
    reader.beginArray();
    while (true) {
      Place itemPlace = here();
      if (!reader.hasNext()) {
        break;
      }
      list.add(value(itemPlace));
    }
    reader.endArray();
    return new JsonValue.Items(place, list);
  }

  /** The place of the next token. To be called before Gson has looked at it. */
  private Place here() {
    if (onlyLine == 0) {
      last = place();
    }
    return last;
  }

  private Place place() {
    Matcher position = POSITION.matcher(reader.toString());
    int line = 1;
    int column = 1;
    if (position.find()) {
      line = Integer.parseInt(position.group(1));
      column = Integer.parseInt(position.group(2));
    }
    int at = lineStarts[Math.min(line, lineStarts.length) - 1] + column - 1;
    while (at < text.length() && " \t\r\n,:".indexOf(text.charAt(at)) >= 0) {
      if (text.charAt(at) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
      at++;
    }
    return new Place(file, line, column, reader.getPath());
  }
}
