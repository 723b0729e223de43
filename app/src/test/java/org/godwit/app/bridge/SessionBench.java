package org.godwit.app.bridge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.godwit.app.host.LiveLogs;
import org.godwit.app.host.Pen;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;

/**
 * What recording costs and how fast sessions are written, opened and looked back into. Not a test:
 * {@code recording}, {@code million} or {@code jump} as the argument; docs/performance.md says how.
 */
public final class SessionBench {
  private static final long SECOND = 1_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private SessionBench() {}

  public static void main(String[] args) throws Exception {
    switch (args.length == 0 ? "" : args[0]) {
      case "recording" -> {
        recording("demo with three spins", false, 60);
        recording("a thousand forwarded calls a second", true, 20);
      }
      case "million" -> million();
      case "jump" -> jump();
      default -> say("arguments: recording, million or jump");
    }
    say("load %.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  /** Three spins, or three processes away from home that call it all the time. */
  private static Session busy(boolean calling) throws ProblemException {
    Session session =
        calling ? BoardSession.open("demo", "policy=none") : BoardSession.open("demo");
    if (calling) {
      for (int i = 0; i < 3; i++) {
        session.submit(
            new Command.Launch("f" + i, 1, "files", List.of("0", CALLING_WORK), 1, false));
      }
      session.advance(SECOND);
      for (int i = 0; i < 3; i++) {
        session.submit(new Command.Migrate(new ProcessRef.ByLaunch("f" + i, 0), 2 + i % 2));
      }
    } else {
      session.submit(new Command.Launch("s", 1, "spin", List.of(), 3, false));
    }
    return session;
  }

  // ------------------------------------------------------------------ recording

  /** Passes that {@code files} computes between its rounds of some dozen calls. */
  private static final String CALLING_WORK = "30000";

  private static final int ROUNDS = 9;

  /** CPU time of the engine's thread for some virtual time, log off and on by turns. */
  private static void recording(String name, boolean calling, int length) throws Exception {
    Path folder = Files.createTempDirectory("godwit-bench");
    double[] off = new double[ROUNDS];
    double[] on = new double[ROUNDS];
    double[] within = new double[ROUNDS];
    double[] writing = new double[ROUNDS];
    double[] hashing = new double[ROUNDS];
    long calls = 0;
    long bytes = 0;
    long events = 0;
    run(calling, length, null); // Warms the engine up.
    run(calling, length, folder);
    for (int i = 0; i < ROUNDS; i++) {
      off[i] = run(calling, length, null).seconds();
      Run recorded = run(calling, length, folder);
      on[i] = recorded.seconds();
      within[i] = recorded.inLog() / recorded.seconds();
      writing[i] = recorded.inWriting() / recorded.seconds();
      hashing[i] = recorded.inHashes() / recorded.seconds();
      calls = recorded.calls();
      bytes = recorded.bytes();
      events = recorded.events();
    }
    remove(folder);
    say("%s, %d virtual seconds, median of %d rounds:", name, length, ROUNDS);
    say("  engine thread, CPU s: log off %.3f, on %.3f", median(off), median(on));
    say("  of that in the log, as measured around its calls: %.2f %%", 100 * median(within));
    say("  and on the log's own thread, for words and file: %.2f %%", 100 * median(writing));
    say("  and in the state hashes, one each virtual second: %.2f %%", 100 * median(hashing));
    say("  forwarded calls a virtual second %d", calls / length);
    say("  %d events; log %d bytes, programs not counted", events, bytes);
  }

  /** What a run took. */
  private record Run(
      double seconds,
      double inLog,
      double inWriting,
      double inHashes,
      long calls,
      long bytes,
      long events) {}

  private static Run run(boolean calling, int length, Path folder) throws Exception {
    AtomicLong wall = new AtomicLong();
    Session inner = busy(calling);
    Pen pen = new Pen();
    LiveLogs logs = folder == null ? null : new LiveLogs(folder, wall::get, pen);
    LiveSession session = new EngineSession(inner);
    session = logs == null ? session : session.keptIn(logs);
    long penBegun = cpuOf(pen);
    long programs = logs == null ? 0 : logs.status().orElseThrow().bytes();
    long inLog = 0;
    long begun = THREADS.getCurrentThreadCpuTime();
    for (long at = inner.now(); at < length * SECOND; at += SECOND / 60) {
      session.advance(at);
      // As at the pace of the wall clock; asked for as seldom as the log is due, because the
      // question for the CPU time costs something too.
      if (at - wall.get() >= SECOND * 9 / 10) {
        wall.set(at);
        long before = THREADS.getCurrentThreadCpuTime();
        session.keep();
        inLog += THREADS.getCurrentThreadCpuTime() - before;
      }
    }
    long took = THREADS.getCurrentThreadCpuTime() - begun;
    long writing = cpuOf(pen) - penBegun;
    long hashes = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < 20; i++) {
      inner.stateHash();
    }
    hashes = (THREADS.getCurrentThreadCpuTime() - hashes) / 20 * inner.hashes().size();
    long bytes = logs == null ? 0 : logs.status().orElseThrow().bytes() - programs;
    Run run =
        new Run(
            took / 1e9,
            inLog / 1e9,
            writing / 1e9,
            hashes / 1e9,
            inner.forwardedCalls(),
            bytes,
            inner.events(0).size());
    session.close();
    return run;
  }

  private static long cpuOf(Pen pen) throws Exception {
    FutureTask<Long> question = new FutureTask<>(THREADS::getCurrentThreadCpuTime);
    pen.execute(question);
    return question.get();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  // ------------------------------------------------------------------ a million events

  private static final int MILLION = 1_000_000;

  /**
   * A real minute of three busy nodes, repeated until it has a million events: written and opened.
   */
  private static void million() throws Exception {
    RecordedSession minute;
    try (Session session = BoardSession.open("demo", "policy=random", "clockDivisor=1000")) {
      session.submit(new Command.Launch("s", 1, "spin", List.of(), 12, false));
      session.advance(60 * SECOND);
      minute = new EngineSession(session).recorded();
    }
    RecordedSession large = repeated(minute);
    long text = 0;
    for (Event event : minute.events()) {
      text += JsonLines.line(event).length() + 1;
    }
    say(
        "a minute with %d events and %d samples; %.0f bytes of text an event",
        minute.events().size(), minute.samples().size(), (double) text / minute.events().size());
    byte[] file = null;
    for (int round = 1; round <= 2; round++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      long begun = THREADS.getCurrentThreadCpuTime();
      SessionFileWriter.write(large, out);
      double took = (THREADS.getCurrentThreadCpuTime() - begun) / 1e9;
      file = out.toByteArray();
      say(
          "written in %.2f CPU s: %.0f events a second; %d bytes, %.1f an event",
          took, MILLION / took, file.length, (double) file.length / MILLION);
    }
    large = null;
    for (int round = 1; round <= 2; round++) {
      long before = used();
      long begun = THREADS.getCurrentThreadCpuTime();
      var opened = SessionFileReader.read("bench", new ByteArrayInputStream(file));
      double took = (THREADS.getCurrentThreadCpuTime() - begun) / 1e9;
      long after = used();
      say(
          "opened in %.2f CPU s; %d MB of heap, %d bytes an event",
          took, (after - before) >> 20, (after - before) / opened.session().events().size());
      if (opened.session().events().size() != MILLION || !opened.damage().isEmpty()) {
        throw new IllegalStateException("it reads back otherwise: " + opened.damage());
      }
    }
  }

  /** Several copies of each event, one minute after the other. */
  private static RecordedSession repeated(RecordedSession minute) {
    int minutes = 10;
    int copies = MILLION / (minutes * minute.events().size()) + 1;
    List<Event> events = new ArrayList<>(MILLION);
    List<Sample> samples = new ArrayList<>();
    long sequence = 0;
    for (int m = 0; m < minutes; m++) {
      long shift = m * 60 * SECOND;
      for (Event event : minute.events()) {
        for (int i = 0; i < copies && events.size() < MILLION; i++) {
          events.add(new Event(event.atNanos() + shift, event.node(), sequence++, event.what()));
        }
      }
      for (Sample s : minute.samples()) {
        samples.add(
            new Sample(
                s.atNanos() + shift,
                s.node(),
                s.runnable(),
                s.load(),
                s.cpuShare(),
                s.memoryBytes(),
                s.forwardedCalls(),
                s.networkBytes(),
                s.guests(),
                s.away()));
      }
    }
    RecordedSession.Facts facts = minute.facts();
    return new RecordedSession(
        new RecordedSession.Facts(
            facts.behaviourVersion(), facts.engineVersion(), minutes * 60 * SECOND, 0),
        minute.scenario(),
        minute.commands(),
        events,
        samples,
        List.of(),
        minute.programs(),
        minute.roots(),
        "",
        minute.preview());
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(100);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  // ------------------------------------------------------------------ jumps

  private static final int JUMPS = 100;
  private static final long JUMP_END = 600 * SECOND;

  private static Session threeBusyNodes() throws ProblemException {
    Session session = BoardSession.open("demo", "policy=random");
    session.submit(new Command.Launch("s", 1, "spin", List.of(), 7, false));
    return session;
  }

  /** The states at some moments of a session that goes straight there. */
  private static TreeMap<Long, Long> hashes(long[] targets) throws ProblemException {
    TreeMap<Long, Long> hashes = new TreeMap<>();
    try (Session straight = threeBusyNodes()) {
      Arrays.stream(targets)
          .sorted()
          .forEach(
              target -> {
                straight.advance(target);
                hashes.put(target, straight.stateHash());
              });
    }
    return hashes;
  }

  /**
   * 600 virtual seconds of three busy nodes, then a hundred seeded random moments; the state at
   * each is compared with that of a session that goes straight there.
   */
  private static void jump() throws Exception {
    Random random = new Random(1);
    long[] targets = new long[JUMPS];
    for (int i = 0; i < JUMPS; i++) {
      targets[i] = Rewind.moment(random.nextLong(JUMP_END));
    }
    TreeMap<Long, Long> known = hashes(targets);
    LinkedBlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
    EngineBridge bridge = new EngineBridge(fx::add, System::nanoTime);
    bridge.setPace(Pace.MAX);
    long begun = System.nanoTime();
    bridge.open(() -> new EngineSession(threeBusyNodes()), true);
    AtomicLong moves = new AtomicLong();
    bridge.onFrame(
        frame ->
            frame.events().stream()
                .filter(event -> event.what() instanceof Happening.Migrated)
                .forEach(_ -> moves.incrementAndGet()));
    while (bridge.frame().view().nanos() < JUMP_END) {
      pulse(bridge, fx);
    }
    bridge.pause();
    while (bridge.frame().state() != RunState.PAUSED) {
      pulse(bridge, fx);
    }
    double run = (System.nanoTime() - begun) / 1e9;
    say(
        "%.0f virtual seconds, %d migrations, run in %.1f s",
        bridge.frame().latestNanos() / 1e9, moves.get(), run);
    AtomicReference<Checkpoints> kept = new AtomicReference<>();
    bridge.query(_ -> bridge.checkpoints(), kept::set);
    while (kept.get() == null) {
      pulse(bridge, fx);
    }
    say(
        "%d checkpoints, %.1f MB, made in %.2f CPU s",
        kept.get().count(), kept.get().bytes() / 1e6, kept.get().madeNanos() / 1e9);
    double[] first = new double[JUMPS];
    double[] exact = new double[JUMPS];
    int equal = 0;
    for (int i = 0; i < JUMPS; i++) {
      long target = targets[i];
      Frame before = bridge.frame();
      long asked = System.nanoTime();
      bridge.lookAt(target);
      while (bridge.frame() == before) {
        bridge.pulse();
        Thread.onSpinWait();
      }
      first[i] = (System.nanoTime() - asked) / 1e6;
      while (bridge.frame().view().nanos() != target) {
        pulse(bridge, fx);
      }
      exact[i] = (System.nanoTime() - asked) / 1e6;
      AtomicReference<Long> hash = new AtomicReference<>();
      bridge.ask(there -> ((EngineSession) there).session().stateHash(), hash::set);
      while (hash.get() == null) {
        pulse(bridge, fx);
      }
      equal += hash.get().equals(known.get(target)) ? 1 : 0;
    }
    bridge.close();
    bridge.awaitEnd(10_000);
    Arrays.sort(first);
    Arrays.sort(exact);
    say(
        "what was seen then: median %.2f ms, p95 %.2f ms, longest %.2f ms",
        first[JUMPS / 2], first[JUMPS * 95 / 100], first[JUMPS - 1]);
    say(
        "the state itself: median %.1f ms, p95 %.1f ms, longest %.1f ms",
        exact[JUMPS / 2], exact[JUMPS * 95 / 100], exact[JUMPS - 1]);
    say("hash equal to that of the straight run: %d of %d", equal, JUMPS);
  }

  private static void pulse(EngineBridge bridge, LinkedBlockingQueue<Runnable> fx)
      throws InterruptedException {
    for (Runnable task = fx.poll(); task != null; task = fx.poll()) {
      task.run();
    }
    bridge.pulse();
    Thread.sleep(1);
  }
}
