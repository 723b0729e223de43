package org.godwit.engine.elf;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.memory.PageStore;

/**
 * Checks a file step by step, from its first bytes to its segments, and stops at the first flaw.
 */
final class ElfReader {
  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int ET_EXEC = 2;
  private static final int ET_DYN = 3;
  private static final int EM_RISCV = 243;
  private static final int PT_LOAD = 1;
  private static final int PT_INTERP = 3;
  private static final int PT_GNU_STACK = 0x6474e551;

  private final PageStore store;
  private final FileView file;
  private final long memoryBytes;

  ElfReader(PageStore store, long memoryBytes) {
    this.store = store;
    this.file = new FileView(store);
    this.memoryBytes = memoryBytes;
  }

  ElfResult read() {
    ElfProblem problem = header();
    return problem != null ? problem : programHeaders();
  }

  /** The flaw of the ELF header, or null. */
  private ElfProblem header() {
    // Read as the number it is, so that no text constant depends on a charset.
    if (file.i32(0) != 0x464c457f) {
      return ElfProblem.of(ElfFlaw.NOT_ELF);
    }
    if (!file.has(0, 20)) {
      return ElfProblem.of(ElfFlaw.TRUNCATED, (long) HEADER, store.size());
    }
    boolean bigEndian = file.u8(5) == 2;
    int machine = bigEndian ? file.u8(18) << 8 | file.u8(19) : file.u16(18);
    if (machine != EM_RISCV) {
      return ElfProblem.of(ElfFlaw.WRONG_MACHINE, ElfMachines.name(machine), machine);
    }
    if (file.u8(4) != 2) {
      return ElfProblem.of(ElfFlaw.WRONG_CLASS, 32);
    }
    if (bigEndian) {
      return ElfProblem.of(ElfFlaw.BIG_ENDIAN);
    }
    if (!file.has(0, HEADER)) {
      return ElfProblem.of(ElfFlaw.TRUNCATED, (long) HEADER, store.size());
    }
    int type = file.u16(16);
    return type == ET_EXEC || type == ET_DYN ? null : ElfProblem.of(ElfFlaw.NOT_EXECUTABLE, type);
  }

  private ElfResult programHeaders() {
    long at = file.i64(32);
    int size = file.u16(54);
    int count = file.u16(56);
    if (count > 0 && size != PROGRAM_HEADER) {
      return ElfProblem.of(ElfFlaw.BAD_SEGMENT, 0);
    }
    if (!file.has(at, (long) count * size)) {
      return truncated(at, (long) count * size);
    }
    List<Segment> segments = new ArrayList<>();
    boolean executableStack = false;
    String interpreter = null;
    for (int i = 0; i < count; i++) {
      long header = at + (long) i * size;
      Segment segment = segment(i, header);
      switch (file.i32(header)) {
        case PT_LOAD -> segments.add(segment);
        case PT_INTERP -> interpreter = interpreter(segment);
        case PT_GNU_STACK -> executableStack = segment.executable();
        default -> {}
      }
    }
    if (interpreter != null || file.u16(16) == ET_DYN) {
      return ElfProblem.of(ElfFlaw.DYNAMIC, interpreter == null ? "" : interpreter);
    }
    ElfProblem problem = check(segments);
    if (problem != null) {
      return problem;
    }
    return image(segments, at, count, executableStack);
  }

  private Segment segment(int index, long header) {
    return new Segment(
        index,
        file.i32(header + 4),
        file.i64(header + 8),
        file.i64(header + 16),
        file.i64(header + 32),
        file.i64(header + 40));
  }

  private String interpreter(Segment segment) {
    int length = (int) Math.max(0, Math.min(segment.fileSize(), 255));
    return file.has(segment.offset(), length) ? file.text(segment.offset(), length) : "";
  }

  /** The flaw of the segments, or null. */
  private ElfProblem check(List<Segment> segments) {
    long total = 0;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (!segment.consistent()) {
        return ElfProblem.of(ElfFlaw.BAD_SEGMENT, segment.index());
      }
      if (!file.has(segment.offset(), segment.fileSize())) {
        return truncated(segment.offset(), segment.fileSize());
      }
      if (!segment.addressable()) {
        return ElfProblem.of(
            ElfFlaw.OUTSIDE_ADDRESSES, segment.index(), segment.address(), segment.end());
      }
      for (Segment other : segments.subList(0, i)) {
        if (segment.overlaps(other)) {
          return ElfProblem.of(ElfFlaw.OVERLAPPING_SEGMENTS, other.index(), segment.index());
        }
      }
      total += segment.memorySize();
    }
    return total > memoryBytes
        ? ElfProblem.of(ElfFlaw.EXCEEDS_MEMORY, total, memoryBytes)
        : checkCode(segments);
  }

  private ElfProblem checkCode(List<Segment> segments) {
    long entry = file.i64(24);
    boolean code = false;
    for (Segment segment : segments) {
      code |= segment.executable();
      if (segment.executable() && segment.contains(entry) && (entry & 1) == 0) {
        return null;
      }
    }
    return code ? ElfProblem.of(ElfFlaw.ENTRY_OUTSIDE, entry) : ElfProblem.of(ElfFlaw.NO_CODE);
  }

  private ElfImage image(List<Segment> segments, long headers, int count, boolean executableStack) {
    long address = 0;
    for (Segment segment : segments) {
      if (headers >= segment.offset() && headers < segment.offset() + segment.fileSize()) {
        address = headers - segment.offset() + segment.address();
      }
    }
    return new ElfImage(
        store, segments, file.i64(24), address, count, executableStack, new Symbols(file));
  }

  private ElfProblem truncated(long offset, long length) {
    long end = offset < 0 || length < 0 || offset + length < 0 ? Long.MAX_VALUE : offset + length;
    return ElfProblem.of(ElfFlaw.TRUNCATED, end, store.size());
  }
}
