package org.godwit.engine.machine;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.godwit.engine.elf.AuxValues;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.elf.ElfProblem;
import org.godwit.engine.elf.Loaded;
import org.godwit.engine.elf.Loader;
import org.godwit.engine.elf.Startup;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.GuestFault;

/**
 * A test world: one hart, one space, and just enough of Linux for a C program without threads to
 * start, compute, print and exit. Files, time and everything else are refused. The real kernel is
 * elsewhere; this one lets the machine be tested alone.
 */
public final class BareGuest {
  private static final int ENOSYS = 38;
  private static final int ENOTTY = 25;
  private static final int ENOENT = 2;
  private static final int EFAULT = 14;

  public final Hart hart = new Hart();
  public final AddressSpace memory;
  public final ByteArrayOutputStream out = new ByteArrayOutputStream();
  public final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Machine machine;
  private boolean exited;
  private int status;

  /** Loads a program. */
  public BareGuest(Machine machine, byte[] elf, List<String> arguments) {
    this.machine = machine;
    this.memory = new AddressSpace(Frames.unlimited());
    ElfImage image =
        switch (ElfImage.parse(elf)) {
          case ElfImage good -> good;
          case ElfProblem problem -> throw new IllegalArgumentException(problem.toString());
        };
    AuxValues aux = new AuxValues(0, 0, 0, 0, false, new byte[16]);
    Loaded loaded =
        Loader.load(
            image,
            image.store().backing(1),
            memory,
            new Startup("/bin/guest", Startup.bytes(arguments), List.of(), aux));
    hart.setPc(loaded.entry());
    hart.setX(Hart.SP, loaded.stackPointer());
  }

  public boolean exited() {
    return exited;
  }

  /** Exit status; only after {@link #exited}. */
  public int status() {
    return status;
  }

  /** Runs to the end. */
  public void run() {
    while (!exited) {
      step(Long.MAX_VALUE);
    }
  }

  /** Runs at most so many instructions, serving calls on the way. Returns how many have retired. */
  public long step(long budget) {
    long before = hart.retired();
    long left = budget;
    while (left > 0 && !exited) {
      Stop stop = machine.run(hart, memory, left);
      left = budget - (hart.retired() - before);
      if (stop == Stop.ECALL) {
        call();
      } else if (stop != Stop.BUDGET) {
        throw new IllegalStateException(
            stop + " at " + Long.toHexString(hart.pc()) + " " + hart.fault());
      }
    }
    return hart.retired() - before;
  }

  private void call() {
    try {
      hart.setX(Hart.A0, call((int) hart.x(Hart.A7), hart.x(10), hart.x(11), hart.x(12)));
    } catch (GuestFault fault) {
      hart.setX(Hart.A0, -EFAULT);
    }
  }

  private long call(int number, long a0, long a1, long a2) {
    return switch (number) {
      case 29 -> -ENOTTY; // ioctl
      case 56, 78, 79 -> number == 79 && a0 <= 2 && a0 >= 0 ? stat(a2) : -ENOENT;
      case 57, 96, 99, 134, 135, 226, 233 -> protectOrNothing(number, a0, a1, a2);
      case 63 -> 0; // read: end of file
      case 64 -> write((int) a0, a1, (int) a2);
      case 66 -> writev((int) a0, a1, (int) a2);
      case 80 -> stat(a1);
      case 93, 94 -> exit((int) a0);
      case 113 -> clock(a1);
      case 172, 178 -> 1;
      case 214 -> memory.brk(a0);
      case 215 -> unmap(a0, a1);
      case 222 -> map(a0, a1, (int) a2);
      case 278 -> random(a0, (int) a1);
      default -> -ENOSYS;
    };
  }

  private long protectOrNothing(int number, long a0, long a1, long a2) {
    if (number == 226) {
      memory.protect(a0, AddressSpace.roundUp(a1), (int) a2);
    }
    return 0;
  }

  private long write(int descriptor, long address, int length) {
    byte[] bytes = new byte[length];
    memory.copyIn(address, bytes, 0, length);
    (descriptor == 2 ? err : out).writeBytes(bytes);
    return length;
  }

  private long writev(int descriptor, long vector, int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total +=
          write(
              descriptor,
              memory.load64(vector + 16L * i),
              (int) memory.load64(vector + 16L * i + 8));
    }
    return total;
  }

  /** A character device, so that stdio does not ask further. */
  private long stat(long buffer) {
    memory.copyOut(buffer, new byte[128], 0, 128);
    memory.store32(buffer + 16, 0x2190);
    memory.store32(buffer + 56, 1024);
    return 0;
  }

  private long exit(int code) {
    exited = true;
    status = code & 0xff;
    return 0;
  }

  /** Virtual time: a nanosecond for each instruction. */
  private long clock(long buffer) {
    memory.store64(buffer, hart.retired() / 1_000_000_000);
    memory.store64(buffer + 8, hart.retired() % 1_000_000_000);
    return 0;
  }

  private long map(long hint, long length, int prot) {
    long size = AddressSpace.roundUp(length);
    long address = memory.findRoom(hint, size);
    memory.map(new Area(address, address + size, prot, false, null, 0, ""));
    return address;
  }

  private long unmap(long address, long length) {
    memory.unmap(address, AddressSpace.roundUp(length));
    return 0;
  }

  private long random(long buffer, int length) {
    memory.copyOut(buffer, new byte[length], 0, length);
    return length;
  }
}
