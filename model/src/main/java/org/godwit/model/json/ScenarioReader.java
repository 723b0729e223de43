package org.godwit.model.json;

import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;

/**
 * Reads scenario files: JSON with times such as {@code "10s"} and sizes such as {@code "256MiB"};
 * the form is published as {@code docs/schema/scenario.schema.json}. Strict: unknown keys, wrong
 * types, impossible values and names of nodes or launches that cannot exist are refused with file,
 * line, column and JSON path. Only {@code nodes} must be given; everything else has the defaults of
 * the records.
 */
public final class ScenarioReader {
  /** Longest scenario file, in characters. */
  public static final int MAX_LENGTH = 4 << 20;

  /** Grid on which every step lies, in nanoseconds (decision 1). */
  static final long GRID_NANOS = 10_000;

  static final long MIN_LATENCY_NANOS = 20_000;
  static final long MAX_LATENCY_NANOS = 10_000_000_000L;
  static final long MAX_FOR_NANOS = 30L * 24 * 3_600_000_000_000L;
  static final long MAX_COST_NANOS = 1_000_000_000L;
  static final long MAX_EPOCH_SECONDS = 1L << 40;
  static final int MAX_NODES = 1024;

  private ScenarioReader() {}

  /**
   * The scenario in {@code reader}. Its name is the file's name without folders and ending, unless
   * it states one.
   *
   * @throws ProblemException with a located {@code json.*} or {@code scenario.*} problem, or {@code
   *     host.unreadable} if the reader fails
   */
  public static Scenario read(String fileName, Reader reader) throws ProblemException {
    return read(fileName, reader, List.of());
  }

  /**
   * The same, with values replaced first.
   *
   * @param settings {@code key=value} each, where the key is a path as in messages, without {@code
   *     $.}: {@code seed=7}, {@code network.latency=1ms}, {@code nodes[2].cpus=4} (the third node
   *     of the file). Text needs no quotes.
   */
  public static Scenario read(String fileName, Reader reader, List<String> settings)
      throws ProblemException {
    JsonValue document = JsonText.parse(fileName, readAll(fileName, reader));
    for (String setting : settings) {
      Settings.apply(document, setting);
    }
    return scenario(nameOf(fileName), document);
  }

  static Scenario scenario(String defaultName, JsonValue document) throws ProblemException {
    Fields fields =
        new Fields(
            document,
            "$schema",
            "name",
            "title",
            "about",
            "seed",
            "for",
            "clockDivisor",
            "kernel",
            "migration",
            "policy",
            "epoch",
            "costs",
            "network",
            "nodes",
            "links",
            "script");
    String name = fields.text("name", defaultName);
    LinkDefaults network = network(fields);
    List<NodeSpec> nodes = nodes(fields);
    return new Scenario(
        name,
        localText(fields, "title", name),
        localText(fields, "about", ""),
        fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1),
        onGrid(fields, "for", GRID_NANOS, MAX_FOR_NANOS, 60_000_000_000L),
        fields.int32("clockDivisor", 1, 1_000_000, 100),
        kernel(fields),
        policy(fields),
        epoch(fields),
        costs(fields),
        network,
        nodes,
        links(fields, nodes, network),
        script(fields, nodes, network),
        migration(fields));
  }

  static String readAll(String fileName, Reader reader) throws ProblemException {
    try {
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[8192];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
        if (text.length() > MAX_LENGTH) {
          throw new ProblemException(Problem.of("json.too-long", fileName, MAX_LENGTH));
        }
      }
      return text.toString();
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unreadable", fileName));
    }
  }

  private static String nameOf(String fileName) {
    String last =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    return last.toLowerCase(Locale.ROOT).endsWith(".json")
        ? last.substring(0, last.length() - ".json".length())
        : last;
  }

  static LocalText localText(Fields fields, String key, String otherwise) throws ProblemException {
    if (!fields.has(key)) {
      return new LocalText(otherwise, otherwise);
    }
    return localText(fields.get(key));
  }

  /** A string for everybody, or one for each language. */
  static LocalText localText(JsonValue value) throws ProblemException {
    if (value instanceof JsonValue.Text both) {
      return new LocalText(both.text(), both.text());
    }
    Fields texts = new Fields(value, "en", "ja");
    String english = texts.get("en").string();
    return new LocalText(english, texts.text("ja", english));
  }

  private static KernelVersion kernel(Fields fields) throws ProblemException {
    if (!fields.has("kernel")) {
      return KernelVersion.V2_4_26;
    }
    String text = fields.get("kernel").string();
    List<String> known = new ArrayList<>();
    for (KernelVersion version : KernelVersion.values()) {
      if (version.text().equals(text)) {
        return version;
      }
      known.add(version.text());
    }
    throw fields.get("kernel").place().refuse("json.not-one-of", text, String.join(", ", known));
  }

  /** Null for the usual one, so that headers of sessions say only what is special. */
  private static MigrationMethod migration(Fields fields) throws ProblemException {
    if (!fields.has("migration")) {
      return null;
    }
    String text = fields.get("migration").string();
    List<String> known = new ArrayList<>();
    for (MigrationMethod method : MigrationMethod.values()) {
      if (method.word().equals(text)) {
        return method == MigrationMethod.STOP_AND_COPY ? null : method;
      }
      known.add(method.word());
    }
    throw fields.get("migration").place().refuse("json.not-one-of", text, String.join(", ", known));
  }

  private static String policy(Fields fields) throws ProblemException {
    String policy = fields.text("policy", "openmosix");
    if (policy.isBlank()) {
      throw fields.get("policy").place().refuse("json.empty");
    }
    return policy;
  }

  /** Without a statement: the day openMosix began. */
  private static long epoch(Fields fields) throws ProblemException {
    if (!fields.has("epoch")) {
      return Instant.parse("2002-02-10T00:00:00Z").getEpochSecond();
    }
    JsonValue value = fields.get("epoch");
    if (value instanceof JsonValue.Text text) {
      try {
        long seconds = Instant.parse(text.text()).getEpochSecond();
        if (seconds >= 0 && seconds <= MAX_EPOCH_SECONDS) {
          return seconds;
        }
      } catch (DateTimeException e) {
        // Refused below, like an instant before 1970.
      }
      throw value.place().refuse("json.not-instant");
    }
    return value.integer(0, MAX_EPOCH_SECONDS);
  }

  private static CostModel costs(Fields fields) throws ProblemException {
    CostModel standard = CostModel.DEFAULT;
    if (!fields.has("costs")) {
      return standard;
    }
    Fields costs = new Fields(fields.get("costs"), "call", "message", "copyPerPage", "quantum");
    return new CostModel(
        costs.nanos("call", 0, MAX_COST_NANOS, standard.callNanos()),
        costs.nanos("message", 0, MAX_COST_NANOS, standard.messageNanos()),
        costs.nanos("copyPerPage", 0, MAX_COST_NANOS, standard.copyNanosPerPage()),
        onGrid(costs, "quantum", GRID_NANOS, MAX_COST_NANOS, standard.quantumNanos()));
  }

  private static LinkDefaults network(Fields fields) throws ProblemException {
    LinkDefaults standard = LinkDefaults.DEFAULT;
    if (!fields.has("network")) {
      return standard;
    }
    Fields network = new Fields(fields.get("network"), "megabitsPerSecond", "latency");
    return new LinkDefaults(
        bandwidth(network, standard.megabitsPerSecond()),
        latency(network, standard.latencyNanos()));
  }

  private static int bandwidth(Fields fields, int otherwise) throws ProblemException {
    return fields.int32("megabitsPerSecond", 1, 1_000_000, otherwise);
  }

  private static long latency(Fields fields, long otherwise) throws ProblemException {
    return fields.nanos("latency", MIN_LATENCY_NANOS, MAX_LATENCY_NANOS, otherwise);
  }

  private static List<NodeSpec> nodes(Fields fields) throws ProblemException {
    List<JsonValue> items = fields.get("nodes").items().list();
    if (items.isEmpty() || items.size() > MAX_NODES) {
      throw fields
          .get("nodes")
          .place()
          .refuse("json.out-of-range", items.size() + "", 1, MAX_NODES);
    }
    List<NodeSpec> nodes = new ArrayList<>();
    for (JsonValue item : items) {
      NodeSpec node = node(item, nodes.size());
      for (NodeSpec other : nodes) {
        if (other.id() == node.id()) {
          throw item.place().refuse("scenario.repeated-node", node.id());
        }
        if (other.name().equals(node.name())) {
          throw item.place().refuse("scenario.repeated-node-name", node.name());
        }
      }
      nodes.add(node);
    }
    nodes.sort(Comparator.comparingInt(NodeSpec::id));
    return nodes;
  }

  /** A node; one without a place gets the {@code index}-th of a grid three cards wide. */
  static NodeSpec node(JsonValue value, int index) throws ProblemException {
    Fields fields =
        new Fields(
            value, "id", "name", "cpus", "mhz", "speed", "memory", "x", "y", "profile", "limits",
            "dfsa");
    int id = fields.int32("id", 1, 65535);
    int mhz = fields.int32("mhz", 1, 100_000, 800);
    return new NodeSpec(
        id,
        nodeName(fields, id),
        fields.int32("cpus", 1, 64, 1),
        mhz,
        fields.int32("speed", 1, 10_000_000, mhz * 10),
        fields.bytes("memory", 4L << 20, 1L << 40, 256L << 20),
        fields.has("x") ? fields.get("x").number() : 64 + index % 3 * 320,
        fields.has("y") ? fields.get("y").number() : 64 + index / 3 * 240,
        profile(fields),
        limits(fields),
        fields.flag("dfsa", true));
  }

  private static NodeLimits limits(Fields fields) throws ProblemException {
    NodeLimits standard = NodeLimits.DEFAULT;
    if (!fields.has("limits")) {
      return standard;
    }
    Fields limits =
        new Fields(
            fields.get("limits"),
            "processes",
            "threads",
            "files",
            "openFiles",
            "descriptors",
            "fileSize");
    return new NodeLimits(
        limits.int32("processes", 1, 4096, standard.processes()),
        limits.int32("threads", 1, 4096, standard.threads()),
        limits.int32("files", 256, 1 << 20, standard.files()),
        limits.int32("openFiles", 64, 1 << 20, standard.openFiles()),
        limits.int32("descriptors", 16, 65_536, standard.descriptors()),
        limits.bytes("fileSize", 4096, 1L << 40, standard.fileBytes()));
  }

  /** Whether there is such a profile is known where the session is opened. */
  private static String profile(Fields fields) throws ProblemException {
    if (!fields.has("profile")) {
      return null;
    }
    String profile = fields.get("profile").string();
    if (!profile.matches("[a-z0-9]([a-z0-9-]{0,62})")) {
      throw fields.get("profile").place().refuse("scenario.bad-profile-name", profile);
    }
    return profile;
  }

  private static String nodeName(Fields fields, int id) throws ProblemException {
    String name = fields.text("name", "node" + id);
    if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,62})")) {
      throw fields.get("name").place().refuse("scenario.bad-node-name", name);
    }
    return name;
  }

  private static List<LinkSpec> links(Fields fields, List<NodeSpec> nodes, LinkDefaults network)
      throws ProblemException {
    List<LinkSpec> links = new ArrayList<>();
    if (!fields.has("links")) {
      return links;
    }
    for (JsonValue item : fields.get("links").items().list()) {
      Fields link = new Fields(item, "a", "b", "megabitsPerSecond", "latency");
      LinkSpec spec = link(link, network);
      for (String end : List.of("a", "b")) {
        int id = link.int32(end, 1, 65535);
        if (nodes.stream().noneMatch(node -> node.id() == id)) {
          throw link.get(end).place().refuse("scenario.unknown-node", id);
        }
      }
      for (LinkSpec other : links) {
        if (other.a() == spec.a() && other.b() == spec.b()) {
          throw item.place().refuse("scenario.repeated-link", spec.a(), spec.b());
        }
      }
      links.add(spec);
    }
    links.sort(Comparator.comparingInt(LinkSpec::a).thenComparingInt(LinkSpec::b));
    return links;
  }

  static LinkSpec link(Fields fields, LinkDefaults network) throws ProblemException {
    int a = fields.int32("a", 1, 65535);
    int b = fields.int32("b", 1, 65535);
    if (a == b) {
      throw fields.place().refuse("scenario.link-to-itself", a);
    }
    return new LinkSpec(
        a,
        b,
        bandwidth(fields, network.megabitsPerSecond()),
        latency(fields, network.latencyNanos()));
  }

  private static List<Step> script(Fields fields, List<NodeSpec> nodes, LinkDefaults network)
      throws ProblemException {
    if (!fields.has("script")) {
      return List.of();
    }
    return new ScriptReader(nodes, network).read(fields.get("script").items().list());
  }

  static long onGrid(Fields fields, String key, long min, long max, long otherwise)
      throws ProblemException {
    long nanos = fields.nanos(key, min, max, otherwise);
    if (nanos % GRID_NANOS != 0) {
      throw fields.get(key).place().refuse("json.off-grid", Units.timeText(nanos));
    }
    return nanos;
  }
}
