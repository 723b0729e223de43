package org.godwit.engine.elf;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The symbol table of a file, read when first asked for. A file without one, or with a damaged one,
 * has no symbols: they are a convenience, not a condition.
 */
final class Symbols {
  private static final int SECTION_HEADER = 64;
  private static final int SYMBOL = 24;
  private static final int SHT_SYMTAB = 2;
  private static final int STT_OBJECT = 1;
  private static final int STT_FUNC = 2;
  private static final int MAX_NAME = 256;

  private final FileView file;
  private Map<String, Symbol> byName;
  private TreeMap<Long, Symbol> byAddress;

  Symbols(FileView file) {
    this.file = file;
  }

  synchronized Optional<Symbol> named(String name) {
    load();
    return Optional.ofNullable(byName.get(name));
  }

  synchronized Optional<Symbol> at(long address) {
    load();
    Map.Entry<Long, Symbol> entry = byAddress.floorEntry(address);
    return Optional.ofNullable(entry)
        .map(Map.Entry::getValue)
        .filter(symbol -> address < symbol.address() + Math.max(1, symbol.size()));
  }

  private void load() {
    if (byName != null) {
      return;
    }
    byName = new TreeMap<>();
    byAddress = new TreeMap<>();
    long sections = file.i64(40);
    int count = file.u16(60);
    if (file.u16(58) != SECTION_HEADER || !file.has(sections, (long) count * SECTION_HEADER)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      long header = sections + (long) i * SECTION_HEADER;
      int strings = file.i32(header + 40);
      if (file.i32(header + 4) == SHT_SYMTAB && strings >= 0 && strings < count) {
        table(header, sections + (long) strings * SECTION_HEADER);
      }
    }
  }

  private void table(long symbolHeader, long stringHeader) {
    long at = file.i64(symbolHeader + 24);
    long size = file.i64(symbolHeader + 32);
    long names = file.i64(stringHeader + 24);
    if (!file.has(at, size) || !file.has(names, file.i64(stringHeader + 32))) {
      return;
    }
    for (long symbol = at; symbol + SYMBOL <= at + size; symbol += SYMBOL) {
      int type = file.u8(symbol + 4) & 15;
      if ((type == STT_OBJECT || type == STT_FUNC) && file.u16(symbol + 6) != 0) {
        String name = file.text(names + (file.i32(symbol) & 0xffff_ffffL), MAX_NAME);
        Symbol entry = new Symbol(name, file.i64(symbol + 8), file.i64(symbol + 16));
        byName.putIfAbsent(name, entry);
        byAddress.putIfAbsent(entry.address(), entry);
      }
    }
  }
}
