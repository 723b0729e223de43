package org.godwit.engine.elf;

/**
 * The ways in which a file is not a program for this machine; each with its message key and its
 * arguments.
 */
public enum ElfFlaw {
  /** No ELF header. No arguments. */
  NOT_ELF("elf.not-elf"),
  /** Not a 64-bit file. Argument: bits of its class (int). */
  WRONG_CLASS("elf.wrong-class"),
  /** Big-endian. No arguments. */
  BIG_ENDIAN("elf.big-endian"),
  /** For another processor. Arguments: its name (string), its number (int). */
  WRONG_MACHINE("elf.wrong-machine"),
  /** An object file, a core, something else. Argument: e_type (int). */
  NOT_EXECUTABLE("elf.not-executable"),
  /**
   * Dynamically linked or position independent. Argument: the interpreter it asks for, or ""
   * (string).
   */
  DYNAMIC("elf.dynamic"),
  /** Ends early. Arguments: bytes that headers speak of (long), bytes there are (long). */
  TRUNCATED("elf.truncated"),
  /** A segment that contradicts itself. Argument: its index (int). */
  BAD_SEGMENT("elf.bad-segment"),
  /** Two segments claim the same addresses. Arguments: their indices (int, int). */
  OVERLAPPING_SEGMENTS("elf.overlapping-segments"),
  /**
   * A segment reaches where no program may be. Arguments: index (int), start and end address (long,
   * long).
   */
  OUTSIDE_ADDRESSES("elf.outside-addresses"),
  /** More memory than there is. Arguments: bytes of all segments (long), bytes there are (long). */
  EXCEEDS_MEMORY("elf.exceeds-memory"),
  /** No segment can be executed. No arguments. */
  NO_CODE("elf.no-code"),
  /** The entry point is not in an executable segment. Argument: its address (long). */
  ENTRY_OUTSIDE("elf.entry-outside");

  private final String key;

  ElfFlaw(String key) {
    this.key = key;
  }

  /** Message key. */
  public String key() {
    return key;
  }
}
