package org.godwit.model.json;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Locale;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;

/**
 * Writes a scenario in the form that {@link ScenarioReader} reads: reading it back gives an equal
 * scenario. Every value is stated, also where it is the default; the order of keys is fixed.
 */
public final class ScenarioWriter {
  private final JsonWriter json;

  private ScenarioWriter(JsonWriter json) {
    this.json = json;
  }

  /** The scenario as an indented document that ends with a line feed. */
  public static String text(Scenario scenario) {
    StringWriter text = new StringWriter();
    try {
      write(scenario, text);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written", e);
    }
    return text.toString();
  }

  /** Writes {@link #text} to {@code out}, which stays open. */
  public static void write(Scenario scenario, Writer out) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    new ScenarioWriter(json).scenario(scenario);
    json.flush();
    out.write('\n');
    out.flush();
  }

  /** Writes it as a value within a larger document. */
  static void write(Scenario scenario, JsonWriter json) throws IOException {
    new ScenarioWriter(json).scenario(scenario);
  }

  private void scenario(Scenario scenario) throws IOException {
    json.beginObject();
    json.name("name").value(scenario.name());
    localText("title", scenario.title());
    localText("about", scenario.about());
    json.name("seed").value(scenario.seed());
    time("for", scenario.forNanos());
    json.name("clockDivisor").value(scenario.clockDivisor());
    json.name("kernel").value(scenario.kernel().text());
    json.name("policy").value(scenario.policy());
    json.name("epoch").value(Instant.ofEpochSecond(scenario.epochSeconds()).toString());
    json.name("costs").beginObject();
    time("call", scenario.costs().callNanos());
    time("message", scenario.costs().messageNanos());
    time("copyPerPage", scenario.costs().copyNanosPerPage());
    time("quantum", scenario.costs().quantumNanos());
    json.endObject();
    json.name("network").beginObject();
    json.name("megabitsPerSecond").value(scenario.network().megabitsPerSecond());
    time("latency", scenario.network().latencyNanos());
    json.endObject();
    json.name("nodes").beginArray();
    for (NodeSpec node : scenario.nodes()) {
      node(node);
    }
    json.endArray();
    json.name("links").beginArray();
    for (LinkSpec link : scenario.links()) {
      json.beginObject();
      link(link);
      json.endObject();
    }
    json.endArray();
    json.name("script").beginArray();
    for (Step step : scenario.script()) {
      json.beginObject();
      time("at", step.atNanos());
      command(step.command());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void localText(String key, LocalText text) throws IOException {
    json.name(key).beginObject();
    json.name("en").value(text.en());
    json.name("ja").value(text.ja());
    json.endObject();
  }

  private void time(String key, long nanos) throws IOException {
    json.name(key).value(Units.timeText(nanos));
  }

  private void node(NodeSpec node) throws IOException {
    json.beginObject();
    json.name("id").value(node.id());
    json.name("name").value(node.name());
    json.name("cpus").value(node.cpus());
    json.name("mhz").value(node.mhz());
    json.name("speed").value(node.speed());
    json.name("memory").value(Units.sizeText(node.memoryBytes()));
    json.name("x").value(node.x());
    json.name("y").value(node.y());
    if (node.boots()) {
      json.name("profile").value(node.profile());
    }
    if (!node.limits().equals(NodeLimits.DEFAULT)) {
      limits(node.limits());
    }
    if (!node.dfsa()) {
      json.name("dfsa").value(false);
    }
    json.endObject();
  }

  private void limits(NodeLimits limits) throws IOException {
    json.name("limits").beginObject();
    json.name("processes").value(limits.processes());
    json.name("threads").value(limits.threads());
    json.name("files").value(limits.files());
    json.name("openFiles").value(limits.openFiles());
    json.name("descriptors").value(limits.descriptors());
    json.name("fileSize").value(Units.sizeText(limits.fileBytes()));
    json.endObject();
  }

  private void link(LinkSpec link) throws IOException {
    json.name("a").value(link.a());
    json.name("b").value(link.b());
    json.name("megabitsPerSecond").value(link.megabitsPerSecond());
    time("latency", link.latencyNanos());
  }

  private void command(Command command) throws IOException {
    switch (command) {
      case Command.Launch launch -> {
        verb("launch");
        json.name("launch").value(launch.launch());
        json.name("node").value(launch.node());
        json.name("program").value(launch.program());
        json.name("arguments").beginArray();
        for (String argument : launch.arguments()) {
          json.value(argument);
        }
        json.endArray();
        json.name("count").value(launch.count());
        json.name("locked").value(launch.locked());
      }
      case Command.Migrate migrate -> {
        verb("migrate");
        process(migrate.process());
        switch (migrate.to()) {
          case Command.Migrate.HOME -> json.name("to").value("home");
          case Command.Migrate.BALANCE -> json.name("to").value("balance");
          default -> json.name("to").value(migrate.to());
        }
      }
      case Command.SetLock lock -> {
        verb(lock.locked() ? "lock" : "unlock");
        process(lock.process());
      }
      case Command.Signal signal -> {
        verb("signal");
        process(signal.process());
        json.name("signal").value(signal.signal());
      }
      case Command.OpenTerminal open -> {
        verb("openTerminal", open.node());
        json.name("terminal").value(open.terminal());
        json.name("program").value(open.program());
        json.name("arguments").beginArray();
        for (String argument : open.arguments()) {
          json.value(argument);
        }
        json.endArray();
        size(open.rows(), open.columns());
      }
      case Command.Type type -> {
        verb("type");
        json.name("terminal").value(type.terminal());
        json.name("bytes").value(type.bytes());
      }
      case Command.ResizeTerminal resize -> {
        verb("resizeTerminal");
        json.name("terminal").value(resize.terminal());
        size(resize.rows(), resize.columns());
      }
      case Command.CloseTerminal close -> {
        verb("closeTerminal");
        json.name("terminal").value(close.terminal());
      }
      case Command.AddNode add -> {
        verb("addNode");
        json.name("node");
        node(add.node());
      }
      case Command.RemoveNode remove -> verb("removeNode", remove.node());
      case Command.CrashNode crash -> verb("crashNode", crash.node());
      case Command.SetLink set -> {
        verb("setLink");
        link(set.link());
      }
      case Command.CutLink cut -> {
        verb("cutLink");
        json.name("a").value(cut.a());
        json.name("b").value(cut.b());
      }
      case Command.SetSwitch set -> {
        verb("setSwitch", set.node());
        json.name("switch").value(set.which().name().toLowerCase(Locale.ROOT));
        json.name("on").value(set.on());
      }
      case Command.Expel expel -> verb("expel", expel.node());
      case Command.Bring bring -> verb("bring", bring.node());
      case Command.SetSpeed set -> {
        verb("setSpeed", set.node());
        json.name("speed").value(set.speed());
      }
      case Command.SetPolicy set -> {
        verb("setPolicy");
        json.name("policy").value(set.policy());
      }
      case Command.InstallProgram _ ->
          throw new IllegalArgumentException("what a user adds is no step of a script");
      case Command.Advise _ ->
          throw new IllegalArgumentException("an answer is no step of a script");
    }
  }

  private void size(int rows, int columns) throws IOException {
    json.name("rows").value(rows);
    json.name("columns").value(columns);
  }

  private void verb(String name) throws IOException {
    json.name("do").value(name);
  }

  private void verb(String name, int node) throws IOException {
    verb(name);
    json.name("node").value(node);
  }

  private void process(ProcessRef process) throws IOException {
    json.name("process")
        .value(
            switch (process) {
              case ProcessRef.ById byId -> byId.id().toString();
              case ProcessRef.ByLaunch byLaunch -> byLaunch.launch() + "#" + byLaunch.index();
            });
  }
}
