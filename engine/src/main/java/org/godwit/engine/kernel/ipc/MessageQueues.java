package org.godwit.engine.kernel.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.memory.KernelMemory;
import org.godwit.engine.state.Walk;

/**
 * Message queues: msgget(2), msgsnd(2), msgrcv(2), msgctl(2). A message is its type (8 bytes), then
 * its text. Left out: MSG_INFO and MSG_STAT, which tell of the whole system.
 */
public final class MessageQueues {
  private static final int MSG_NOERROR = 010000;
  private static final int MSG_EXCEPT = 020000;
  private static final int MSG_COPY = 040000;

  /** Longest text (MSGMAX), bytes of a queue (MSGMNB), queues (MSGMNI). */
  private static final int MOST_TEXT = 8192;

  private static final int MOST_BYTES = 16_384;
  private static final int MOST_QUEUES = 32_000;
  private static final int STATUS_BYTES = 120;

  private static final class Queue extends IpcObject {
    private final List<byte[]> messages = new ArrayList<>();
    private long bytes;
    private long room = MOST_BYTES;
    private long sentSeconds;
    private long receivedSeconds;
    private int sender;
    private int receiver;

    Queue(Permission permission) {
      super(permission);
    }

    @Override
    void walk(Walk walk) {
      super.walk(walk);
      bytes = walk.i64("bytes", bytes);
      room = walk.i64("room", room);
      sentSeconds = walk.i64("sent", sentSeconds);
      receivedSeconds = walk.i64("received", receivedSeconds);
      sender = walk.i32("sender", sender);
      receiver = walk.i32("receiver", receiver);
      int count = walk.count("messages", messages.size());
      for (int i = 0; i < count; i++) {
        byte[] message = walk.bytes("message", walk.reading() ? null : messages.get(i));
        if (walk.reading()) {
          messages.add(message);
        }
      }
    }
  }

  private final IpcTable<Queue> queues = new IpcTable<>(MOST_QUEUES);
  private final KernelMemory memory;

  /** No queues; messages are charged to {@code memory}. */
  public MessageQueues(KernelMemory memory) {
    this.memory = memory;
  }

  /** msgget(key, msgflg). */
  public Outcome get(Credentials who, Call call, long nowSeconds) {
    return queues.find(
        call.integer(0),
        call.integer(1),
        who,
        queue -> 0,
        () -> {
          Queue made = new Queue(new Permission(call.integer(0), who, call.integer(1)));
          made.changedSeconds = nowSeconds;
          return made;
        });
  }

  /** Whether msgsnd may be called with a text of so many bytes; else EINVAL. */
  public static boolean isLength(long bytes) {
    return bytes >= 0 && bytes <= MOST_TEXT;
  }

  /** msgsnd(msqid, msgp, msgsz, msgflg), the message in argument 1. */
  public Outcome send(Credentials who, int pid, Call call, long nowSeconds) {
    byte[] message = call.in(1);
    if (type(message) < 1 || call.integer(0) < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    Queue queue = queues.get(call.integer(0));
    if (queue == null) {
      return IpcTable.gone(call);
    }
    if (!queue.permission.allows(who, Permission.WRITE)) {
      return Outcome.error(Errno.EACCES);
    }
    int text = text(message);
    if (queue.bytes + text > queue.room || queue.messages.size() + 1 > queue.room) {
      return (call.integer(3) & IpcTable.IPC_NOWAIT) != 0
          ? Outcome.error(Errno.EAGAIN)
          : IpcTable.wait(call, queue, Long.MAX_VALUE);
    }
    if (!memory.take(message.length)) {
      return Outcome.error(Errno.ENOMEM);
    }
    queue.messages.add(message);
    queue.bytes += text;
    queue.sender = pid;
    queue.sentSeconds = nowSeconds;
    queue.news.wake();
    return Outcome.done(0);
  }

  /** msgrcv(msqid, msgp, msgsz, msgtyp, msgflg): the message leaves in argument 1. */
  public Outcome receive(Credentials who, int pid, Call call, long nowSeconds) {
    int flags = call.integer(4);
    boolean waits = (flags & IpcTable.IPC_NOWAIT) == 0;
    boolean copies = (flags & MSG_COPY) != 0;
    if (call.integer(0) < 0
        || call.scalar(2) < 0
        || copies && (waits || (flags & MSG_EXCEPT) != 0)) {
      return Outcome.error(Errno.EINVAL);
    }
    Queue queue = queues.get(call.integer(0));
    if (queue == null) {
      return IpcTable.gone(call);
    }
    if (!queue.permission.allows(who, Permission.READ)) {
      return Outcome.error(Errno.EACCES);
    }
    int found = find(queue.messages, call.scalar(3), flags);
    if (found < 0) {
      return waits ? IpcTable.wait(call, queue, Long.MAX_VALUE) : Outcome.error(Errno.ENOMSG);
    }
    byte[] message = queue.messages.get(found);
    if (text(message) > call.scalar(2) && (flags & MSG_NOERROR) == 0) {
      return Outcome.error(Errno.E2BIG);
    }
    if (!copies) {
      drop(queue, found);
      queue.receiver = pid;
      queue.receivedSeconds = nowSeconds;
      queue.news.wake();
    }
    int given = (int) Math.min(text(message), call.scalar(2));
    call.out(1, java.util.Arrays.copyOf(message, Long.BYTES + given));
    return Outcome.done(given);
  }

  private void drop(Queue queue, int index) {
    byte[] message = queue.messages.remove(index);
    queue.bytes -= text(message);
    memory.give(message.length);
  }

  /** Which message is meant, or −1. */
  private static int find(List<byte[]> messages, long wanted, int flags) {
    if ((flags & MSG_COPY) != 0) {
      return wanted >= 0 && wanted < messages.size() ? (int) wanted : -1;
    }
    int best = -1;
    for (int i = 0; i < messages.size(); i++) {
      long type = type(messages.get(i));
      boolean fits =
          wanted == 0
              || wanted > 0 && (type == wanted) == ((flags & MSG_EXCEPT) == 0)
              || wanted < 0 && (wanted == Long.MIN_VALUE || type <= -wanted);
      if (fits && (best < 0 || wanted < 0 && type < type(messages.get(best)))) {
        best = i;
        if (wanted >= 0) {
          break;
        }
      }
    }
    return best;
  }

  /** The bytes that msgctl reads for a command. */
  public static int reads(int command) {
    return command == IpcTable.IPC_SET ? STATUS_BYTES : 0;
  }

  /** msgctl(msqid, cmd, buf): a structure comes in and goes out in argument 2. */
  public Outcome control(Credentials who, Call call, long nowSeconds) {
    Queue queue = queues.get(call.integer(0));
    if (queue == null) {
      return Outcome.error(Errno.EINVAL);
    }
    Permission permission = queue.permission;
    return switch (call.integer(1)) {
      case IpcTable.IPC_RMID -> {
        if (!permission.ownedBy(who)) {
          yield Outcome.error(Errno.EPERM);
        }
        while (!queue.messages.isEmpty()) {
          drop(queue, queue.messages.size() - 1);
        }
        queues.remove(call.integer(0));
        yield Outcome.done(0);
      }
      case IpcTable.IPC_SET -> {
        ByteBuffer status = ByteBuffer.wrap(call.in(2)).order(ByteOrder.LITTLE_ENDIAN);
        long room = status.getLong(88);
        if (!permission.ownedBy(who) || room > MOST_BYTES && !who.privileged()) {
          yield Outcome.error(Errno.EPERM);
        }
        permission.set(status);
        queue.room = room;
        queue.changedSeconds = nowSeconds;
        queue.news.wake();
        yield Outcome.done(0);
      }
      case IpcTable.IPC_STAT -> {
        if (!permission.allows(who, Permission.READ)) {
          yield Outcome.error(Errno.EACCES);
        }
        call.out(2, status(queue));
        yield Outcome.done(0);
      }
      default -> Outcome.error(Errno.EINVAL);
    };
  }

  /** struct msqid64_ds (asm-generic/msgbuf.h). */
  private static byte[] status(Queue queue) {
    ByteBuffer to = ByteBuffer.allocate(STATUS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    queue.permission.put(to, 0);
    to.putLong(48, queue.sentSeconds).putLong(56, queue.receivedSeconds);
    to.putLong(64, queue.changedSeconds).putLong(72, queue.bytes);
    to.putLong(80, queue.messages.size()).putLong(88, queue.room);
    return to.putInt(96, queue.sender).putInt(100, queue.receiver).array();
  }

  private static long type(byte[] message) {
    return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static int text(byte[] message) {
    return message.length - Long.BYTES;
  }

  /** Everything. */
  public void walk(Walk walk) {
    queues.walk(walk, () -> new Queue(new Permission()));
    if (walk.reading()) {
      queues.all().values().forEach(q -> q.messages.forEach(each -> memory.recharge(each.length)));
    }
  }
}
