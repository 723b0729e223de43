package org.godwit.app.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.godwit.app.bridge.SessionLogs;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.file.LiveLogReader;
import org.godwit.engine.session.file.LiveLogWriter;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.ProblemException;

/**
 * Logs of the sessions that are open, one file each in a folder of the user's. A log is appended to
 * every 0.9 s. When its session is closed by its user it becomes a session file among the newest
 * dozen, if there was done more than a scenario does by itself; else it goes. One that nobody holds
 * any more was left by a program that was killed, and becomes a session file too. What was appended
 * survives the end of the program, not that of the machine: nothing waits for the disk.
 *
 * <p>The session's thread collects what is new; a thread of the logs puts it into bytes and appends
 * it, all of it before a session is closed. But waking a thread for a kilobyte takes as long as all
 * that it has to do then. So where the file has taken a few batches at once, the session's thread
 * appends small ones itself, until one of them is not taken at once.
 */
public final class LiveLogs implements SessionLogs {
  /** A second may be lost; each time costs more than what is written in it. */
  private static final long PERIOD_NANOS = 900_000_000L;

  private static final String ENDING = ".log";

  /** Of a log whose session was closed and which waits to become a file. */
  private static final String CLOSED = ".closed";

  /** Files of closed sessions that are kept; older ones go. */
  private static final int MOST_KEPT = 12;

  private static final int MOST = 10_000;

  /** A file that takes a batch in less is not waiting for a disk; it is a hundred times as long. */
  private static final long AT_ONCE_NANOS = 2_000_000L;

  /** So many in a row, and the next is expected to be taken at once too. */
  private static final int QUICK = 5;

  private final Path folder;
  private final LongSupplier wall;
  private final Executor pen;
  private volatile Status status;
  private volatile Runnable closed = () -> {};

  /**
   * @param folder where logs lie, and below it what was made of them; made when it is needed
   * @param wallNanos a monotonic clock ({@code System::nanoTime})
   */
  public LiveLogs(Path folder, LongSupplier wallNanos) {
    this(folder, wallNanos, new Pen());
  }

  /**
   * The same with a thread of the caller's.
   *
   * @param pen carries out one after the other
   */
  public LiveLogs(Path folder, LongSupplier wallNanos, Executor pen) {
    this.folder = folder;
    this.wall = wallNanos;
    this.pen = pen;
  }

  /**
   * How the newest log stands.
   *
   * @param nanos virtual time up to which it is written
   * @param bytes its length
   * @param intact false if it could not be written any more
   */
  public record Status(long nanos, long bytes, boolean intact) {}

  /**
   * A session that was found.
   *
   * @param file the session file that was made of it
   * @param nanos virtual time up to which it goes
   * @param closed whether its user had closed it, so that nothing is lost
   */
  public record Recovered(Path file, long nanos, boolean closed) {}

  /**
   * Tells {@code then}, on the engine thread, of each session that has left something to recover.
   */
  public void onClosed(Runnable then) {
    closed = then;
  }

  /** How the log that was written to last stands; any thread. */
  public Optional<Status> status() {
    return Optional.ofNullable(status);
  }

  // ------------------------------------------------------------------ writing

  @Override
  public Log begin(Session session) {
    try {
      Files.createDirectories(folder);
      String name = session.scenario().name().replaceAll("[^A-Za-z0-9_-]", "-");
      name = name.substring(0, Math.min(40, name.length()));
      for (int i = 1; i < MOST; i++) {
        Path file = folder.resolve(name + "-" + i + ENDING);
        try {
          Files.createFile(file);
          return open(session, file);
        } catch (FileAlreadyExistsException e) {
          // Another session of that name is open, or waits to be recovered.
        }
      }
    } catch (IOException e) {
      // Said by the status.
    }
    status = new Status(session.now(), 0, false);
    return Log.NONE;
  }

  /**
   * The same in a file of the caller's, in place of what lies there. Its log goes by {@link
   * SessionLogs.Log#forget} and stays by {@link SessionLogs.Log#leave}.
   */
  public Log begin(Session session, Path file) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(file);
      return open(session, file);
    } catch (IOException e) {
      return Log.NONE;
    }
  }

  private Log open(Session session, Path file) throws IOException {
    RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
    out.getChannel().lock();
    return new Open(session, file, out);
  }

  /** A log that is being written. */
  private final class Open implements Log {
    private final Session session;
    private final Path file;
    private final RandomAccessFile out;
    private final LiveLogWriter writer;
    private long keptAt;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean intact = true;

    // Of the thread that writes: the pen's, or the session's while nothing waits for the pen.
    private long bytes;
    private int quick;

    /**
     * @param out its file; a channel would copy what is written twice, which costs five times as
     *     much
     */
    Open(Session session, Path file, RandomAccessFile out) {
      this.session = session;
      this.file = file;
      this.out = out;
      this.writer = new LiveLogWriter(session);
      append();
    }

    /** A disk that is slow gets more at a time, not more to wait for it. */
    @Override
    public void keep() {
      if (wall.getAsLong() - keptAt >= PERIOD_NANOS && waiting.get() == 0) {
        append();
      }
    }

    private void append() {
      keptAt = wall.getAsLong();
      Optional<LiveLogWriter.Batch> fresh = intact ? writer.take() : Optional.empty();
      if (fresh.isEmpty()) {
        return;
      }
      LiveLogWriter.Batch batch = fresh.get();
      if (waiting.get() == 0 && quick >= QUICK && batch.isSmall()) {
        append(batch);
      } else {
        waiting.incrementAndGet();
        pen.execute(() -> write(batch));
      }
    }

    /** On the logs' thread. */
    private void write(LiveLogWriter.Batch batch) {
      if (intact) {
        append(batch);
      }
      waiting.decrementAndGet();
    }

    private void append(LiveLogWriter.Batch batch) {
      try {
        ByteBuffer fresh = writer.bytes(batch);
        long begun = wall.getAsLong();
        out.write(fresh.array(), 0, fresh.limit());
        quick = wall.getAsLong() - begun < AT_ONCE_NANOS ? quick + 1 : 0;
        bytes += fresh.limit();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        intact = false;
      }
      status = new Status(batch.reached(), bytes, intact);
    }

    /** Waits until everything is written that was collected. */
    private void await() {
      if (waiting.get() == 0) {
        return;
      }
      CountDownLatch done = new CountDownLatch(1);
      pen.execute(done::countDown);
      boolean interrupted = false;
      while (done.getCount() > 0) {
        try {
          done.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void leave() {
      try {
        append();
      } catch (RuntimeException e) {
        // The session is broken: what was appended before it broke is what there is.
      }
      await();
      try {
        out.close();
      } catch (IOException e) {
        // Its lock goes with the program.
      }
    }

    @Override
    public void end() {
      end(hasWork());
    }

    @Override
    public void forget() {
      end(false);
    }

    private void end(boolean keeps) {
      if (keeps) {
        append();
      }
      await();
      try {
        out.close();
        if (!keeps || !intact) {
          Files.deleteIfExists(file);
          return;
        }
        String name = file.getFileName().toString();
        Files.move(
            file,
            file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + CLOSED),
            StandardCopyOption.REPLACE_EXISTING);
        closed.run();
      } catch (IOException e) {
        // It will be recovered once more than needed.
      }
    }

    /** Whether opening the scenario again would not give the same. */
    private boolean hasWork() {
      long own =
          session.scenario().script().stream()
              .filter(step -> step.atNanos() <= session.now())
              .count();
      return session.now() > 0 && session.commands().size() > own;
    }
  }

  // ------------------------------------------------------------------ recovery

  /** Makes session files of the logs that nobody holds any more. Reads and writes files. */
  public synchronized List<Recovered> recover() {
    List<Recovered> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    List<Path> logs;
    try (Stream<Path> all = Files.list(folder)) {
      logs = all.filter(LiveLogs::isLog).sorted().toList();
    } catch (IOException e) {
      return found;
    }
    for (Path log : logs) {
      try {
        recover(log).ifPresent(found::add);
      } catch (IOException | ProblemException e) {
        // It stays where it is, for the next start or a newer version.
      }
    }
    return found;
  }

  private static boolean isLog(Path file) {
    return file.toString().endsWith(ENDING) || file.toString().endsWith(CLOSED);
  }

  private Optional<Recovered> recover(Path log) throws IOException, ProblemException {
    Optional<Recovered> recovered;
    String name = log.getFileName().toString();
    boolean wasClosed = name.endsWith(CLOSED);
    try (FileChannel channel =
            FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || channel.size() == 0) {
        return Optional.empty();
      }
      OpenedSession opened = LiveLogReader.read(name, Channels.newInputStream(channel));
      Path file = free(wasClosed ? "kept" : "recovered", name.substring(0, name.lastIndexOf('.')));
      HostFiles.write(file, out -> SessionFileWriter.write(opened.session(), out));
      recovered = Optional.of(new Recovered(file, opened.session().facts().endNanos(), wasClosed));
    } catch (OverlappingFileLockException e) {
      // It is one of ours.
      return Optional.empty();
    }
    Files.deleteIfExists(log);
    if (wasClosed) {
      forgetOld(folder.resolve("kept"));
    }
    return recovered;
  }

  private Path free(String where, String name) throws IOException {
    Path into = Files.createDirectories(folder.resolve(where));
    Path file = into.resolve(name + ".godwit");
    for (int i = 2; Files.exists(file); i++) {
      file = into.resolve(name + "-" + i + ".godwit");
    }
    return file;
  }

  private static void forgetOld(Path kept) throws IOException {
    List<Path> newestFirst;
    try (Stream<Path> all = Files.list(kept)) {
      newestFirst =
          all.filter(each -> each.toString().endsWith(".godwit"))
              .sorted(
                  Comparator.comparingLong((Path each) -> each.toFile().lastModified()).reversed())
              .toList();
    }
    for (Path old :
        newestFirst.subList(Math.min(MOST_KEPT, newestFirst.size()), newestFirst.size())) {
      Files.deleteIfExists(old);
    }
  }
}
