package org.godwit.engine.elf;

/** Names of processors in ELF headers (gABI e_machine), for messages. */
final class ElfMachines {
  private ElfMachines() {}

  static String name(int machine) {
    return switch (machine) {
      case 2, 18, 43 -> "SPARC";
      case 3 -> "x86 (i386)";
      case 4 -> "m68k";
      case 8 -> "MIPS";
      case 20 -> "PowerPC";
      case 21 -> "PowerPC64";
      case 22 -> "S/390";
      case 40 -> "ARM";
      case 42 -> "SuperH";
      case 50 -> "IA-64";
      case 62 -> "x86-64";
      case 183 -> "AArch64";
      case 247 -> "BPF";
      case 258 -> "LoongArch";
      default -> "e_machine " + machine;
    };
  }
}
