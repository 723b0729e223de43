package org.godwit.model.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Step;

/**
 * Reads a scenario's script: objects with {@code at}, {@code do} and what the verb needs. Steps are
 * put in order of time, those of one instant in order of the file, and then checked as they would
 * happen: a step may name only nodes and launches that earlier ones (or the scenario) made.
 */
final class ScriptReader {
  /** Names of the signals of Linux on RISC-V that a script may use instead of numbers. */
  private static final SortedMap<String, Integer> SIGNALS = new TreeMap<>();

  static {
    SIGNALS.put("HUP", 1);
    SIGNALS.put("INT", 2);
    SIGNALS.put("QUIT", 3);
    SIGNALS.put("KILL", 9);
    SIGNALS.put("USR1", 10);
    SIGNALS.put("USR2", 12);
    SIGNALS.put("TERM", 15);
    SIGNALS.put("CONT", 18);
    SIGNALS.put("STOP", 19);
  }

  private static final List<String> VERBS =
      List.of(
          "launch",
          "migrate",
          "lock",
          "unlock",
          "signal",
          "openTerminal",
          "type",
          "resizeTerminal",
          "closeTerminal",
          "addNode",
          "removeNode",
          "crashNode",
          "setLink",
          "cutLink",
          "setSwitch",
          "expel",
          "bring",
          "setSpeed",
          "setPolicy");

  private final LinkDefaults network;
  private final Set<Integer> known = new HashSet<>();
  private final Set<Integer> present = new HashSet<>();
  private final Map<String, Integer> launches = new HashMap<>();
  private final Set<String> terminals = new HashSet<>();
  private int nodesSoFar;

  /** A reader for a scenario that starts with {@code nodes}. */
  ScriptReader(List<NodeSpec> nodes, LinkDefaults network) {
    this.network = network;
    nodes.forEach(node -> known.add(node.id()));
    present.addAll(known);
    nodesSoFar = nodes.size();
  }

  private record Timed(long atNanos, JsonValue value) {}

  List<Step> read(List<JsonValue> items) throws ProblemException {
    List<Timed> timed = new ArrayList<>();
    for (JsonValue item : items) {
      JsonValue.Members members = item.members();
      if (!members.map().containsKey("at")) {
        throw item.place().refuse("json.missing-key", "at");
      }
      Fields at = new Fields(new JsonValue.Members(item.place(), only(members, "at")), "at");
      timed.add(
          new Timed(ScenarioReader.onGrid(at, "at", 0, ScenarioReader.MAX_FOR_NANOS, 0), item));
    }
    timed.sort(Comparator.comparingLong(Timed::atNanos));
    List<Step> steps = new ArrayList<>();
    for (Timed each : timed) {
      steps.add(new Step(each.atNanos, command(each.value)));
    }
    return steps;
  }

  private static LinkedHashMap<String, JsonValue> only(JsonValue.Members members, String key) {
    LinkedHashMap<String, JsonValue> one = new LinkedHashMap<>();
    one.put(key, members.map().get(key));
    return one;
  }

  private Command command(JsonValue item) throws ProblemException {
    JsonValue verb = item.members().map().get("do");
    if (verb == null) {
      throw item.place().refuse("json.missing-key", "do");
    }
    return switch (verb.string()) {
      case "launch" -> launch(item);
      case "migrate" -> {
        Fields step = fields(item, "process", "to");
        yield new Command.Migrate(process(step), target(step));
      }
      case "lock" -> new Command.SetLock(process(fields(item, "process")), true);
      case "unlock" -> new Command.SetLock(process(fields(item, "process")), false);
      case "signal" -> {
        Fields step = fields(item, "process", "signal");
        yield new Command.Signal(process(step), signal(step.get("signal")));
      }
      case "openTerminal" -> openTerminal(item);
      case "type" -> type(item);
      case "resizeTerminal" -> {
        Fields step = fields(item, "terminal", "rows", "columns");
        yield new Command.ResizeTerminal(
            terminal(step), step.int32("rows", 1, 1000), step.int32("columns", 1, 1000));
      }
      case "closeTerminal" -> new Command.CloseTerminal(terminal(fields(item, "terminal")));
      case "addNode" -> addNode(item);
      case "removeNode" -> {
        int node = node(fields(item, "node"), "node");
        present.remove(node);
        yield new Command.RemoveNode(node);
      }
      case "crashNode" -> {
        int node = node(fields(item, "node"), "node");
        present.remove(node);
        yield new Command.CrashNode(node);
      }
      case "setLink" -> {
        Fields step = fields(item, "a", "b", "megabitsPerSecond", "latency");
        node(step, "a");
        node(step, "b");
        yield new Command.SetLink(ScenarioReader.link(step, network));
      }
      case "cutLink" -> {
        Fields step = fields(item, "a", "b");
        int a = node(step, "a");
        int b = node(step, "b");
        if (a == b) {
          throw item.place().refuse("scenario.link-to-itself", a);
        }
        yield new Command.CutLink(a, b);
      }
      case "setSwitch" -> {
        Fields step = fields(item, "node", "switch", "on");
        yield new Command.SetSwitch(
            node(step, "node"), nodeSwitch(step.get("switch")), step.flag("on", true));
      }
      case "expel" -> new Command.Expel(node(fields(item, "node"), "node"));
      case "bring" -> new Command.Bring(node(fields(item, "node"), "node"));
      case "setSpeed" -> {
        Fields step = fields(item, "node", "speed");
        yield new Command.SetSpeed(node(step, "node"), step.int32("speed", 1, 10_000_000));
      }
      case "setPolicy" -> {
        Fields step = fields(item, "policy");
        String policy = step.get("policy").string();
        if (policy.isBlank()) {
          throw step.get("policy").place().refuse("json.empty");
        }
        yield new Command.SetPolicy(policy);
      }
      default ->
          throw verb.place().refuse("json.not-one-of", verb.string(), String.join(", ", VERBS));
    };
  }

  private static Fields fields(JsonValue item, String... keys) throws ProblemException {
    String[] all = new String[keys.length + 2];
    all[0] = "at";
    all[1] = "do";
    System.arraycopy(keys, 0, all, 2, keys.length);
    return new Fields(item, all);
  }

  private Command launch(JsonValue item) throws ProblemException {
    Fields step = fields(item, "launch", "node", "program", "arguments", "count", "locked");
    int node = node(step, "node");
    String program = step.get("program").string();
    if (program.isBlank()) {
      throw step.get("program").place().refuse("json.empty");
    }
    List<String> arguments = arguments(step);
    int count = step.int32("count", 1, 10_000, 1);
    String launch = step.has("launch") ? step.get("launch").string() : freeName(program);
    if (launch.isBlank() || launch.indexOf('#') >= 0 || launch.indexOf('@') >= 0) {
      throw step.get("launch").place().refuse("scenario.bad-launch", launch);
    }
    if (launches.putIfAbsent(launch, count) != null) {
      throw step.get("launch").place().refuse("scenario.repeated-launch", launch);
    }
    return new Command.Launch(launch, node, program, arguments, count, step.flag("locked", false));
  }

  private static List<String> arguments(Fields step) throws ProblemException {
    List<String> arguments = new ArrayList<>();
    if (step.has("arguments")) {
      for (JsonValue argument : step.get("arguments").items().list()) {
        String text = argument.string();
        if (text.indexOf('\0') >= 0) {
          throw argument.place().refuse("scenario.zero-in-argument");
        }
        arguments.add(text);
      }
    }
    return arguments;
  }

  private Command openTerminal(JsonValue item) throws ProblemException {
    Fields step = fields(item, "terminal", "node", "program", "arguments", "rows", "columns");
    int node = node(step, "node");
    String program = step.get("program").string();
    if (program.isBlank()) {
      throw step.get("program").place().refuse("json.empty");
    }
    String terminal = step.get("terminal").string();
    if (terminal.isBlank()) {
      throw step.get("terminal").place().refuse("json.empty");
    }
    if (!terminals.add(terminal)) {
      throw step.get("terminal").place().refuse("scenario.repeated-terminal", terminal);
    }
    return new Command.OpenTerminal(
        terminal,
        node,
        program,
        arguments(step),
        step.int32("rows", 1, 1000, 24),
        step.int32("columns", 1, 1000, 80));
  }

  /** {@code bytes}: a char a byte; or {@code text}, which is sent as UTF-8. */
  private Command type(JsonValue item) throws ProblemException {
    Fields step = fields(item, "terminal", "bytes", "text");
    String key = step.has("text") ? "text" : "bytes";
    String bytes = step.get(key).string();
    if (key.equals("text")) {
      bytes = new String(bytes.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
    if (bytes.length() > 4096 || !bytes.chars().allMatch(c -> c < 256)) {
      throw step.get(key).place().refuse("scenario.bad-keys");
    }
    return new Command.Type(terminal(step), bytes);
  }

  private String terminal(Fields step) throws ProblemException {
    String terminal = step.get("terminal").string();
    if (!terminals.contains(terminal)) {
      throw step.get("terminal").place().refuse("scenario.unknown-terminal", terminal);
    }
    return terminal;
  }

  /** {@code spin}, or {@code spin-2}, {@code spin-3} ... when that is taken. */
  private String freeName(String program) {
    String base = program.replace('#', '-').replace('@', '-');
    String name = base;
    for (int n = 2; launches.containsKey(name); n++) {
      name = base + "-" + n;
    }
    return name;
  }

  private Command addNode(JsonValue item) throws ProblemException {
    Fields step = fields(item, "node");
    NodeSpec node = ScenarioReader.node(step.get("node"), nodesSoFar++);
    if (!present.add(node.id())) {
      throw step.get("node").place().refuse("scenario.repeated-node", node.id());
    }
    known.add(node.id());
    return new Command.AddNode(node);
  }

  private int node(Fields step, String key) throws ProblemException {
    int node = step.int32(key, 1, 65535);
    if (!known.contains(node)) {
      throw step.get(key).place().refuse("scenario.unknown-node", node);
    }
    return node;
  }

  private int target(Fields step) throws ProblemException {
    if (step.get("to") instanceof JsonValue.Text text) {
      return switch (text.text()) {
        case "home" -> Command.Migrate.HOME;
        case "balance" -> Command.Migrate.BALANCE;
        default -> throw text.place().refuse("json.not-one-of", text.text(), "home, balance");
      };
    }
    return node(step, "to");
  }

  private ProcessRef process(Fields step) throws ProblemException {
    JsonValue value = step.get("process");
    String text = value.string();
    Optional<ProcessId> id = ProcessId.parse(text);
    if (id.isPresent()) {
      if (!known.contains(id.get().home())) {
        throw value.place().refuse("scenario.unknown-node", id.get().home());
      }
      return new ProcessRef.ById(id.get());
    }
    int hash = text.indexOf('#');
    String launch = hash < 0 ? text : text.substring(0, hash);
    Integer count = launches.get(launch);
    if (count == null) {
      throw value.place().refuse("scenario.unknown-launch", launch);
    }
    String index = hash < 0 ? "0" : text.substring(hash + 1);
    if (!index.matches("[0-9]{1,5}")) {
      throw value.place().refuse("scenario.bad-process", text);
    }
    if (Integer.parseInt(index) >= count) {
      throw value.place().refuse("scenario.index-beyond-launch", text, count);
    }
    return new ProcessRef.ByLaunch(launch, Integer.parseInt(index));
  }

  private static int signal(JsonValue value) throws ProblemException {
    if (value instanceof JsonValue.Text text) {
      String name = text.text().toUpperCase(Locale.ROOT);
      Integer number = SIGNALS.get(name.startsWith("SIG") ? name.substring(3) : name);
      if (number == null) {
        throw value
            .place()
            .refuse("json.not-one-of", text.text(), String.join(", ", SIGNALS.keySet()));
      }
      return number;
    }
    return (int) value.integer(1, 64);
  }

  private static NodeSwitch nodeSwitch(JsonValue value) throws ProblemException {
    List<String> names = new ArrayList<>();
    for (NodeSwitch each : NodeSwitch.values()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (name.equals(value.string())) {
        return each;
      }
      names.add(name);
    }
    throw value.place().refuse("json.not-one-of", value.string(), String.join(", ", names));
  }
}
