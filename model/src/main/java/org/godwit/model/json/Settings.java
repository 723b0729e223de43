package org.godwit.model.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/** Replaces values of a document by {@code key=value} settings, before it is decoded. */
final class Settings {
  private static final Pattern SETTING = Pattern.compile("([^=]+)=(.*)", Pattern.DOTALL);
  private static final Pattern PART = Pattern.compile("([A-Za-z_]+)|\\[([0-9]{1,6})]");
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z]+(\\[[0-9]{1,6}])*(\\.[A-Za-z]+(\\[[0-9]{1,6}])*)*");

  private Settings() {}

  static void apply(JsonValue document, String setting) throws ProblemException {
    Matcher matcher = SETTING.matcher(setting);
    if (!matcher.matches() || !KEY.matcher(matcher.group(1)).matches()) {
      throw new ProblemException(Problem.of("set.malformed", setting));
    }
    String key = matcher.group(1);
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(key);
    while (part.find()) {
      parts.add(part.group());
    }
    Place place = new Place("--set " + setting, 1, key.length() + 2, "$." + key);
    JsonValue value = value(place, matcher.group(2));
    JsonValue parent = document;
    for (String step : parts.subList(0, parts.size() - 1)) {
      parent = child(parent, step, place);
    }
    replace(parent, parts.getLast(), value, place);
  }

  /** JSON if it is JSON, else text. */
  private static JsonValue value(Place place, String text) {
    try {
      return moved(JsonText.parse(place.file(), text), place);
    } catch (ProblemException e) {
      return new JsonValue.Text(place, text);
    }
  }

  private static JsonValue moved(JsonValue value, Place place) {
    return switch (value) {
      case JsonValue.Members members -> {
        LinkedHashMap<String, JsonValue> map = new LinkedHashMap<>();
        members.map().forEach((k, v) -> map.put(k, moved(v, below(place, "." + k))));
        yield new JsonValue.Members(place, map);
      }
      case JsonValue.Items items -> {
        List<JsonValue> list = new ArrayList<>();
        for (JsonValue item : items.list()) {
          list.add(moved(item, below(place, "[" + list.size() + "]")));
        }
        yield new JsonValue.Items(place, list);
      }
      case JsonValue.Text text -> new JsonValue.Text(place, text.text());
      case JsonValue.Numeral numeral -> new JsonValue.Numeral(place, numeral.literal());
      case JsonValue.Flag flag -> new JsonValue.Flag(place, flag.on());
      case JsonValue.Nothing _ -> new JsonValue.Nothing(place);
    };
  }

  private static Place below(Place place, String step) {
    return new Place(place.file(), place.line(), place.column(), place.path() + step);
  }

  private static JsonValue child(JsonValue parent, String step, Place place)
      throws ProblemException {
    if (step.startsWith("[")) {
      if (parent instanceof JsonValue.Items items && index(step) < items.list().size()) {
        return items.list().get(index(step));
      }
      throw place.refuse("set.no-such-item", step);
    }
    if (!(parent instanceof JsonValue.Members members)) {
      throw place.refuse("set.no-such-item", step);
    }
    return members
        .map()
        .computeIfAbsent(step, _ -> new JsonValue.Members(place, new LinkedHashMap<>()));
  }

  private static void replace(JsonValue parent, String step, JsonValue value, Place place)
      throws ProblemException {
    if (step.startsWith("[")) {
      if (!(parent instanceof JsonValue.Items items) || index(step) >= items.list().size()) {
        throw place.refuse("set.no-such-item", step);
      }
      items.list().set(index(step), value);
    } else if (parent instanceof JsonValue.Members members) {
      members.map().put(step, value);
    } else {
      throw place.refuse("set.no-such-item", step);
    }
  }

  private static int index(String step) {
    return Integer.parseInt(step.substring(1, step.length() - 1));
  }
}
