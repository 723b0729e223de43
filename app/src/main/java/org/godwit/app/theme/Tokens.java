package org.godwit.app.theme;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The token file as values; colours are {@code #RRGGBB}. Immutable, free of JavaFX, so that the
 * command line's pictures and tests read it too.
 *
 * @param sizes lengths in pixels and durations in ms, by {@code group.name}, e.g. {@code
 *     radius.card}
 * @param fonts family names by {@code en}, {@code ja}, {@code mono}
 * @param palettes colours by variant
 */
public record Tokens(
    Map<String, Double> sizes, Map<String, String> fonts, Map<Variant, Palette> palettes) {
  private static final String FILE = "tokens.json";

  /**
   * The colours of one variant.
   *
   * @param roles by role
   * @param programs by slot, eight of them
   * @param heat from cold to hot, five of them
   * @param heatInk text on heat
   * @param terminal the sixteen colours that programs name on a terminal, the bright ones last
   */
  public record Palette(
      Map<Role, String> roles,
      List<String> programs,
      List<String> heat,
      String heatInk,
      List<String> terminal) {}

  /** Reads the file of this package. */
  public static Tokens load() {
    try (InputStream in = Tokens.class.getResourceAsStream(FILE);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return of(JsonParser.parseReader(reader).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The length or duration of that name. */
  public double size(String name) {
    Double size = sizes.get(name);
    if (size == null) {
      throw new IllegalArgumentException("no token " + name);
    }
    return size;
  }

  private static Tokens of(JsonObject root) {
    Map<String, Double> sizes = new TreeMap<>();
    for (String group : List.of("radius", "size", "type", "motion")) {
      root.getAsJsonObject(group)
          .entrySet()
          .forEach(e -> sizes.put(group + "." + e.getKey(), e.getValue().getAsDouble()));
    }
    JsonArray space = root.getAsJsonArray("space");
    for (int i = 0; i < space.size(); i++) {
      sizes.put("space." + (i + 1), space.get(i).getAsDouble());
    }
    Map<String, String> fonts = new TreeMap<>();
    root.getAsJsonObject("fonts")
        .entrySet()
        .forEach(e -> fonts.put(e.getKey(), e.getValue().getAsString()));
    Map<Variant, Palette> palettes = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      palettes.put(
          variant, palette(root.getAsJsonObject("variants").getAsJsonObject(variant.token())));
    }
    return new Tokens(sizes, fonts, palettes);
  }

  private static Palette palette(JsonObject json) {
    Map<Role, String> roles = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      roles.put(role, json.getAsJsonObject("roles").get(role.token()).getAsString());
    }
    return new Palette(
        roles,
        strings(json.getAsJsonArray("programs")),
        strings(json.getAsJsonArray("heat")),
        json.get("heatInk").getAsString(),
        strings(json.getAsJsonArray("terminal")));
  }

  private static List<String> strings(JsonArray array) {
    List<String> all = new ArrayList<>();
    for (JsonElement element : array) {
      all.add(element.getAsString());
    }
    return List.copyOf(all);
  }
}
