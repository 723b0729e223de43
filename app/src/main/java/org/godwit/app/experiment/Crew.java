package org.godwit.app.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.godwit.engine.session.experiment.Result;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.json.JsonLines;

/**
 * Worker processes that share the runs of an experiment. Each is a JVM of its own, so that runs
 * share neither heap nor collector; it reads the number of a run from its standard input and
 * answers with a {@link Result} on its standard output, until its input ends. A worker that dies
 * loses the run it was at, which counts as impossible, and is replaced.
 */
public final class Crew {
  private final List<String> command;
  private final Consumer<Result> done;
  private final Queue<Integer> open;

  private Crew(List<String> command, List<Integer> open, Consumer<Result> done) {
    this.command = command;
    this.open = new ConcurrentLinkedQueue<>(open);
    this.done = done;
  }

  /**
   * Has all {@code runs} done and comes back when they are.
   *
   * @param size number of workers, at least 1
   * @param arguments command line of a worker, after the program's name
   * @param done told of each result, by one thread at a time
   */
  public static void work(
      int size, List<String> arguments, List<Integer> runs, Consumer<Result> done) {
    Object turn = new Object();
    Crew crew =
        new Crew(
            command(arguments),
            runs,
            result -> {
              synchronized (turn) {
                done.accept(result);
              }
            });
    List<Thread> foremen = new ArrayList<>();
    for (int i = 0; i < Math.min(size, runs.size()); i++) {
      foremen.add(Thread.ofPlatform().name("experiment-" + i).start(crew::lead));
    }
    for (Thread foreman : foremen) {
      try {
        foreman.join();
      } catch (InterruptedException e) {
        crew.open.clear();
        Thread.currentThread().interrupt();
      }
    }
  }

  /** This program once more, however it was started. */
  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:-ClipInlining",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=MaxNodeLimit,org.godwit.engine.jit.Quick*::run,1000"));
    String modules = System.getProperty("jdk.module.path");
    if (modules == null) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.godwit.app.Main"));
    } else {
      command.addAll(
          List.of("--module-path", modules, "--module", "org.godwit.app/org.godwit.app.Main"));
    }
    command.addAll(arguments);
    return command;
  }

  /** Leads one worker after the other until no run is open. */
  private void lead() {
    while (!open.isEmpty()) {
      try {
        leadOne();
      } catch (IOException e) {
        Integer run = open.poll();
        if (run != null) {
          done.accept(
              new Result.Impossible(run, Problem.of("experiment.no-worker", e.getMessage())));
        }
      }
    }
  }

  private void leadOne() throws IOException {
    Process worker = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    Thread end = Thread.ofPlatform().unstarted(worker::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    try (PrintWriter orders =
            new PrintWriter(worker.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
      for (Integer run = open.poll(); run != null; run = open.poll()) {
        orders.println(run);
        String answer = answers.readLine();
        done.accept(answer == null ? died(run, worker) : result(run, answer));
        if (answer == null) {
          return;
        }
      }
    } finally {
      worker.destroy();
      Runtime.getRuntime().removeShutdownHook(end);
    }
  }

  private static Result died(int run, Process worker) {
    worker.destroy();
    int status = -1;
    try {
      status = worker.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Result.Impossible(run, Problem.of("experiment.worker-died", status));
  }

  private static Result result(int run, String answer) {
    try {
      return JsonLines.parse("worker", 1, answer, Result.class);
    } catch (ProblemException e) {
      return new Result.Impossible(run, e.problem());
    }
  }
}
