package org.godwit.engine.elf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.Prot;

/**
 * Puts a program into an empty address space as Linux does: segments mapped privately from the
 * image, zeros after them, the heap behind the last, and a stack with argc, argv, envp and the
 * auxiliary vector (psABI, "Process Initialization").
 */
public final class Loader {
  /** Most bytes of arguments and environment: a quarter of the stack, as in Linux. */
  public static final long MAX_ARGUMENTS = AddressSpace.STACK_SIZE / 4;

  /** AT_HWCAP: a bit per single-letter extension, here I, M, A, F, D and C. */
  private static final long HWCAP =
      1 << 'I' - 'A'
          | 1 << 'M' - 'A'
          | 1 << 'A' - 'A'
          | 1 << 'F' - 'A'
          | 1 << 'D' - 'A'
          | 1 << 'C' - 'A';

  private static final int PROGRAM_HEADER = 56;
  private static final int CLOCK_TICKS = 100;

  private static final int AT_NULL = 0;
  private static final int AT_PHDR = 3;
  private static final int AT_PHENT = 4;
  private static final int AT_PHNUM = 5;
  private static final int AT_PAGESZ = 6;
  private static final int AT_BASE = 7;
  private static final int AT_FLAGS = 8;
  private static final int AT_ENTRY = 9;
  private static final int AT_UID = 11;
  private static final int AT_EUID = 12;
  private static final int AT_GID = 13;
  private static final int AT_EGID = 14;
  private static final int AT_HWCAP = 16;
  private static final int AT_CLKTCK = 17;
  private static final int AT_SECURE = 23;
  private static final int AT_RANDOM = 25;
  private static final int AT_EXECFN = 31;

  private final ElfImage image;
  private final AddressSpace memory;
  private long stack = AddressSpace.STACK_TOP;

  private Loader(ElfImage image, AddressSpace memory) {
    this.image = image;
    this.memory = memory;
  }

  /**
   * Loads a program.
   *
   * @param image the program
   * @param backing the image as the process maps it, under the handle by which its home knows it
   * @param memory an empty space
   * @param startup arguments of at most {@link #MAX_ARGUMENTS} bytes
   * @throws org.godwit.engine.memory.OutOfFrames if the node has too little memory; the space must
   *     then be released
   */
  public static Loaded load(ElfImage image, Backing backing, AddressSpace memory, Startup startup) {
    if (startup.stackBytes() > MAX_ARGUMENTS) {
      throw new IllegalArgumentException("arguments of " + startup.stackBytes() + " bytes");
    }
    Loader loader = new Loader(image, memory);
    long end = 0;
    for (Segment segment : image.segments()) {
      loader.map(segment, backing, startup.path());
      end = Math.max(end, segment.end());
    }
    memory.startHeap(AddressSpace.roundUp(end));
    long sp = loader.buildStack(startup);
    return new Loaded(image.entry(), sp, memory.brk());
  }

  private void map(Segment segment, Backing backing, String path) {
    long start = segment.address() & -Page.SIZE;
    long fileEnd = segment.address() + segment.fileSize();
    long mappedEnd = segment.fileSize() == 0 ? start : AddressSpace.roundUp(fileEnd);
    long end = AddressSpace.roundUp(segment.end());
    if (mappedEnd > start) {
      long offset = segment.offset() & -Page.SIZE;
      memory.map(new Area(start, mappedEnd, segment.prot(), false, backing, offset, path));
      if (segment.memorySize() > segment.fileSize()) {
        zeroTail(segment, start, fileEnd, mappedEnd);
      }
    }
    if (end > mappedEnd) {
      memory.map(new Area(mappedEnd, end, segment.prot(), false, null, 0, ""));
    }
  }

  /**
   * Zeros what the file has in the last page after the segment's bytes; a read-only segment is
   * writable meanwhile.
   */
  private void zeroTail(Segment segment, long start, long fileEnd, long mappedEnd) {
    int length = (int) (mappedEnd - fileEnd);
    if (length > 0) {
      memory.protect(start, mappedEnd - start, segment.prot() | Prot.WRITE);
      memory.copyOut(fileEnd, new byte[length], 0, length);
      memory.protect(start, mappedEnd - start, segment.prot());
    }
  }

  private long buildStack(Startup startup) {
    int prot = image.executableStack() ? Prot.READ_WRITE | Prot.EXEC : Prot.READ_WRITE;
    long bottom = AddressSpace.STACK_TOP - AddressSpace.STACK_SIZE;
    memory.map(new Area(bottom, AddressSpace.STACK_TOP, prot, false, null, 0, "[stack]"));
    pushBytes(new byte[8]);
    long path = pushString(startup.path().getBytes(StandardCharsets.UTF_8));
    List<Long> environment = pushStrings(startup.environment());
    List<Long> arguments = pushStrings(startup.arguments());
    stack &= -16;
    long random = pushBytes(startup.aux().random());

    List<Long> words = new ArrayList<>();
    words.add((long) arguments.size());
    words.addAll(arguments);
    words.add(0L);
    words.addAll(environment);
    words.add(0L);
    addAuxiliary(words, startup.aux(), random, path);
    stack = stack - 8L * words.size() & -16;
    for (int i = 0; i < words.size(); i++) {
      memory.store64(stack + 8L * i, words.get(i));
    }
    return stack;
  }

  private void addAuxiliary(List<Long> words, AuxValues aux, long random, long path) {
    add(words, AT_HWCAP, HWCAP);
    add(words, AT_PAGESZ, Page.SIZE);
    add(words, AT_CLKTCK, CLOCK_TICKS);
    add(words, AT_PHDR, image.headers());
    add(words, AT_PHENT, PROGRAM_HEADER);
    add(words, AT_PHNUM, image.headerCount());
    add(words, AT_BASE, 0);
    add(words, AT_FLAGS, 0);
    add(words, AT_ENTRY, image.entry());
    add(words, AT_UID, aux.uid());
    add(words, AT_EUID, aux.euid());
    add(words, AT_GID, aux.gid());
    add(words, AT_EGID, aux.egid());
    add(words, AT_SECURE, aux.secure() ? 1 : 0);
    add(words, AT_RANDOM, random);
    add(words, AT_EXECFN, path);
    add(words, AT_NULL, 0);
  }

  private static void add(List<Long> words, int key, long value) {
    words.add((long) key);
    words.add(value);
  }

  /** Pushes strings so that the first lies lowest, as ps(1) and setproctitle expect. */
  private List<Long> pushStrings(List<byte[]> strings) {
    List<Long> addresses = new ArrayList<>();
    for (byte[] each : strings.reversed()) {
      addresses.addFirst(pushString(each));
    }
    return addresses;
  }

  private long pushString(byte[] text) {
    byte[] ended = Arrays.copyOf(text, text.length + 1);
    return pushBytes(ended);
  }

  private long pushBytes(byte[] bytes) {
    stack -= bytes.length;
    memory.copyOut(stack, bytes, 0, bytes.length);
    return stack;
  }
}
