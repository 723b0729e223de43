package org.godwit.engine.elf;

import java.util.List;
import java.util.Optional;
import org.godwit.engine.memory.PageStore;

/**
 * A program that was checked and can be loaded: a static RV64 executable in a sealed store.
 * Immutable but for the lazily read symbols, which any thread would read alike.
 */
public final class ElfImage implements ElfResult {
  private final PageStore store;
  private final List<Segment> segments;
  private final long entry;
  private final long headers;
  private final int headerCount;
  private final boolean executableStack;
  private final Symbols symbols;

  ElfImage(
      PageStore store,
      List<Segment> segments,
      long entry,
      long headers,
      int headerCount,
      boolean executableStack,
      Symbols symbols) {
    this.store = store;
    this.segments = List.copyOf(segments);
    this.entry = entry;
    this.headers = headers;
    this.headerCount = headerCount;
    this.executableStack = executableStack;
    this.symbols = symbols;
  }

  /** Reads and checks a file; a store that is not sealed yet is sealed. */
  public static ElfResult parse(PageStore store) {
    return parse(store, Long.MAX_VALUE);
  }

  /**
   * Reads and checks a file.
   *
   * @param memoryBytes the most that its segments may occupy
   */
  public static ElfResult parse(PageStore store, long memoryBytes) {
    store.seal();
    return new ElfReader(store, memoryBytes).read();
  }

  /** Reads and checks a file given as bytes (copied). */
  public static ElfResult parse(byte[] contents) {
    return parse(PageStore.sealed(contents));
  }

  /** The file. */
  public PageStore store() {
    return store;
  }

  /** Address of the first instruction. */
  public long entry() {
    return entry;
  }

  /** A named place in the program, if it keeps its symbols. */
  public Optional<Symbol> symbol(String name) {
    return symbols.named(name);
  }

  /** The function or object that contains an address, if the program keeps its symbols. */
  public Optional<Symbol> symbolAt(long address) {
    return symbols.at(address);
  }

  List<Segment> segments() {
    return segments;
  }

  /** Address of the program headers in memory (AT_PHDR), 0 if no segment holds them. */
  long headers() {
    return headers;
  }

  int headerCount() {
    return headerCount;
  }

  boolean executableStack() {
    return executableStack;
  }
}
