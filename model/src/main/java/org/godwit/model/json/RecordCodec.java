package org.godwit.model.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.policy.Verdict;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.session.SessionHeader;

/**
 * The mapping that {@link JsonLines} describes, by the components of the records themselves, so
 * that a new event or command needs no line here. Stateless.
 */
final class RecordCodec {
  /** Components that may be null, as their documentation says. Only ever asked, never walked. */
  static final Set<String> NULLABLE =
      Set.of(
          CommandRecord.class.getName() + ".refused",
          Decision.class.getName() + ".verdict",
          Command.InstallProgram.class.getName() + ".sha256",
          Decision.class.getName() + ".chosen",
          Decision.Candidate.class.getName() + ".excluded",
          Decision.class.getName() + ".inputs",
          Decision.Target.class.getName() + ".verdict",
          Decision.Target.class.getName() + ".marginal",
          Migration.class.getName() + ".early",
          Migration.class.getName() + ".cargo",
          Migration.class.getName() + ".course",
          Happening.PagesFetched.class.getName() + ".waitedNanos",
          Scenario.class.getName() + ".migration",
          Happening.Output.class.getName() + ".owner",
          NodeSpec.class.getName() + ".dfsa",
          NodeSpec.class.getName() + ".limits",
          NodeSpec.class.getName() + ".profile",
          SessionHeader.class.getName() + ".inputs",
          SessionHeader.Inputs.class.getName() + ".root",
          SessionHeader.Inputs.class.getName() + ".standardInput",
          SessionHeader.class.getName() + ".roots",
          StayEvidence.class.getName() + ".length",
          Verdict.class.getName() + ".process",
          StayEvidence.class.getName() + ".descriptor");

  /** Looking a record up anew for every line would cost ten times the rest. */
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private RecordCodec() {}

  /**
   * What reflection knows of a record type.
   *
   * @param kind its name as a variant
   * @param parts its components, in order
   * @param keys their names
   * @param taggedKeys the same after {@code kind}
   * @param maker its constructor
   */
  private record Shape(
      String kind, List<Part> parts, String[] keys, String[] taggedKeys, Constructor<?> maker) {
    static Shape of(Class<?> type) {
      List<Part> parts = new ArrayList<>();
      List<String> keys = new ArrayList<>(List.of("kind"));
      List<Class<?>> types = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        boolean nullable = NULLABLE.contains(type.getName() + "." + component.getName());
        parts.add(
            new Part(
                component.getName(),
                component.getGenericType(),
                component.getAccessor(),
                nullable));
        keys.add(component.getName());
        types.add(component.getType());
      }
      try {
        return new Shape(
            RecordCodec.kind(type),
            List.copyOf(parts),
            keys.subList(1, keys.size()).toArray(new String[0]),
            keys.toArray(new String[0]),
            type.getDeclaredConstructor(types.toArray(new Class<?>[0])));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("a record without its constructor: " + type, e);
      }
    }
  }

  /** A component of a record type. */
  private record Part(String name, Type type, Method accessor, boolean nullable) {}

  // Writing

  static void write(JsonWriter json, Type declared, Object value) throws IOException {
    switch (value) {
      case Boolean flag -> json.value(flag);
      case Integer number -> json.value(number);
      case Long number -> json.value(number);
      case Double number -> json.value(number);
      case String text -> json.value(text);
      case ProcessId id -> json.value(id.toString());
      case StayReason reason -> json.value(reason.word());
      case Enum<?> constant -> json.value(camel(constant));
      case List<?> list -> {
        Type element = ((ParameterizedType) declared).getActualTypeArguments()[0];
        json.beginArray();
        for (Object each : list) {
          write(json, element, each);
        }
        json.endArray();
      }
      case Scenario scenario -> ScenarioWriter.write(scenario, json);
      case Problem problem -> problem(json, problem);
      case Record record -> record(json, declared, record);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static void record(JsonWriter json, Type declared, Record record) throws IOException {
    Shape shape = SHAPES.get(record.getClass());
    json.beginObject();
    if (declared instanceof Class<?> type && type.isSealed()) {
      json.name("kind").value(shape.kind());
    }
    for (Part part : shape.parts()) {
      Object value = value(record, part);
      if (value != null) {
        json.name(part.name());
        write(json, part.type(), value);
      } else if (!part.nullable()) {
        throw new IllegalArgumentException(part.name() + " is null in " + record);
      }
    }
    json.endObject();
  }

  private static Object value(Record record, Part part) {
    try {
      return part.accessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + part.name() + " of " + record, e);
    }
  }

  private static void problem(JsonWriter json, Problem problem) throws IOException {
    json.beginObject();
    json.name("key").value(problem.key());
    json.name("arguments").beginArray();
    for (Object argument : problem.arguments()) {
      if (argument instanceof Long number && number == number.intValue()) {
        json.beginObject().name("long").value(number).endObject();
      } else if (argument instanceof String
          || argument instanceof Integer
          || argument instanceof Long
          || argument instanceof Double) {
        write(json, Object.class, argument);
      } else {
        throw new IllegalArgumentException("no argument of a problem: " + argument.getClass());
      }
    }
    json.endArray();
    json.endObject();
  }

  // Reading

  static Object read(JsonValue json, Type declared) throws ProblemException {
    if (declared instanceof ParameterizedType list && list.getRawType() == List.class) {
      List<Object> values = new ArrayList<>();
      for (JsonValue each : json.items().list()) {
        values.add(read(each, list.getActualTypeArguments()[0]));
      }
      return values;
    }
    Class<?> type = (Class<?>) declared;
    if (type == boolean.class || type == Boolean.class) {
      return json.flag();
    } else if (type == int.class || type == Integer.class) {
      return (int) json.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      return json.integer(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class) {
      return json.number();
    } else if (type == String.class) {
      return json.string();
    } else if (type == ProcessId.class) {
      Optional<ProcessId> id = ProcessId.parse(json.string());
      return id.orElseThrow(() -> json.place().refuse("json.impossible"));
    } else if (type == StayReason.class) {
      Optional<StayReason> reason = StayReason.ofWord(json.string());
      return reason.orElseThrow(() -> json.place().refuse("json.impossible"));
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (camel((Enum<?>) constant).equals(json.string())) {
          return constant;
        }
      }
      throw json.place().refuse("json.impossible");
    } else if (type == Scenario.class) {
      return ScenarioReader.scenario("", json);
    } else if (type == Problem.class) {
      return problem(json);
    } else if (type.isSealed()) {
      return variant(json, type);
    } else {
      return record(json, type, false);
    }
  }

  private static Object variant(JsonValue json, Class<?> sealed) throws ProblemException {
    JsonValue kind = json.members().map().get("kind");
    if (kind == null) {
      throw json.place().refuse("json.missing-key", "kind");
    }
    for (Class<?> each : sealed.getPermittedSubclasses()) {
      if (SHAPES.get(each).kind().equals(kind.string())) {
        return record(json, each, true);
      }
    }
    throw kind.place().refuse("json.unknown-kind", kind.string());
  }

  private static Object record(JsonValue json, Class<?> type, boolean tagged)
      throws ProblemException {
    Shape shape = SHAPES.get(type);
    Fields fields = new Fields(json, tagged ? shape.taggedKeys() : shape.keys());
    Object[] values = new Object[shape.parts().size()];
    for (int i = 0; i < values.length; i++) {
      Part part = shape.parts().get(i);
      if (fields.has(part.name()) || !part.nullable()) {
        values[i] = read(fields.get(part.name()), part.type());
      }
    }
    try {
      return shape.maker().newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        throw json.place().refuse("json.impossible");
      }
      throw new IllegalStateException("cannot make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  private static Problem problem(JsonValue json) throws ProblemException {
    Fields fields = new Fields(json, "key", "arguments");
    List<Object> arguments = new ArrayList<>();
    for (JsonValue each : fields.get("arguments").items().list()) {
      arguments.add(
          switch (each) {
            case JsonValue.Text text -> text.text();
            case JsonValue.Numeral numeral when !numeral.isInteger() -> numeral.number();
            case JsonValue.Numeral numeral -> {
              long number = numeral.integer(Long.MIN_VALUE, Long.MAX_VALUE);
              if (number == (int) number) {
                yield (int) number;
              }
              yield number;
            }
            case JsonValue.Members tagged ->
                new Fields(tagged, "long").integer("long", Long.MIN_VALUE, Long.MAX_VALUE);
            default -> throw each.place().refuse("json.impossible");
          });
    }
    return new Problem(fields.get("key").string(), arguments);
  }

  // Names

  static String kind(Class<?> type) {
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  static String camel(Enum<?> constant) {
    StringBuilder camel = new StringBuilder();
    boolean large = false;
    for (char c : constant.name().toCharArray()) {
      if (c == '_') {
        large = true;
      } else {
        camel.append(large ? c : Character.toLowerCase(c));
        large = false;
      }
    }
    return camel.toString();
  }
}
