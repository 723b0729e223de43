package org.godwit.app.pictures;

import java.io.StringReader;
import org.godwit.app.bridge.EngineSession;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.host.HostEngine;
import org.godwit.app.launch.CatalogueSource;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProblemException;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.Scenario;

/**
 * The sessions on the pictures: real programs on the real engine, brought to one instant of virtual
 * time by the script alone, so that each run gives the same.
 */
enum PictureScenario {
  /**
   * A bit of everything: moves, locks, stay reasons, a refusal, a cut link, a node that is down.
   */
  BUSY(
      38_500,
      """
      {
        "title": {"en": "Two racks at work", "ja": "働いている 2 つのラック"},
        "about": {"en": "Everything at once.", "ja": "すべてを同時に。"},
        "seed": 5,
        "clockDivisor": 1000,
        "nodes": [
          {"id": 1, "name": "node1", "cpus": 2, "profile": "debian", "x": 0, "y": 0},
          {"id": 2, "name": "node2", "cpus": 2, "x": 384, "y": 0},
          {"id": 3, "name": "node3", "cpus": 1, "profile": "redhat", "x": 768, "y": 0},
          {"id": 4, "name": "node4", "cpus": 4, "mhz": 1200, "x": 0, "y": 340},
          {"id": 5, "name": "node5", "cpus": 1, "mhz": 400, "memory": "64MiB", "x": 384, "y": 340},
          {"id": 6, "name": "node6", "cpus": 1, "x": 768, "y": 340}
        ],
        "links": [
          {"a": 1, "b": 2}, {"a": 2, "b": 3}, {"a": 1, "b": 4}, {"a": 2, "b": 5}, {"a": 4, "b": 5},
          {"a": 3, "b": 6}, {"a": 5, "b": 6, "megabitsPerSecond": 10, "latency": "5ms"}
        ],
        "script": [
          {"at": "2s", "do": "launch", "launch": "spins", "node": 1, "program": "spin", "count": 3},
          {"at": "2s", "do": "launch", "node": 2, "program": "shmget"},
          {"at": "2s", "do": "launch", "launch": "pipes", "node": 2, "program": "pipe"},
          {"at": "3s", "do": "launch", "launch": "files", "node": 4, "program": "files"},
          {"at": "4s", "do": "launch", "launch": "red", "node": 3, "program": "spin", "count": 2},
          {"at": "5s", "do": "launch", "node": 5, "program": "threads"},
          {"at": "6s", "do": "setSwitch", "node": 4, "switch": "quiet"},
          {"at": "9s", "do": "openTerminal", "terminal": "t1", "node": 2, "program": "/bin/sh", "arguments": ["-l"], "rows": 12, "columns": 100},
          {"at": "10s", "do": "type", "terminal": "t1", "text": "ls /proc/hpc\\r"},
          {"at": "11s", "do": "type", "terminal": "t1", "text": "mps\\r"},
          {"at": "12s", "do": "type", "terminal": "t1", "text": "mosrun -l ./spin &\\r"},
          {"at": "13s", "do": "type", "terminal": "t1", "text": "cat /proc/$!/cantmove /proc/$!/lock\\r"},
          {"at": "14s", "do": "migrate", "process": "pipes#0", "to": 5},
          {"at": "15s", "do": "lock", "process": "spins#1"},
          {"at": "16s", "do": "migrate", "process": "files#0", "to": 5},
          {"at": "18s", "do": "launch", "launch": "stopped", "node": 6, "program": "spin"},
          {"at": "19s", "do": "signal", "process": "stopped#0", "signal": "STOP"},
          {"at": "20s", "do": "launch", "launch": "dying", "node": 5, "program": "spin"},
          {"at": "22s", "do": "signal", "process": "dying#0", "signal": "KILL"},
          {"at": "24s", "do": "cutLink", "a": 5, "b": 6},
          {"at": "26s", "do": "crashNode", "node": 6},
          {"at": "28s", "do": "launch", "node": 2, "program": "spin", "count": 4}
        ]
      }
      """),
  /** The only node has left. */
  EMPTY(
      3_000,
      """
      {
        "title": {"en": "Nothing yet", "ja": "まだ何もありません"},
        "nodes": [{"id": 1, "name": "node1"}],
        "script": [{"at": "1s", "do": "removeNode", "node": 1}]
      }
      """),
  /** Sixty-four nodes, for the levels of detail. */
  LARGE(12_000, large());

  private final long millis;
  private final String text;

  PictureScenario(long millis, String text) {
    this.millis = millis;
    this.text = text;
  }

  private static String large() {
    StringBuilder text = new StringBuilder();
    text.append("{\"title\": {\"en\": \"Sixty-four nodes\", \"ja\": \"64 ノード\"}, ");
    text.append("\"clockDivisor\": 1000, \"nodes\": [");
    for (int i = 1; i <= 64; i++) {
      text.append(i == 1 ? "" : ", ").append("{\"id\": ").append(i);
      text.append(", \"cpus\": ").append(i % 3 + 1).append("}");
    }
    text.append("], \"script\": [");
    for (int i = 1; i <= 16; i++) {
      text.append(i == 1 ? "" : ", ");
      text.append("{\"at\": \"1s\", \"do\": \"launch\", \"launch\": \"l").append(i);
      text.append("\", \"node\": ").append(i * 3).append(", \"program\": \"spin\", \"count\": ");
      text.append(i % 5 + 1).append("}");
    }
    return text.append("]}").toString();
  }

  /** The instant of the pictures. */
  long millis() {
    return millis;
  }

  /** Opens it as the workbench opens a scenario on board. */
  WorkbenchStart.Choice choice() throws ProblemException {
    Scenario scenario = ScenarioReader.read(name() + ".json", new StringReader(text));
    LocalText title = scenario.title();
    return new WorkbenchStart.Choice("pictures-" + name(), title, () -> open(scenario));
  }

  private LiveSession open(Scenario scenario) throws ProblemException {
    return new EngineSession(
        Session.open(
            scenario, new CatalogueSource(true), SessionOptions.DEFAULT.with(HostEngine.auto())));
  }
}
