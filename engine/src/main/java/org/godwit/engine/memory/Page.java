package org.godwit.engine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.godwit.engine.state.CopyOnWrite;
import org.godwit.engine.state.Sealable;

/**
 * Four KiB of guest memory with what hangs on them: how often they are mapped, when they were last
 * dirtied, and the decoded form of code in them.
 *
 * <p>A sealed page never changes again and may be mapped by spaces of several nodes (threads); its
 * counters stand still and only its code cache is filled, with values that any thread would compute
 * alike. An unsealed page belongs to one node.
 *
 * <p><b>Invariant:</b> a page with decoded code is in no write table, so each store to it passes
 * {@link #touch}, which empties the {@link CodeCache} in place; whoever still holds it finds
 * nothing and decodes anew. Therefore fence.i has nothing to do.
 */
public final class Page implements Sealable, CopyOnWrite {
  public static final int SHIFT = 12;
  public static final int SIZE = 1 << SHIFT;

  /** Halfwords of a page: places where an instruction can start. */
  public static final int HALFWORDS = SIZE / 2;

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What reads of untouched anonymous memory see. */
  static final Page ZERO = sealedZero();

  final byte[] bytes;
  int mappings;
  int writers;
  long epoch;
  private boolean sealed;
  private boolean owned;
  private boolean decoded;
  private volatile CodeCache code;
  private long hash;
  private boolean hashed;

  /** What a checkpoint has of this page, while its bytes are the same. */
  private Page kept;

  /** A page of zeros. */
  public Page() {
    this(new byte[SIZE]);
  }

  /** A page over exactly these {@link #SIZE} bytes. */
  Page(byte[] bytes) {
    this.bytes = bytes;
  }

  private static Page sealedZero() {
    Page page = new Page();
    page.seal();
    return page;
  }

  /** The contents, live. Whoever writes to them calls {@link #touch} first. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean sealed() {
    return sealed;
  }

  /** Makes the page immutable for ever. */
  void seal() {
    sealed = true;
  }

  /** To be called before bytes change: forgets decoded code and hash. */
  void touch() {
    if (sealed) {
      throw new IllegalStateException("store to a sealed page");
    }
    hashed = false;
    kept = null;
    if (decoded) {
      code.clear();
      decoded = false;
    }
  }

  /**
   * The cache of decoded code, made when first asked for, to be filled by the caller. The caller
   * must have taken the page out of every write table.
   */
  CodeCache code() {
    CodeCache cache = code;
    if (cache == null) {
      cache = firstCode();
    }
    if (!sealed) {
      decoded = true;
    }
    return cache;
  }

  /** Threads that share a sealed page agree on one cache. */
  private synchronized CodeCache firstCode() {
    if (code == null) {
      code = new CodeCache();
    }
    return code;
  }

  /** Whether an address space allocated it and was charged for it; otherwise a store did. */
  boolean owned() {
    return owned;
  }

  /** A page for private memory of one space: mapped once, charged to the space's frames. */
  static Page owned(byte[] contents) {
    Page page = new Page(contents);
    page.owned = true;
    page.mappings = 1;
    return page;
  }

  /**
   * Hash of the contents, kept until the next {@link #touch}. The caller must have taken the page
   * out of every write table.
   */
  long hash() {
    if (!hashed) {
      hash = hash(bytes);
      hashed = writers == 0;
    }
    return hash;
  }

  @Override
  public long ownBytes() {
    return kept != null || isZero() ? 0 : SIZE + 64;
  }

  /**
   * The page as it is, for a checkpoint; the same object until the next {@link #touch}. The caller
   * must have taken the page out of every write table, else the bytes are copied each time.
   */
  @Override
  public Page kept() {
    if (kept != null && kept.mappings == mappings && kept.epoch == epoch) {
      return kept;
    }
    byte[] content = kept != null ? kept.bytes : isZero() ? ZERO.bytes : bytes.clone();
    Page made = copy(content);
    kept = writers == 0 ? made : null;
    return made;
  }

  @Override
  public Page revived() {
    Page made = copy(bytes.clone());
    made.kept = this;
    return made;
  }

  private Page copy(byte[] content) {
    Page made = new Page(content);
    made.mappings = mappings;
    made.epoch = epoch;
    made.owned = owned;
    made.hash = hash;
    made.hashed = hashed;
    return made;
  }

  /** Whether all bytes are zero. */
  boolean isZero() {
    return Arrays.equals(bytes, ZERO.bytes);
  }

  /** Four interleaved multiply-and-rotate lanes: about 0.3 microseconds for a page. */
  private static long hash(byte[] bytes) {
    long a = 1;
    long b = 2;
    long c = 3;
    long d = 4;
    for (int i = 0; i < SIZE; i += 32) {
      a = step(a, (long) LONGS.get(bytes, i));
      b = step(b, (long) LONGS.get(bytes, i + 8));
      c = step(c, (long) LONGS.get(bytes, i + 16));
      d = step(d, (long) LONGS.get(bytes, i + 24));
    }
    return step(step(step(a, b), c), d);
  }

  private static long step(long lane, long value) {
    return Long.rotateLeft((lane ^ value) * 0x9E3779B97F4A7C15L, 31) * 0xC2B2AE3D27D4EB4FL;
  }
}
