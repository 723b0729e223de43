package org.godwit.engine.session.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.Recordings;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportsTest {
  /**
   * Expected files, looked through by a person once. After a wanted change: run with {@code
   * -Dgodwit.rewrite=true}, look at the difference, commit it.
   */
  private static final Path EXPECTED = Path.of("src/test/resources/exports");

  private static final RecordedSession SAMPLE = Recordings.sample();

  @ParameterizedTest
  @EnumSource(CsvExport.class)
  void tablesAreAsExpected(CsvExport table) throws IOException {
    assertExpected(table.fileName(), csv(table, SAMPLE));
  }

  @ParameterizedTest
  @EnumSource(CsvExport.class)
  void everyRowHasACellForEachColumn(CsvExport table) throws IOException {
    List<List<String>> rows = parse(csv(table, SAMPLE));

    assertThat(rows).hasSizeGreaterThan(1);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
  }

  @Test
  void awkwardTextSurvivesACsvCell() throws IOException {
    List<List<String>> rows = parse(csv(CsvExport.EVENTS, SAMPLE));

    assertThat(rows.stream().map(List::getLast))
        .contains(
            "{\"kind\":\"output\",\"process\":\"1002@1\",\"descriptor\":1,"
                + "\"bytes\":\"hello \\\"world\\\",\\r\\n\\u0000\"}");
  }

  @Test
  void theTraceIsAsExpectedAndKeepsTheRules() throws IOException {
    String trace = trace(SAMPLE);

    assertExpected("trace.json", trace);
    assertThat(TraceRules.offences(trace)).isEmpty();
  }

  @Test
  void sameRecordingSameBytesInEveryLanguage() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(trace(Recordings.sample())).isEqualTo(trace(SAMPLE));
      for (CsvExport table : CsvExport.values()) {
        assertThat(csv(table, Recordings.sample()))
            .isEqualTo(Files.readString(EXPECTED.resolve(table.fileName())));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Ids given out twice, moves that are told late, ends that come before what they end. */
  @Test
  void oddEventsStillGiveAValidTrace() throws IOException {
    ProcessId id = new ProcessId(1, 1001);
    ProcessId same = new ProcessId(2, 1001);
    List<Event> events = new ArrayList<>();
    add(events, 0, new Happening.Launched(id, "a", List.of(), "a"));
    add(events, 0, new Happening.Launched(same, "b", List.of(), "b"));
    add(events, 10, new Happening.Exited(id, 0));
    add(events, 20, new Happening.Launched(id, "c", List.of(), "c"));
    add(events, 30, new Happening.LockChanged(new ProcessId(3, 3001), true));
    add(events, 40, new Happening.MigrationAborted(same, 2, 1, Problem.of("x")));
    add(events, 50, new Happening.Exited(same, 0));
    add(events, 60, new Happening.Migrated(move(same, 2, 1, 5, 45)));
    add(events, 60, new Happening.Migrated(move(same, 1, 2, 40, 70)));
    add(events, 70, new Happening.Forked(new ProcessId(4, 4001), new ProcessId(4, 4000)));
    RecordedSession odd =
        new RecordedSession(
            new RecordedSession.Facts(1, "0.1.0", 65, 0),
            SAMPLE.scenario(),
            List.of(),
            events,
            List.of(),
            List.of(),
            List.of(),
            "",
            Optional.empty());

    assertThat(TraceRules.offences(trace(odd))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'ph':'X','name':'b','pid':1,'tid':2,'ts':5,'dur':10}",
        "{'ph':'X','name':'b','pid':1,'tid':3,'ts':5,'dur':1}",
        "{'ph':'X','name':'b','pid':2,'tid':2,'ts':5,'dur':1}",
        "{'ph':'X','name':'b','pid':1,'tid':2,'ts':-5,'dur':1}",
        "{'ph':'B','name':'b','pid':1,'tid':2,'ts':5}",
        "{'ph':'C','name':'b','pid':1,'ts':5,'args':{'x':'1'}}",
        "{'ph':'s','name':'b','cat':'c','id':'1','pid':1,'tid':2,'ts':5}",
      })
  void theRulesCanBeBroken(String line) {
    String trace =
        "{'traceEvents':[{'ph':'M','name':'process_name','pid':1,'args':{'name':'a'}},"
            + "{'ph':'M','name':'thread_name','pid':1,'tid':2,'args':{'name':'a'}},"
            + "{'ph':'X','name':'a','pid':1,'tid':2,'ts':0,'dur':10}%s]}";

    assertThat(TraceRules.offences(trace.formatted("").replace('\'', '"'))).isEmpty();
    assertThat(TraceRules.offences(trace.formatted("," + line).replace('\'', '"'))).isNotEmpty();
  }

  private static Migration move(ProcessId id, int from, int to, long frozen, long resumed) {
    return new Migration(
        1, id, from, to, MoveCause.USER, frozen, frozen, frozen, frozen, resumed, 1, 0, 1);
  }

  private static void add(List<Event> events, long nanos, Happening what) {
    events.add(new Event(nanos, 1, events.size(), what));
  }

  private static String csv(CsvExport table, RecordedSession session) throws IOException {
    StringWriter out = new StringWriter();
    table.write(session, out);
    return out.toString();
  }

  private static String trace(RecordedSession session) throws IOException {
    StringWriter out = new StringWriter();
    ChromeTrace.write(session, out);
    return out.toString();
  }

  private static void assertExpected(String name, String actual) throws IOException {
    Path file = EXPECTED.resolve(name);
    if (Boolean.getBoolean("godwit.rewrite")) {
      Files.createDirectories(EXPECTED);
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }

  /** An RFC 4180 reader of its own. */
  private static List<List<String>> parse(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || c != ',' && c != '\n') {
        cell.append(c);
      } else {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      }
    }
    return rows;
  }
}
