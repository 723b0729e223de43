package org.godwit.model.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
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
 * Reads what {@link JsonLines} describes, by the components of the records themselves, so that a
 * new event or command needs no line here. Stateless. {@link LineBuffer} writes it.
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

  private RecordCodec() {}

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
      if (Shape.of(each).kind().equals(kind.string())) {
        return record(json, each, true);
      }
    }
    throw kind.place().refuse("json.unknown-kind", kind.string());
  }

  private static Object record(JsonValue json, Class<?> type, boolean tagged)
      throws ProblemException {
    Shape shape = Shape.of(type);
    Fields fields = new Fields(json, tagged ? shape.taggedKeys() : shape.keys());
    Object[] values = new Object[shape.parts().length];
    for (int i = 0; i < values.length; i++) {
      Shape.Part part = shape.parts()[i];
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
