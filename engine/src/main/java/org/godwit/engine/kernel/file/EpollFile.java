package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/**
 * A set of files to wait for: epoll(7). An interest is known by its file and the number that it was
 * added under; it goes with the file's last descriptor. Interests that may have news stand in a
 * list, in the order in which the news came; who waits looks at each: one that is not ready leaves
 * the list, a level-triggered one goes to its end, an edge-triggered one comes back with the next
 * news.
 */
final class EpollFile extends OpenFile {
  static final int EVENT_BYTES = 16;
  static final int EXCLUSIVE = 1 << 28;
  private static final int ONESHOT = 1 << 30;
  private static final int EDGE = 1 << 31;

  /** EPOLLEXCLUSIVE, EPOLLWAKEUP, EPOLLONESHOT, EPOLLET: not events. */
  static final int OPTIONS = EXCLUSIVE | 1 << 29 | ONESHOT | EDGE;

  private static final int RDBAND = 0x80;
  private static final int WRBAND = 0x200;
  private static final int INPUT =
      PollMask.IN | PollMask.RDNORM | RDBAND | PollMask.PRI | PollMask.RDHUP;
  private static final int OUTPUT = PollMask.OUT | PollMask.WRNORM | WRBAND;
  private static final int ENDS = PollMask.ERR | PollMask.HUP;

  /** Most epoll sets within each other. */
  static final int MOST_NESTED = 5;

  /** What is wanted of one file. */
  final class Interest {
    private final int fd;
    private final OpenFile file;

    /** With EPOLLERR and EPOLLHUP, which need not be asked for; options only once it has fired. */
    private int events;

    private long data;
    private boolean listed;
    private final WaitChannel.Waiter onInput = () -> news(INPUT);
    private final WaitChannel.Waiter onOutput = () -> news(OUTPUT);

    private Interest(int fd, OpenFile file) {
      this.fd = fd;
      this.file = file;
    }

    int events() {
      return events;
    }

    /** News of a kind that was asked for, or an end, which need not be asked for. */
    private void news(int kind) {
      int wanted = events & ~OPTIONS;
      if ((wanted & kind) != 0 || wanted != 0 && (file.poll() & ENDS) != 0) {
        list(this);
      }
    }

    private int ready(FileContext ctx, int tid) {
      int wanted = events & ~OPTIONS;
      return wanted == 0 ? 0 : file.poll(ctx, tid) & wanted;
    }

    private void watch() {
      file.watchedBy().add(EpollFile.this);
      if (file.readable() != null) {
        file.readable().watch(onInput);
      }
      if (file.writable() != null) {
        file.writable().watch(onOutput);
      }
    }

    private void unwatch() {
      events = 0; // News that are just being told are none any more.
      file.watchedBy().remove(EpollFile.this);
      if (file.readable() != null) {
        file.readable().unwatch(onInput);
      }
      if (file.writable() != null) {
        file.writable().unwatch(onOutput);
      }
    }
  }

  private final List<Interest> interests = new ArrayList<>();
  private final ArrayDeque<Interest> listed = new ArrayDeque<>();
  private final WaitChannel readable = new WaitChannel();

  EpollFile(NodeFiles node) {
    super(node, OpenFlags.READ_WRITE);
  }

  @Override
  Kind kind() {
    return Kind.EPOLL;
  }

  @Override
  String name() {
    return "anon_inode:[eventpoll]";
  }

  @Override
  FileStatus status() {
    return FileStatus.anonymous(id, 0600, node.calendarNanos());
  }

  // ---------------------------------------------------------------- the set

  /** The interest in a file under that number, or null. */
  Interest find(int fd, OpenFile file) {
    for (Interest each : interests) {
      if (each.fd == fd && each.file == file) {
        return each;
      }
    }
    return null;
  }

  int size() {
    return interests.size();
  }

  void add(int fd, OpenFile file, int events, long data, FileContext ctx, int tid) {
    Interest added = new Interest(fd, file);
    interests.add(added);
    added.watch();
    change(added, events, data, ctx, tid);
  }

  /** EPOLL_CTL_MOD, which also wakes a one-shot interest up again. */
  void change(Interest interest, int events, long data, FileContext ctx, int tid) {
    interest.events = events | ENDS;
    interest.data = data;
    if (interest.ready(ctx, tid) != 0) {
      list(interest);
    }
  }

  void remove(Interest interest) {
    interests.remove(interest);
    listed.remove(interest);
    interest.unwatch();
  }

  /** The last descriptor of a file went. */
  void fileClosed(OpenFile file) {
    for (Interest each : List.copyOf(interests)) {
      if (each.file == file) {
        remove(each);
      }
    }
  }

  /** Whether {@code other} is this set or one within it; sets may not watch each other in turns. */
  boolean contains(OpenFile other) {
    if (this == other) {
      return true;
    }
    for (Interest each : interests) {
      if (each.file instanceof EpollFile inner && inner.contains(other)) {
        return true;
      }
    }
    return false;
  }

  /** Sets within it, one below the other. */
  int depth() {
    int deepest = 0;
    for (Interest each : interests) {
      deepest = Math.max(deepest, each.file instanceof EpollFile inner ? 1 + inner.depth() : 0);
    }
    return deepest;
  }

  /** Sets that it is within, one above the other. */
  int height() {
    int highest = 0;
    for (EpollFile each : watchedBy()) {
      highest = Math.max(highest, 1 + each.height());
    }
    return highest;
  }

  private void list(Interest interest) {
    if (!interest.listed) {
      interest.listed = true;
      listed.add(interest);
    }
    readable.wake();
  }

  // ---------------------------------------------------------------- waiting

  /** Takes up to {@code most} events, as struct epoll_event of riscv64. */
  byte[] take(int most, FileContext ctx, int tid) {
    ByteBuffer events =
        ByteBuffer.allocate(Math.min(most, listed.size()) * EVENT_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Interest> again = new ArrayList<>();
    while (events.hasRemaining() && !listed.isEmpty()) {
      Interest each = listed.remove();
      each.listed = false;
      int ready = each.ready(ctx, tid);
      if (ready == 0) {
        continue;
      }
      events.putInt(ready).putInt(0).putLong(each.data);
      if ((each.events & ONESHOT) != 0) {
        each.events &= OPTIONS;
      } else if ((each.events & EDGE) == 0) {
        again.add(each);
      }
    }
    for (Interest each : again) {
      each.listed = true;
      listed.add(each);
    }
    return java.util.Arrays.copyOf(events.array(), events.position());
  }

  @Override
  int poll(FileContext ctx, int tid) {
    for (Interest each : List.copyOf(listed)) {
      if (each.ready(ctx, tid) != 0) {
        return PollMask.IN | PollMask.RDNORM;
      }
      each.listed = false;
      listed.remove(each);
    }
    return 0;
  }

  /** Without a process to ask for: whether there may be news. */
  @Override
  int poll() {
    return listed.isEmpty() ? 0 : PollMask.IN | PollMask.RDNORM;
  }

  @Override
  boolean asksBody() {
    return interests.stream().anyMatch(each -> each.file.asksBody());
  }

  @Override
  WaitChannel readable() {
    return readable;
  }

  @Override
  void close() {
    for (Interest each : List.copyOf(interests)) {
      remove(each);
    }
  }

  // ---------------------------------------------------------------- state

  /** Files are known by their numbers, since some are read only after this one. */
  private record Stored(int fd, int file, int events, long data) {}

  private List<Stored> stored = List.of();
  private long[] storedOrder = {};

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    int count = walk.count("interests", interests.size());
    List<Stored> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Interest each = walk.reading() ? null : interests.get(i);
      int fd = walk.i32("fd", each == null ? 0 : each.fd);
      int file = walk.i32("file", each == null ? 0 : each.file.id());
      int events = walk.i32("events", each == null ? 0 : each.events);
      all.add(new Stored(fd, file, events, walk.i64("data", each == null ? 0 : each.data)));
    }
    long[] order = walk.longs("listed", listed.stream().mapToLong(interests::indexOf).toArray());
    if (walk.reading()) {
      stored = all;
      storedOrder = order;
    }
  }

  @Override
  void resume() {
    for (Stored each : stored) {
      Interest interest = new Interest(each.fd, node.openFile(each.file));
      interest.events = each.events;
      interest.data = each.data;
      interests.add(interest);
      interest.watch();
    }
    for (long index : storedOrder) {
      Interest interest = interests.get((int) index);
      interest.listed = true;
      listed.add(interest);
    }
    stored = List.of();
    storedOrder = new long[0];
  }
}
