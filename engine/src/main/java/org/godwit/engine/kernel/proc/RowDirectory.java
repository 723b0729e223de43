package org.godwit.engine.kernel.proc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.kernel.call.Errno;

/**
 * A directory made of rows, and of what else hangs in it. Rows whose names have a slash are in
 * directories below.
 *
 * @param <S> what the rows are about
 */
public final class RowDirectory<S> implements SyntheticDirectory {
  /** Longest write that is looked at: no file of /proc takes more. */
  private static final int LONGEST_WRITE = 32 << 10;

  private final S subject;
  private final int uid;
  private final int gid;
  private final TreeMap<String, SyntheticEntry> entries = new TreeMap<>();

  /** A directory whose files belong to root. */
  public RowDirectory(S subject, List<ProcRow<S>> rows) {
    this(subject, rows, 0, 0);
  }

  /** A directory whose files belong to somebody. */
  public RowDirectory(S subject, List<ProcRow<S>> rows, int uid, int gid) {
    this.subject = subject;
    this.uid = uid;
    this.gid = gid;
    TreeSet<String> below = new TreeSet<>();
    for (ProcRow<S> row : rows) {
      int slash = row.name().indexOf('/');
      if (slash < 0) {
        entries.put(row.name(), new RowFile(row));
      } else {
        below.add(row.name().substring(0, slash));
      }
    }
    for (String name : below) {
      entries.put(name, new RowDirectory<>(subject, below(rows, name + "/"), uid, gid));
    }
  }

  private static <S> List<ProcRow<S>> below(List<ProcRow<S>> rows, String prefix) {
    List<ProcRow<S>> inside = new ArrayList<>();
    for (ProcRow<S> row : rows) {
      if (row.name().startsWith(prefix)) {
        String name = row.name().substring(prefix.length());
        inside.add(new ProcRow<>(name, row.mode(), row.unit(), row.content(), row.change()));
      }
    }
    return inside;
  }

  /** Hangs something else into it. */
  public RowDirectory<S> with(String name, SyntheticEntry entry) {
    entries.put(name, entry);
    return this;
  }

  @Override
  public SyntheticEntry lookup(String name) {
    return entries.get(name);
  }

  @Override
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public int uid() {
    return uid;
  }

  @Override
  public int gid() {
    return gid;
  }

  private final class RowFile implements SyntheticFile {
    private final ProcRow<S> row;

    RowFile(ProcRow<S> row) {
      this.row = row;
    }

    @Override
    public byte[] read(int reader) {
      return row.content().read(subject, reader).getBytes(ISO_8859_1);
    }

    @Override
    public int write(byte[] data, int writer) {
      if (data.length > LONGEST_WRITE) {
        return Errno.EINVAL;
      }
      return row.change().write(subject, new String(data, ISO_8859_1).strip(), writer);
    }

    @Override
    public int mode() {
      return row.mode();
    }

    @Override
    public int uid() {
      return uid;
    }

    @Override
    public int gid() {
      return gid;
    }
  }
}
