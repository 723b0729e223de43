package org.godwit.resources;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a {@code card.json}, strictly: an unknown key, a key that is missing or a value of the
 * wrong kind is an error that names its line, column and path.
 */
final class CardReader {

  private final JsonReader json;

  private CardReader(Reader reader) {
    json = new JsonReader(reader);
  }

  /**
   * The card in {@code reader}.
   *
   * @throws IOException if it cannot be read, or is not a card
   */
  static ProgramCard read(Reader reader) throws IOException {
    CardReader cards = new CardReader(reader);
    try {
      return cards.card();
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException thrown) {
      throw new IOException(
          "not a program card: " + thrown.getMessage() + " " + cards.json, thrown);
    }
  }

  /**
   * The boot profile in {@code reader}, a {@code profile.json}.
   *
   * @throws IOException if it cannot be read, or is not a profile
   */
  static Profile readProfile(Reader reader) throws IOException {
    CardReader cards = new CardReader(reader);
    try {
      return cards.profile();
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException thrown) {
      throw new IOException(
          "not a boot profile: " + thrown.getMessage() + " " + cards.json, thrown);
    }
  }

  private Profile profile() throws IOException {
    String name = null;
    ProgramCard.Text title = null;
    ProgramCard.Text about = null;
    List<String> on = null;
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "name" -> name = json.nextString();
        case "title" -> title = text();
        case "about" -> about = text();
        case "on" -> on = strings();
        default -> throw new IllegalStateException("unknown key " + key);
      }
    }
    json.endObject();
    return new Profile(name, title, about, on);
  }

  private ProgramCard card() throws IOException {
    String name = null;
    int slot = -1;
    String monogram = null;
    List<String> arguments = null;
    ProgramCard.Text title = null;
    ProgramCard.Text shows = null;
    ProgramCard.Text lookFor = null;
    ProgramCard.Migration migration = null;
    Optional<String> reason = Optional.empty();
    Optional<ProgramCard.Watch> watch = Optional.empty();
    String source = null;
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "name" -> name = json.nextString();
        case "slot" -> slot = json.nextInt();
        case "monogram" -> monogram = json.nextString();
        case "arguments" -> arguments = strings();
        case "title" -> title = text();
        case "shows" -> shows = text();
        case "lookFor" -> lookFor = text();
        case "migration" ->
            migration = ProgramCard.Migration.valueOf(json.nextString().toUpperCase(Locale.ROOT));
        case "reason" -> reason = stringOrNull();
        case "watch" -> watch = Optional.of(watch());
        case "source" -> source = json.nextString();
        default -> throw new IllegalStateException("unknown key " + key);
      }
    }
    json.endObject();
    return new ProgramCard(
        name, slot, monogram, arguments, title, shows, lookFor, migration, reason, watch, source);
  }

  private List<String> strings() throws IOException {
    List<String> strings = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      strings.add(json.nextString());
    }
    json.endArray();
    return strings;
  }

  private Optional<String> stringOrNull() throws IOException {
    if (json.peek() == JsonToken.NULL) {
      json.nextNull();
      return Optional.empty();
    }
    return Optional.of(json.nextString());
  }

  private ProgramCard.Text text() throws IOException {
    String en = null;
    String ja = null;
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "en" -> en = json.nextString();
        case "ja" -> ja = json.nextString();
        default -> throw new IllegalStateException("unknown key " + key);
      }
    }
    json.endObject();
    return new ProgramCard.Text(en, ja);
  }

  private ProgramCard.Watch watch() throws IOException {
    String symbol = null;
    String type = null;
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "symbol" -> symbol = json.nextString();
        case "type" -> type = json.nextString();
        default -> throw new IllegalStateException("unknown key " + key);
      }
    }
    json.endObject();
    return new ProgramCard.Watch(symbol, type);
  }
}
