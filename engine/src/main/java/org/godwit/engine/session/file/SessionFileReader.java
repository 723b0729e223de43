package org.godwit.engine.session.file;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.godwit.engine.session.BootRoot;
import org.godwit.engine.session.GuestFile;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.engine.session.SessionInputs;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;
import org.godwit.model.session.HashLine;
import org.godwit.model.session.SessionHeader;

/**
 * Reads session files that nobody vouches for: cut, damaged, or made to do harm. Never more than
 * {@link SessionFile}'s limits are unpacked, no entry name is used as a path, and program bytes
 * count only if they have the hash that they claim.
 *
 * <p>A file opens if its header does. After that, whatever is intact is kept and whatever is not is
 * reported: a cut keeps every complete line before it, a damaged entry is dropped as a whole (what
 * stands before the place where the damage shows may be wrong too), and behind a gap no further
 * lines of that kind are taken.
 */
public final class SessionFileReader {
  private static final Pattern PROGRAM = Pattern.compile("programs/([0-9a-f]{64})\\.elf");
  private static final Pattern ROOT = Pattern.compile("roots/([0-9a-f]{64})\\.tar");
  private static final Pattern INPUT = Pattern.compile("inputs/([0-9a-f]{64})\\.bin");
  private static final Pattern EVENTS = Pattern.compile("segments/([0-9]{6,12})/events\\.jsonl");
  private static final Pattern METRICS = Pattern.compile("segments/([0-9]{6,12})/metrics\\.jsonl");

  private static final byte[] NO_ARCHIVE = {1};

  private final String file;
  private final List<Problem> damage = new ArrayList<>();
  private final Lines<CommandRecord> commands =
      new Lines<>(CommandRecord.class, (a, b) -> a.sequence() < b.sequence());
  private final Lines<HashLine> hashes =
      new Lines<>(HashLine.class, (a, b) -> a.atNanos() < b.atNanos());
  private final Lines<Event> events =
      new Lines<>(Event.class, (a, b) -> a.atNanos() <= b.atNanos());
  private final Lines<Sample> samples =
      new Lines<>(Sample.class, (a, b) -> a.atNanos() <= b.atNanos());
  private final TreeMap<String, byte[]> programs = new TreeMap<>();
  private final TreeMap<String, byte[]> roots = new TreeMap<>();
  private final TreeMap<String, byte[]> inputs = new TreeMap<>();
  private SessionHeader header;
  private String notes = "";
  private Optional<byte[]> preview = Optional.empty();
  private long unpacked;
  private String entryName = SessionFile.HEADER;

  private SessionFileReader(String file) {
    this.file = file;
  }

  /** The records of one kind, over all entries that hold some. */
  private static final class Lines<T> {
    final Class<T> type;
    final BiPredicate<T, T> inOrder;
    final List<T> all = new ArrayList<>();
    boolean closed;

    Lines(Class<T> type, BiPredicate<T, T> inOrder) {
      this.type = type;
      this.inOrder = inOrder;
    }
  }

  /** The limits of this format are passed; harm or nonsense. */
  private static final class TooBig extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads a session file, or the log of a session that was not finished, to its end.
   *
   * @param file its name, for messages
   * @throws ProblemException if it cannot be opened at all: {@code session.not-godwit}, {@code
   *     session.newer-format}, {@code host.unreadable}, or a {@code json.*} problem of its header
   */
  public static OpenedSession read(String file, InputStream in) throws ProblemException {
    return new SessionFileReader(file).all(in);
  }

  private OpenedSession all(InputStream in) throws ProblemException {
    try {
      PushbackInputStream start = new PushbackInputStream(in, 4);
      byte[] magic = start.readNBytes(4);
      start.unread(magic);
      if (LiveLog.MAGIC.startsWith(new String(magic, StandardCharsets.US_ASCII))
          && magic.length == 4) {
        return LiveLogReader.read(file, start);
      }
      if (magic.length < 4 || magic[0] != 'P' || magic[1] != 'K') {
        throw new ProblemException(Problem.of("session.not-godwit", file));
      }
      entries(new ZipInputStream(start, StandardCharsets.UTF_8));
    } catch (EOFException e) {
      demandHeader();
      damage.add(Problem.of("session.cut", file, printable(entryName), seconds()));
    } catch (TooBig e) {
      demandHeader();
      damage.add(Problem.of("session.too-big", file, printable(entryName)));
    } catch (ZipException | IllegalArgumentException e) {
      // IllegalArgumentException: an entry's name is not UTF-8.
      demandHeader();
      damage.add(Problem.of("session.damaged-entry", file, printable(entryName), seconds()));
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unreadable", file));
    }
    demandHeader();
    return result();
  }

  private void demandHeader() throws ProblemException {
    if (header == null) {
      throw new ProblemException(Problem.of("session.not-godwit", file));
    }
  }

  private void entries(ZipInputStream zip) throws IOException, ProblemException {
    Set<String> names = new HashSet<>();
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      entryName = entry.getName();
      if (names.size() == SessionFile.MAX_ENTRIES) {
        throw new TooBig();
      }
      if (header == null) {
        if (!entryName.equals(SessionFile.HEADER)) {
          throw new ProblemException(Problem.of("session.not-godwit", file));
        }
        header(piece(zip));
        names.add(entryName);
      } else if (names.add(entryName)) {
        entry(zip);
      } else {
        damage.add(Problem.of("session.repeated-entry", file, printable(entryName)));
        skip(zip);
      }
    }
  }

  private void header(byte[] bytes) throws ProblemException {
    String place = file + ": " + SessionFile.HEADER;
    String text = new String(bytes, StandardCharsets.UTF_8);
    long format = JsonLines.integer(place, text, "formatVersion").orElse(0);
    if (format > SessionFile.FORMAT_VERSION) {
      throw new ProblemException(
          Problem.of("session.newer-format", file, format, SessionFile.FORMAT_VERSION));
    }
    header = JsonLines.parse(place, 1, text.strip(), SessionHeader.class);
  }

  private void entry(ZipInputStream zip) throws IOException {
    var program = PROGRAM.matcher(entryName);
    var root = ROOT.matcher(entryName);
    var input = INPUT.matcher(entryName);
    if (program.matches()) {
      bytes(program.group(1), piece(zip), programs);
    } else if (root.matches()) {
      bytes(root.group(1), piece(zip), roots);
    } else if (input.matches()) {
      bytes(input.group(1), piece(zip), inputs);
    } else if (EVENTS.matcher(entryName).matches()) {
      lines(zip, events);
    } else if (METRICS.matcher(entryName).matches()) {
      lines(zip, samples);
    } else {
      switch (entryName) {
        case SessionFile.NOTES ->
            extra(zip).ifPresent(bytes -> notes = new String(bytes, StandardCharsets.UTF_8));
        case SessionFile.PREVIEW -> preview = extra(zip);
        case SessionFile.COMMANDS -> lines(zip, commands);
        case SessionFile.HASHES -> lines(zip, hashes);
        default -> {
          damage.add(Problem.of("session.strange-entry", file, printable(entryName)));
          skip(zip);
        }
      }
    }
  }

  private void bytes(String sha256, byte[] bytes, TreeMap<String, byte[]> into) {
    if (SessionFile.sha256(bytes).equals(sha256)) {
      into.put(sha256, bytes);
    } else {
      damage.add(Problem.of("session.wrong-program", file, printable(entryName)));
    }
  }

  /** Takes the lines of an entry; keeps them unless its bytes turn out to be wrong. */
  private <T> void lines(ZipInputStream zip, Lines<T> lines) throws IOException {
    if (lines.closed) {
      skip(zip);
      return;
    }
    int before = lines.all.size();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int number = 1;
    try {
      for (int n = next(zip, buffer); n >= 0; n = next(zip, buffer)) {
        int from = 0;
        for (int i = 0; i < n && !lines.closed; i++) {
          if (buffer[i] == '\n') {
            line.write(buffer, from, i - from);
            take(line.toString(StandardCharsets.UTF_8), number++, lines);
            line.reset();
            from = i + 1;
          }
        }
        if (lines.closed) {
          continue;
        }
        line.write(buffer, from, n - from);
        if (line.size() > SessionFile.MAX_LINE) {
          throw new TooBig();
        }
      }
    } catch (ZipException e) {
      lines.all.subList(before, lines.all.size()).clear();
      lines.closed = true;
      throw e;
    }
    if (line.size() > 0 && !lines.closed) {
      take(line.toString(StandardCharsets.UTF_8), number, lines);
    }
  }

  private <T> void take(String text, int number, Lines<T> lines) {
    try {
      T value = JsonLines.parse(file, number, text, lines.type);
      if (lines.all.isEmpty() || lines.inOrder.test(lines.all.getLast(), value)) {
        lines.all.add(value);
        return;
      }
    } catch (ProblemException e) {
      // What is wrong with the line matters less than where it is: reported below.
    }
    lines.closed = true;
    damage.add(Problem.of("session.damaged-line", file, printable(entryName), number, seconds()));
  }

  private byte[] piece(ZipInputStream zip) throws IOException {
    return upTo(SessionFile.MAX_PIECE, zip).orElseThrow(TooBig::new);
  }

  /**
   * An entry that the session does not need: one that is too large is passed over, within reason.
   */
  private Optional<byte[]> extra(ZipInputStream zip) throws IOException {
    Optional<byte[]> bytes = upTo(SessionFile.MAX_PIECE, zip);
    if (bytes.isEmpty()) {
      byte[] buffer = new byte[8192];
      long passed = 0;
      for (int n = next(zip, buffer); n >= 0; n = next(zip, buffer)) {
        passed += n;
        if (passed > SessionFile.MAX_PIECE) {
          throw new TooBig();
        }
      }
      damage.add(Problem.of("session.big-entry", file, printable(entryName)));
    }
    return bytes;
  }

  /** The rest of an entry; empty, and the entry is not at its end, if that is more than a limit. */
  private Optional<byte[]> upTo(int limit, ZipInputStream zip) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = next(zip, buffer); n >= 0; n = next(zip, buffer)) {
      if (bytes.size() + n > limit) {
        return Optional.empty();
      }
      bytes.write(buffer, 0, n);
    }
    return Optional.of(bytes.toByteArray());
  }

  private void skip(ZipInputStream zip) throws IOException {
    byte[] buffer = new byte[8192];
    while (next(zip, buffer) >= 0) {
      // Only its length counts.
    }
  }

  private int next(ZipInputStream zip, byte[] buffer) throws IOException {
    int n = zip.read(buffer);
    unpacked += Math.max(n, 0);
    if (unpacked > SessionFile.MAX_TOTAL) {
      throw new TooBig();
    }
    return n;
  }

  private OpenedSession result() {
    List<ProgramImage> images = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (SessionHeader.Program program : header.programs()) {
      byte[] bytes = programs.get(program.sha256());
      if (bytes == null) {
        missing.add(printable(program.name()));
      } else {
        images.add(new ProgramImage(program.name(), program.sha256(), bytes));
      }
    }
    List<BootRoot> bootRoots = new ArrayList<>();
    for (SessionHeader.Program root :
        header.roots() == null ? List.<SessionHeader.Program>of() : header.roots()) {
      try {
        bootRoots.add(BootRoot.of(root.name(), roots.getOrDefault(root.sha256(), NO_ARCHIVE)));
      } catch (IllegalArgumentException e) {
        missing.add(printable(root.name()));
      }
    }
    SessionInputs given = inputs(missing);
    List<HashSample> samplesOfHash = new ArrayList<>();
    for (HashLine each : hashes.all) {
      if (!each.hash().matches("[0-9a-f]{16}")) {
        damage.add(
            Problem.of(
                "session.damaged-line",
                file,
                SessionFile.HASHES,
                samplesOfHash.size() + 1,
                seconds()));
        break;
      }
      samplesOfHash.add(new HashSample(each.atNanos(), HexFormat.fromHexDigitsToLong(each.hash())));
    }
    if (damage.isEmpty()
        && (commands.all.size() != header.commands()
            || hashes.all.size() != header.hashes()
            || events.all.size() != header.events()
            || samples.all.size() != header.samples())) {
      damage.add(Problem.of("session.cut", file, printable(entryName), seconds()));
    }
    if (!missing.isEmpty()) {
      damage.add(Problem.of("session.missing-programs", file, String.join(", ", missing)));
    }
    return new OpenedSession(
        new RecordedSession(
            new RecordedSession.Facts(
                header.behaviourVersion(),
                header.engineVersion(),
                header.endNanos(),
                header.migrateEvery()),
            header.scenario(),
            commands.all,
            events.all,
            samples.all,
            samplesOfHash,
            images,
            bootRoots,
            given,
            notes,
            preview),
        damage);
  }

  /** What came from outside; what of it is not intact is named, since nothing replaces it. */
  private SessionInputs inputs(List<String> missing) {
    SessionHeader.Inputs claimed = header.inputs();
    if (claimed == null) {
      return SessionInputs.NONE;
    }
    List<GuestFile> tree = List.of();
    if (claimed.root() != null) {
      try {
        tree = BootRoot.of("", roots.getOrDefault(claimed.root(), NO_ARCHIVE)).files();
      } catch (IllegalArgumentException e) {
        missing.add("--root");
      }
    }
    byte[] text = new byte[0];
    if (claimed.standardInput() != null) {
      text = inputs.get(claimed.standardInput());
      if (text == null) {
        missing.add("--stdin");
        text = new byte[0];
      }
    }
    return new SessionInputs(claimed.node(), tree, text);
  }

  /** Virtual time up to which events were read, in seconds. */
  private double seconds() {
    return events.all.isEmpty() ? 0.0 : events.all.getLast().atNanos() / 1e9;
  }

  /** A name from a file, fit for a message: no control characters, not endless. */
  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .limit(120)
        .forEach(
            c ->
                text.appendCodePoint(
                    Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c));
    return text.toString();
  }
}
