package org.godwit.app.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.session.experiment.Result;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.JsonLines;

/**
 * The results that are there, a line each in {@code runs.jsonl}, so that an experiment that was
 * stopped goes on where it was. The first line says what it is a log of; results of anything else
 * are not mixed in.
 */
public final class RunLog {
  private final Path file;
  private final TreeMap<Integer, Result> results = new TreeMap<>();

  private RunLog(Path file) {
    this.file = file;
  }

  /**
   * The log in {@code folder}, begun if there is none.
   *
   * @param fingerprint of all that the results depend on
   * @param fresh whether to begin anew
   * @throws ProblemException if it belongs to something else, or cannot be read or written
   */
  public static RunLog open(Path folder, String fingerprint, boolean fresh)
      throws ProblemException {
    RunLog log = new RunLog(folder.resolve("runs.jsonl"));
    String head = "{\"fingerprint\":\"" + fingerprint + "\"}";
    try {
      List<String> lines = Files.exists(log.file) && !fresh ? log.lines() : List.of();
      if (!lines.isEmpty() && !lines.getFirst().equals(head)) {
        throw new ProblemException(Problem.of("experiment.other-log", log.file.toString()));
      }
      if (lines.isEmpty()) {
        Files.writeString(log.file, head + "\n");
        return log;
      }
      log.take(lines.subList(1, lines.size()));
      return log;
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unwritable", log.file.toString()));
    }
  }

  /** The whole lines; what was cut when the program was killed is cut off. */
  private List<String> lines() throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('\n') + 1;
    if (end < text.length()) {
      Files.writeString(file, text.substring(0, end));
    }
    return text.substring(0, end).lines().toList();
  }

  private void take(List<String> lines) throws ProblemException {
    int line = 1;
    for (String text : lines) {
      Result result = JsonLines.parse(file.toString(), ++line, text, Result.class);
      results.put(result.run(), result);
    }
  }

  /** Adds a result. */
  public synchronized void add(Result result) {
    results.put(result.run(), result);
    try {
      Files.write(
          file,
          (JsonLines.line(Result.class, result) + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The results so far, by number of the run. */
  public synchronized TreeMap<Integer, Result> results() {
    return new TreeMap<>(results);
  }
}
