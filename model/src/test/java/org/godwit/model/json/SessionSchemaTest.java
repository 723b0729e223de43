package org.godwit.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.session.HashLine;
import org.godwit.model.session.SessionHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published schema of session files says what the records say, and every line of every released
 * version's sample keeps it. After a wanted change: run with {@code -Dgodwit.rewrite=true}, look at
 * the difference, commit it. Samples stay for ever.
 */
class SessionSchemaTest {
  private static final Path SCHEMA = Path.of("../docs/schema/session.schema.json");
  private static final Path SAMPLES = Path.of("src/test/resources/sessions");
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** A line of each entry, by what {@code $defs} calls it. */
  private static final SortedMap<String, Class<? extends Record>> ENTRIES =
      new TreeMap<>(
          java.util.Map.of(
              "session.json", SessionHeader.class,
              "commands.jsonl", CommandRecord.class,
              "hashes.jsonl", HashLine.class,
              "events.jsonl", Event.class,
              "metrics.jsonl", Sample.class));

  private final SortedMap<String, JsonObject> definitions = new TreeMap<>();

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.sorted().toList();
    }
  }

  @Test
  void theSchemaSaysWhatTheRecordsSay() throws IOException {
    String text = PRETTY.toJson(schema()) + "\n";
    if (Boolean.getBoolean("godwit.rewrite")) {
      Files.writeString(SCHEMA, text);
    }
    assertThat(Files.readString(SCHEMA)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyLineOfEverySampleKeepsTheSchema(Path sample) throws IOException {
    int lines = 0;
    for (var entry : entries(sample).entrySet()) {
      String name = entry.getKey().replaceAll(".*/", "");
      if (ENTRIES.containsKey(name)) {
        JsonSchema schema = definition(name);
        for (String line : entry.getValue().lines().toList()) {
          assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
          lines++;
        }
      }
    }
    assertThat(lines).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'nonsense'}}",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'exited','process':'1001@1'}}",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'exited','process':'1001','status':0}}",
        "{'atNanos':1.5,'node':1,'sequence':0,'what':{'kind':'nodeUp','name':'a'}}",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'nodeUp','name':'a'},'more':1}",
      })
  void theSchemaRefusesOtherLines(String line) throws IOException {
    String good = "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'nodeUp','name':'a'}}";

    JsonSchema schema = definition("events.jsonl");
    assertThat(schema.validate(good.replace('\'', '"'), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(line.replace('\'', '"'), InputFormat.JSON)).isNotEmpty();
  }

  private static SortedMap<String, String> entries(Path file) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        if (each.getName().contains(".json")) {
          texts.put(each.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  private static JsonSchema definition(String entry) throws IOException {
    JsonObject schema = JsonParser.parseString(Files.readString(SCHEMA)).getAsJsonObject();
    schema.remove("oneOf");
    schema.addProperty("$ref", "#/$defs/" + ENTRIES.get(entry).getSimpleName());
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema.toString());
  }

  // ---------------------------------------------------------------- from records

  private JsonObject schema() {
    JsonObject schema = new JsonObject();
    schema.addProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.addProperty("$id", "urn:godwit:session");
    schema.addProperty("title", "Godwit session file, format version 1");
    schema.addProperty(
        "description",
        "The lines of the entries of a .godwit file: session.json is a SessionHeader, each line of"
            + " commands.jsonl a CommandRecord, of hashes.jsonl a HashLine, of events.jsonl an"
            + " Event, of metrics.jsonl a Sample. Made from the records of model by"
            + " SessionSchemaTest; what fields mean stands there.");
    JsonArray any = new JsonArray();
    for (Class<? extends Record> each : ENTRIES.values()) {
      any.add(of(each));
    }
    schema.add("oneOf", any);
    JsonObject all = new JsonObject();
    definitions.forEach(all::add);
    schema.add("$defs", all);
    return schema;
  }

  private JsonObject of(Type type) {
    if (type instanceof ParameterizedType list) {
      JsonObject schema = typed("array");
      schema.add("items", of(list.getActualTypeArguments()[0]));
      return schema;
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted == boolean.class || wanted == Boolean.class) {
      return typed("boolean");
    } else if (wanted == int.class || wanted == Integer.class) {
      return integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (wanted == long.class || wanted == Long.class) {
      return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (wanted == double.class) {
      return typed("number");
    } else if (wanted == String.class) {
      return typed("string");
    } else if (wanted == ProcessId.class) {
      JsonObject schema = typed("string");
      schema.addProperty("pattern", "^[1-9][0-9]*@[1-9][0-9]*$");
      return schema;
    } else if (wanted == StayReason.class) {
      return words(Arrays.stream(StayReason.values()).map(StayReason::word).toList());
    } else if (wanted.isEnum()) {
      List<String> words = new ArrayList<>();
      for (Object each : wanted.getEnumConstants()) {
        words.add(RecordCodec.camel((Enum<?>) each));
      }
      return words(words);
    } else if (wanted == Scenario.class) {
      JsonObject schema = typed("object");
      schema.addProperty("description", "As scenario.schema.json says.");
      return schema;
    }
    String name = name(wanted);
    if (!definitions.containsKey(name)) {
      definitions.put(name, new JsonObject()); // A type may hold itself.
      definitions.put(
          name,
          wanted == Problem.class
              ? problem()
              : wanted.isSealed() ? variants(wanted) : record(wanted, false));
    }
    JsonObject schema = new JsonObject();
    schema.addProperty("$ref", "#/$defs/" + name);
    return schema;
  }

  private static String name(Class<?> type) {
    return type.getEnclosingClass() == null
        ? type.getSimpleName()
        : type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName();
  }

  private JsonObject variants(Class<?> sealed) {
    JsonArray any = new JsonArray();
    for (Class<?> each : sealed.getPermittedSubclasses()) {
      any.add(record(each, true));
    }
    JsonObject schema = new JsonObject();
    schema.add("oneOf", any);
    return schema;
  }

  private JsonObject record(Class<?> type, boolean tagged) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    if (tagged) {
      JsonObject kind = new JsonObject();
      kind.addProperty("const", RecordCodec.kind(type));
      properties.add("kind", kind);
      required.add("kind");
    }
    for (RecordComponent each : type.getRecordComponents()) {
      properties.add(each.getName(), of(each.getGenericType()));
      if (!RecordCodec.NULLABLE.contains(type.getName() + "." + each.getName())) {
        required.add(each.getName());
      }
    }
    JsonObject schema = typed("object");
    schema.add("required", required);
    schema.addProperty("additionalProperties", false);
    schema.add("properties", properties);
    return schema;
  }

  private static JsonObject problem() {
    return JsonParser.parseString(
            "{'type':'object','required':['key','arguments'],'additionalProperties':false,"
                + "'properties':{'key':{'type':'string'},'arguments':{'type':'array','items':{"
                + "'oneOf':[{'type':['string','number']},{'type':'object','required':['long'],"
                + "'additionalProperties':false,'properties':{'long':{'type':'integer'}}}]}}}}")
        .getAsJsonObject();
  }

  private static JsonObject words(List<String> words) {
    JsonArray values = new JsonArray();
    words.forEach(values::add);
    JsonObject schema = new JsonObject();
    schema.add("enum", values);
    return schema;
  }

  private static JsonObject integer(long least, long greatest) {
    JsonObject schema = typed("integer");
    schema.addProperty("minimum", least);
    schema.addProperty("maximum", greatest);
    return schema;
  }

  private static JsonObject typed(String type) {
    JsonObject schema = new JsonObject();
    schema.addProperty("type", type);
    return schema;
  }
}
