package org.godwit.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioReaderTest {
  /** Every verb and every key. */
  private static final String FULL =
      """
      {
        "title": {"en": "Full", "ja": "全部"},
        "about": "one text for both",
        "seed": -9223372036854775808,
        "for": "1.5min",
        "clockDivisor": 1,
        "kernel": "2.4.16",
        "policy": "none",
        "epoch": "2003-05-01T12:00:00Z",
        "costs": {"call": "3us", "message": "0ns", "copyPerPage": "1500ns", "quantum": "20ms"},
        "network": {"megabitsPerSecond": 10, "latency": "20us"},
        "nodes": [
          {"id": 7, "name": "far", "cpus": 64, "mhz": 1000, "speed": 9000, "memory": "1GiB", "x": -1.5, "y": 2,
           "limits": {"processes": 9, "threads": 8, "files": 256, "openFiles": 64, "descriptors": 16, "fileSize": "4KiB"}},
          {"id": 1}
        ],
        "links": [{"b": 1, "a": 7, "latency": "5ms"}],
        "script": [
          {"at": "2s", "do": "lock", "process": "spin#1"},
          {"at": "1s", "do": "launch", "node": 1, "program": "spin", "arguments": ["7", "é"], "count": 2},
          {"at": "1s", "do": "launch", "node": 7, "program": "spin", "locked": true},
          {"at": "3s", "do": "unlock", "process": "1001@1"},
          {"at": "4s", "do": "migrate", "process": "spin-2", "to": 1},
          {"at": "4s", "do": "migrate", "process": "spin#0", "to": "home"},
          {"at": "4s", "do": "migrate", "process": "spin#0", "to": "balance"},
          {"at": "5s", "do": "signal", "process": "spin#0", "signal": "SIGSTOP"},
          {"at": "5s", "do": "signal", "process": "spin#0", "signal": 18},
          {"at": "6s", "do": "addNode", "node": {"id": 9}},
          {"at": "7s", "do": "setLink", "a": 9, "b": 1, "megabitsPerSecond": 1000},
          {"at": "8s", "do": "cutLink", "a": 1, "b": 9},
          {"at": "9s", "do": "setSwitch", "node": 9, "switch": "lstay"},
          {"at": "9s", "do": "setSwitch", "node": 9, "switch": "block", "on": false},
          {"at": "10s", "do": "expel", "node": 7},
          {"at": "11s", "do": "bring", "node": 1},
          {"at": "12s", "do": "setSpeed", "node": 1, "speed": 12345},
          {"at": "13s", "do": "setPolicy", "policy": "openmosix"},
          {"at": "13s", "do": "openTerminal", "terminal": "t", "node": 1, "program": "/bin/sh"},
          {"at": "13s", "do": "type", "terminal": "t", "text": "é\\r"},
          {"at": "13s", "do": "type", "terminal": "t", "bytes": "\\u0003\\u00ff"},
          {"at": "13s", "do": "resizeTerminal", "terminal": "t", "rows": 2, "columns": 3},
          {"at": "13s", "do": "closeTerminal", "terminal": "t"},
          {"at": "14s", "do": "removeNode", "node": 9},
          {"at": "15s", "do": "crashNode", "node": 7}
        ]
      }
      """;

  @Test
  void readsEveryKeyAndEveryVerb() throws ProblemException {
    Scenario full = read("some/dir/full.json", FULL);

    assertThat(full.name()).isEqualTo("full");
    assertThat(full.title().in("ja")).isEqualTo("全部");
    assertThat(full.about().in("ja")).isEqualTo("one text for both");
    assertThat(full.seed()).isEqualTo(Long.MIN_VALUE);
    assertThat(full.forNanos()).isEqualTo(90_000_000_000L);
    assertThat(full.kernel()).isEqualTo(KernelVersion.V2_4_16);
    assertThat(full.epochSeconds()).isEqualTo(1_051_790_400L);
    assertThat(full.costs().copyNanosPerPage()).isEqualTo(1_500);
    assertThat(full.nodes())
        .containsExactly(
            new NodeSpec(1, "node1", 1, 800, 8000, 256L << 20, 384, 64),
            new NodeSpec(
                7,
                "far",
                64,
                1000,
                9000,
                1L << 30,
                -1.5,
                2,
                null,
                new NodeLimits(9, 8, 256, 64, 16, 4096)));
    assertThat(full.links()).containsExactly(new LinkSpec(1, 7, 10, 5_000_000));
    assertThat(full.script())
        .containsExactly(
            step(1, new Command.Launch("spin", 1, "spin", List.of("7", "é"), 2, false)),
            step(1, new Command.Launch("spin-2", 7, "spin", List.of(), 1, true)),
            step(2, new Command.SetLock(spin(1), true)),
            step(3, new Command.SetLock(new ProcessRef.ById(new ProcessId(1, 1001)), false)),
            step(4, new Command.Migrate(new ProcessRef.ByLaunch("spin-2", 0), 1)),
            step(4, new Command.Migrate(spin(0), Command.Migrate.HOME)),
            step(4, new Command.Migrate(spin(0), Command.Migrate.BALANCE)),
            step(5, new Command.Signal(spin(0), 19)),
            step(5, new Command.Signal(spin(0), 18)),
            step(
                6,
                new Command.AddNode(new NodeSpec(9, "node9", 1, 800, 8000, 256L << 20, 704, 64))),
            step(7, new Command.SetLink(new LinkSpec(1, 9, 1000, 20_000))),
            step(8, new Command.CutLink(1, 9)),
            step(9, new Command.SetSwitch(9, NodeSwitch.LSTAY, true)),
            step(9, new Command.SetSwitch(9, NodeSwitch.BLOCK, false)),
            step(10, new Command.Expel(7)),
            step(11, new Command.Bring(1)),
            step(12, new Command.SetSpeed(1, 12345)),
            step(13, new Command.SetPolicy("openmosix")),
            step(13, new Command.OpenTerminal("t", 1, "/bin/sh", List.of(), 24, 80)),
            step(13, new Command.Type("t", "\u00c3\u00a9\r")),
            step(13, new Command.Type("t", "\u0003\u00ff")),
            step(13, new Command.ResizeTerminal("t", 2, 3)),
            step(13, new Command.CloseTerminal("t")),
            step(14, new Command.RemoveNode(9)),
            step(15, new Command.CrashNode(7)));
  }

  @Test
  void writesWhatItReads() throws ProblemException {
    Scenario full = read("full.json", FULL);
    String text = ScenarioWriter.text(full);

    assertThat(read("other.json", text)).isEqualTo(full);
    assertThat(ScenarioWriter.text(read("other.json", text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // text of the file | problem key | line:column path | further arguments
        "|json.ends-early|1:1 $|[]",
        "{|json.ends-early|1:2 $.|[]",
        "{`nodes`: [{`id`: 1}]} x|json.malformed|1:24 $|[]",
        "{`nodes`: [{`id`: 1},]}|json.malformed|1:22 $.nodes[1]|[]",
        "{nodes: []}|json.malformed|1:2 $.|[]",
        "// hello|json.malformed|1:1 $|[]",
        "[]|json.not-object|1:1 $|[]",
        "{}|json.missing-key|1:1 $|[nodes]",
        "{`nodes`: []}|json.out-of-range|1:11 $.nodes|[0, 1, 1024]",
        "{`nodes`: 5}|json.not-array|1:11 $.nodes|[]",
        "{`nodes`: [{}]}|json.missing-key|1:12 $.nodes[0]|[id]",
        "{`nodes`: [{`id`: 0}]}|json.out-of-range|1:19 $.nodes[0].id|[0, 1, 65535]",
        "{`nodes`: [{`id`: 65536}]}|json.out-of-range|1:19 $.nodes[0].id|[65536, 1, 65535]",
        "{`nodes`: [{`id`: 1.0}]}|json.not-integer|1:19 $.nodes[0].id|[]",
        "{`nodes`: [{`id`: `1`}]}|json.not-integer|1:19 $.nodes[0].id|[]",
        "{`nodes`: [{`id`: null}]}|json.not-integer|1:19 $.nodes[0].id|[]",
        "{`nodes`: [{`id`: 99999999999999999999}]}|json.out-of-range|1:19 $.nodes[0].id"
            + "|[99999999999999999999, 1, 65535]",
        "{`nodes`: [{`id`: 1, `cpu`: 2}]}|json.unknown-key|1:29 $.nodes[0].cpu"
            + "|[cpu, id, name, cpus, mhz, speed, memory, x, y, profile, limits, dfsa]",
        "{`nodes`: [{`id`: 1, `limits`: {`descriptors`: 8}}]}|json.out-of-range"
            + "|1:48 $.nodes[0].limits.descriptors|[8, 16, 65536]",
        "{`nodes`: [{`id`: 1, `limits`: {`memory`: 8}}]}|json.unknown-key"
            + "|1:43 $.nodes[0].limits.memory"
            + "|[memory, processes, threads, files, openFiles, descriptors, fileSize]",
        "{`nodes`: [{`id`: 1, `id`: 2}]}|json.repeated-key|1:22 $.nodes[0].id|[id]",
        "{`nodes`: [{`id`: 1}, {`id`: 1}]}|scenario.repeated-node|1:23 $.nodes[1]|[1]",
        "{`nodes`: [{`id`: 1, `name`: `a`}, {`id`: 2, `name`: `a`}]}|scenario.repeated-node-name"
            + "|1:36 $.nodes[1]|[a]",
        "{`nodes`: [{`id`: 1, `name`: `a b`}]}|scenario.bad-node-name|1:30 $.nodes[0].name|[a b]",
        "{`nodes`: [{`id`: 1, `cpus`: 65}]}|json.out-of-range|1:30 $.nodes[0].cpus|[65, 1, 64]",
        "{`nodes`: [{`id`: 1, `memory`: 256}]}|json.not-size|1:32 $.nodes[0].memory|[]",
        "{`nodes`: [{`id`: 1, `memory`: `1B`}]}|json.out-of-range|1:32 $.nodes[0].memory"
            + "|[1B, 4MiB, 1024GiB]",
        "{`nodes`: [{`id`: 1, `x`: 1e999}]}|json.not-number|1:27 $.nodes[0].x|[]",
        "{`seed`: true, `nodes`: [{`id`: 1}]}|json.not-integer|1:10 $.seed|[]",
        "{`for`: 60, `nodes`: [{`id`: 1}]}|json.not-time|1:9 $.for|[]",
        "{`for`: `60`, `nodes`: [{`id`: 1}]}|json.not-time|1:9 $.for|[]",
        "{`for`: `-1s`, `nodes`: [{`id`: 1}]}|json.not-time|1:9 $.for|[]",
        "{`for`: `0s`, `nodes`: [{`id`: 1}]}|json.out-of-range|1:9 $.for|[0s, 10us, 2592000s]",
        "{`for`: `15us`, `nodes`: [{`id`: 1}]}|json.off-grid|1:9 $.for|[15us]",
        "{`clockDivisor`: 0, `nodes`: [{`id`: 1}]}|json.out-of-range|1:18 $.clockDivisor"
            + "|[0, 1, 1000000]",
        "{`kernel`: `2.6.0`, `nodes`: [{`id`: 1}]}|json.not-one-of|1:12 $.kernel"
            + "|[2.6.0, 2.4.16, 2.4.17, 2.4.26]",
        "{`policy`: ` `, `nodes`: [{`id`: 1}]}|json.empty|1:12 $.policy|[]",
        "{`epoch`: `yesterday`, `nodes`: [{`id`: 1}]}|json.not-instant|1:11 $.epoch|[]",
        "{`epoch`: `1960-01-01T00:00:00Z`, `nodes`: [{`id`: 1}]}|json.not-instant|1:11 $.epoch|[]",
        "{`network`: {`latency`: `19us`}, `nodes`: [{`id`: 1}]}|json.out-of-range"
            + "|1:25 $.network.latency|[19us, 20us, 10s]",
        "{`title`: {`ja`: `x`}, `nodes`: [{`id`: 1}]}|json.missing-key|1:11 $.title|[en]",
        "{`nodes`: [{`id`: 1}], `links`: [{`a`: 1, `b`: 2}]}|scenario.unknown-node"
            + "|1:48 $.links[0].b|[2]",
        "{`nodes`: [{`id`: 1}], `links`: [{`a`: 1, `b`: 1}]}|scenario.link-to-itself"
            + "|1:34 $.links[0]|[1]",
        "{`nodes`: [{`id`: 1}, {`id`: 2}], `links`: [{`a`: 1, `b`: 2}, {`a`: 2, `b`: 1}]}"
            + "|scenario.repeated-link|1:63 $.links[1]|[1, 2]",
      })
  void refusesAWrongFileAndSaysWhere(String text, String key, String place, String more) {
    assertRefused(text == null ? "" : text.replace('`', '"'), key, place, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // a step after a launch "l" of two processes on node 1 | key | place | further arguments
        "{}|json.missing-key|3:1 $.script[1]|[at]",
        "{`at`: `1s`}|json.missing-key|3:1 $.script[1]|[do]",
        "{`at`: `1us`, `do`: `expel`, `node`: 1}|json.off-grid|3:8 $.script[1].at|[1us]",
        "{`at`: `1s`, `do`: `explode`}|json.not-one-of|3:20 $.script[1].do|[explode, launch,"
            + " migrate, lock, unlock, signal, openTerminal, type, resizeTerminal, closeTerminal,"
            + " addNode, removeNode, crashNode, setLink, cutLink, setSwitch, expel, bring,"
            + " setSpeed, setPolicy]",
        "{`at`: `1s`, `do`: `expel`, `node`: 3}|scenario.unknown-node|3:37 $.script[1].node|[3]",
        "{`at`: `1s`, `do`: `expel`, `nodes`: 1}|json.unknown-key|3:38 $.script[1].nodes"
            + "|[nodes, at, do, node]",
        "{`at`: `1s`, `do`: `lock`, `process`: `m`}|scenario.unknown-launch"
            + "|3:39 $.script[1].process|[m]",
        "{`at`: `0s`, `do`: `lock`, `process`: `l`}|scenario.unknown-launch"
            + "|3:39 $.script[1].process|[l]",
        "{`at`: `1s`, `do`: `lock`, `process`: `l#2`}|scenario.index-beyond-launch"
            + "|3:39 $.script[1].process|[l#2, 2]",
        "{`at`: `1s`, `do`: `lock`, `process`: `l#x`}|scenario.bad-process"
            + "|3:39 $.script[1].process|[l#x]",
        "{`at`: `1s`, `do`: `lock`, `process`: `5001@5`}|scenario.unknown-node"
            + "|3:39 $.script[1].process|[5]",
        "{`at`: `1s`, `do`: `migrate`, `process`: `l`, `to`: `away`}|json.not-one-of"
            + "|3:53 $.script[1].to|[away, home, balance]",
        "{`at`: `1s`, `do`: `migrate`, `process`: `l`, `to`: 4}|scenario.unknown-node"
            + "|3:53 $.script[1].to|[4]",
        "{`at`: `1s`, `do`: `type`, `terminal`: `t`, `text`: `x`}|scenario.unknown-terminal"
            + "|3:40 $.script[1].terminal|[t]",
        "{`at`: `1s`, `do`: `signal`, `process`: `l`, `signal`: `BOOM`}|json.not-one-of"
            + "|3:56 $.script[1].signal|[BOOM, CONT, HUP, INT, KILL, QUIT, STOP, TERM, USR1, USR2]",
        "{`at`: `1s`, `do`: `signal`, `process`: `l`, `signal`: 65}|json.out-of-range"
            + "|3:56 $.script[1].signal|[65, 1, 64]",
        "{`at`: `1s`, `do`: `addNode`, `node`: {`id`: 2}}|scenario.repeated-node"
            + "|3:39 $.script[1].node|[2]",
        "{`at`: `1s`, `do`: `launch`, `launch`: `l`, `node`: 1, `program`: `p`}"
            + "|scenario.repeated-launch|3:40 $.script[1].launch|[l]",
        "{`at`: `1s`, `do`: `launch`, `launch`: `a#b`, `node`: 1, `program`: `p`}"
            + "|scenario.bad-launch|3:40 $.script[1].launch|[a#b]",
        "{`at`: `1s`, `do`: `launch`, `node`: 1, `program`: ``}|json.empty"
            + "|3:52 $.script[1].program|[]",
        "{`at`: `1s`, `do`: `launch`, `node`: 1, `program`: `p`, `count`: 0}|json.out-of-range"
            + "|3:66 $.script[1].count|[0, 1, 10000]",
        "{`at`: `1s`, `do`: `launch`, `node`: 1, `program`: `p`, `arguments`: [`\\u0000`]}"
            + "|scenario.zero-in-argument|3:71 $.script[1].arguments[0]|[]",
        "{`at`: `1s`, `do`: `cutLink`, `a`: 1, `b`: 1}|scenario.link-to-itself"
            + "|3:1 $.script[1]|[1]",
        "{`at`: `1s`, `do`: `setSwitch`, `node`: 1, `switch`: `off`}|json.not-one-of"
            + "|3:54 $.script[1].switch|[off, block, stay, lstay, quiet, nomfs]",
        "{`at`: `1s`, `do`: `setSpeed`, `node`: 1, `speed`: 0}|json.out-of-range"
            + "|3:52 $.script[1].speed|[0, 1, 10000000]",
      })
  void refusesAStepThatCannotHappen(String step, String key, String place, String more) {
    String text =
        """
        {"nodes": [{"id": 1}, {"id": 2}], "script": [
        {"at": "500ms", "do": "launch", "launch": "l", "node": 1, "program": "spin", "count": 2},
        """
            + step.replace('`', '"')
            + "]}";
    assertRefused(text, key, place, more);
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThat(refusal(" ".repeat(ScenarioReader.MAX_LENGTH + 1)))
        .isEqualTo(Problem.of("json.too-long", "bad.json", ScenarioReader.MAX_LENGTH));
    assertThat(refusal("[".repeat(100_000)).key()).isEqualTo("json.malformed");
  }

  @Test
  void settingsReplaceAndAddValues() throws ProblemException {
    String text = "{\"clockDivisor\": 100, \"nodes\": [{\"id\": 1}, {\"id\": 2, \"cpus\": 4}]}";
    Scenario changed =
        ScenarioReader.read(
            "a.json",
            new StringReader(text),
            List.of(
                "clockDivisor=1000",
                "seed=-3",
                "network.latency=1ms",
                "nodes[1].cpus=2",
                "nodes[0].name=head",
                "policy=none",
                "kernel=2.4.16",
                "script=[{\"at\":\"1s\",\"do\":\"expel\",\"node\":2}]"));

    assertThat(changed.clockDivisor()).isEqualTo(1000);
    assertThat(changed.seed()).isEqualTo(-3);
    assertThat(changed.network().latencyNanos()).isEqualTo(1_000_000);
    assertThat(changed.network().megabitsPerSecond()).isEqualTo(100);
    assertThat(changed.nodes().get(1).cpus()).isEqualTo(2);
    assertThat(changed.nodes().get(0).name()).isEqualTo("head");
    assertThat(changed.policy()).isEqualTo("none");
    assertThat(changed.kernel()).isEqualTo(KernelVersion.V2_4_16);
    assertThat(changed.script()).containsExactly(step(1, new Command.Expel(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clockDivisor=0|json.out-of-range|[--set clockDivisor=0, 1, 14, $.clockDivisor, 0, 1,"
            + " 1000000]",
        "clock=5|json.unknown-key|[--set clock=5, 1, 7, $.clock, clock, $schema, name, title,"
            + " about, seed, for, clockDivisor, kernel, migration, policy, epoch, costs, network,"
            + " nodes, links, script]",
        "nodes[2].cpus=1|set.no-such-item|[--set nodes[2].cpus=1, 1, 15, $.nodes[2].cpus, [2]]",
        "nodes.cpus=1|set.no-such-item|[--set nodes.cpus=1, 1, 12, $.nodes.cpus, cpus]",
        "nodes[0].id.x=1|set.no-such-item|[--set nodes[0].id.x=1, 1, 15, $.nodes[0].id.x, x]",
        "seed|set.malformed|[seed]",
        "=1|set.malformed|[=1]",
        "a..b=1|set.malformed|[a..b=1]",
      })
  void refusesAWrongSetting(String setting, String key, String arguments) {
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                ScenarioReader.read(
                    "a.json", new StringReader("{\"nodes\": [{\"id\": 1}]}"), List.of(setting)));

    assertThat(refusal.problem().key()).isEqualTo(key);
    assertThat(refusal.problem().arguments()).hasToString(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "1", "1 ", "1S", "1.s", ".5s", "1,5s", "+1s", "0.5ns", "9999999999999h"})
  void refusesTimesThatAreNone(String text) {
    assertThat(Units.nanos(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0s, 0, 0s",
    "10s, 10000000000, 10s",
    "0.25ms, 250000, 250us",
    "100µs, 100000, 100us",
    "1 h, 3600000000000, 3600s",
    "2min, 120000000000, 120s",
    "1ns, 1, 1ns"
  })
  void readsAndWritesTimes(String text, long nanos, String written) {
    assertThat(Units.nanos(text)).hasValue(nanos);
    assertThat(Units.timeText(nanos)).isEqualTo(written);
  }

  private static void assertRefused(String text, String key, String place, String more) {
    Problem problem = refusal(text);
    List<Object> arguments = new ArrayList<>(problem.arguments());
    assertThat(problem.key()).isEqualTo(key);
    assertThat(arguments.removeFirst()).isEqualTo("bad.json");
    assertThat(
            arguments.removeFirst() + ":" + arguments.removeFirst() + " " + arguments.removeFirst())
        .isEqualTo(place);
    assertThat(arguments).hasToString(more);
  }

  private static Problem refusal(String text) {
    return catchThrowableOfType(ProblemException.class, () -> read("bad.json", text)).problem();
  }

  private static Scenario read(String fileName, String text) throws ProblemException {
    return ScenarioReader.read(fileName, new StringReader(text));
  }

  private static Step step(long seconds, Command command) {
    return new Step(seconds * 1_000_000_000L, command);
  }

  private static ProcessRef spin(int index) {
    return new ProcessRef.ByLaunch("spin", index);
  }
}
