package org.godwit.engine.memory;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.godwit.engine.state.Sealable;
import org.godwit.engine.state.StateHash;

/**
 * Contents by the page: a regular file, a shared memory segment, or a sealed image. Grows by being
 * written; holes read as zeros and cost nothing until touched.
 *
 * <p>A sealed store is immutable, may be shared between nodes and knows its SHA-256. Otherwise it
 * belongs to one node. Pages are charged to the frames given at construction, if any. A mapping of
 * a page that is truncated away keeps the page until it is unmapped (Linux would send SIGBUS).
 */
public final class PageStore implements Sealable {
  /** The largest size in bytes: page numbers are ints. */
  public static final long MAX_SIZE = (long) Integer.MAX_VALUE << Page.SHIFT;

  private final List<Page> pages = new ArrayList<>();
  private final Frames frames;
  private long size;
  private boolean sealed;
  private String sha256;
  private long serial;

  /** An empty store whose pages nobody is charged for. */
  public PageStore() {
    this(null);
  }

  /**
   * @param frames who is charged for pages, or null
   */
  public PageStore(Frames frames) {
    this.frames = frames;
  }

  /** A sealed store with these contents (copied). */
  public static PageStore sealed(byte[] contents) {
    PageStore store = new PageStore();
    store.write(0, contents, 0, contents.length);
    store.seal();
    return store;
  }

  /**
   * An unsealed copy with pages of its own: the file that appears when a sealed one is first
   * written.
   */
  public PageStore copy(Frames chargedTo) {
    PageStore copy = new PageStore(chargedTo);
    byte[] buffer = new byte[Page.SIZE];
    for (int i = 0; i < pages.size(); i++) {
      if (pages.get(i) != null) {
        int length = (int) Math.min(Page.SIZE, size - ((long) i << Page.SHIFT));
        read((long) i << Page.SHIFT, buffer, 0, length);
        copy.write((long) i << Page.SHIFT, buffer, 0, length);
      }
    }
    copy.size = size;
    return copy;
  }

  /** A number by which its owner knows it, 0 if it was given none. */
  public long serial() {
    return serial;
  }

  /** Gives it a number. */
  public void serial(long number) {
    serial = number;
  }

  /** The number of the store behind a mapping, 0 if there is none. */
  public static long serialOf(Backing backing) {
    return backing instanceof StoreBacking of ? of.store.serial : 0;
  }

  /** Size in bytes. */
  public long size() {
    return size;
  }

  @Override
  public boolean sealed() {
    return sealed;
  }

  /** Makes the contents immutable. */
  public void seal() {
    for (Page page : pages) {
      if (page != null) {
        page.seal();
      }
    }
    sealed = true;
  }

  /** Frames that its pages occupy. */
  public int residentPages() {
    int count = 0;
    for (Page page : pages) {
      count += page == null ? 0 : 1;
    }
    return count;
  }

  /** SHA-256 of the contents of a sealed store, in lower-case hexadecimal. */
  public synchronized String sha256() {
    if (!sealed) {
      throw new IllegalStateException("only sealed contents have a lasting hash");
    }
    if (sha256 == null) {
      MessageDigest digest = newDigest();
      for (long at = 0; at < size; at += Page.SIZE) {
        byte[] bytes = bytes((int) (at >>> Page.SHIFT));
        digest.update(bytes, 0, (int) Math.min(Page.SIZE, size - at));
      }
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Hash of size and contents, for state hashes; costs only pages touched since it was last asked
   * for.
   */
  public long hash() {
    if (sealed) {
      return StateHash.mix(Long.parseUnsignedLong(sha256().substring(0, 16), 16));
    }
    long sum = size;
    for (int i = 0; i < pages.size(); i++) {
      Page page = pages.get(i);
      if (page != null && !page.isZero()) {
        sum += StateHash.mix(page.hash() + i);
      }
    }
    return sum;
  }

  /**
   * Reads at an offset.
   *
   * @return bytes read; fewer than asked for at the end, 0 beyond it
   */
  public int read(long offset, byte[] into, int at, int length) {
    int total = (int) Math.max(0, Math.min(length, size - offset));
    for (int done = 0; done < total; ) {
      long from = offset + done;
      int within = (int) from & Page.SIZE - 1;
      int part = Math.min(total - done, Page.SIZE - within);
      System.arraycopy(bytes((int) (from >>> Page.SHIFT)), within, into, at + done, part);
      done += part;
    }
    return total;
  }

  /**
   * Writes at an offset and grows if it ends beyond the size.
   *
   * @throws OutOfFrames if a page is needed and none is left; pages before it are written, the size
   *     covers them
   */
  public void write(long offset, byte[] from, int at, int length) {
    requireUnsealed();
    for (int done = 0; done < length; ) {
      long to = offset + done;
      int within = (int) to & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - within);
      Page page = allocated((int) (to >>> Page.SHIFT));
      page.touch();
      System.arraycopy(from, at + done, page.bytes, within, part);
      done += part;
      size = Math.max(size, to + part);
    }
  }

  /** Cuts or extends to a size; what is extended reads as zeros. */
  public void truncate(long newSize) {
    requireUnsealed();
    if (newSize < size) {
      int keep = (int) (newSize + Page.SIZE - 1 >>> Page.SHIFT);
      while (pages.size() > keep) {
        if (pages.removeLast() != null && frames != null) {
          frames.give(1);
        }
      }
      int tail = (int) newSize & Page.SIZE - 1;
      Page last = tail == 0 || pages.size() < keep ? null : pages.get(keep - 1);
      if (last != null) {
        last.touch();
        Arrays.fill(last.bytes, tail, Page.SIZE, (byte) 0);
      }
    }
    size = newSize;
  }

  /**
   * Gives all frames back: the file or segment is gone. Mappings that are left keep their pages.
   */
  public void release() {
    sealed = false;
    truncate(0);
  }

  /** This store as something that can be mapped, under the number by which its home knows it. */
  public Backing backing(long handle) {
    return new StoreBacking(this, handle);
  }

  /** The page with this number for a mapping, or null beyond the end. */
  Page page(long index) {
    if (index >= size + Page.SIZE - 1 >>> Page.SHIFT) {
      return null;
    }
    if (sealed) {
      Page page = index < pages.size() ? pages.get((int) index) : null;
      return page == null ? Page.ZERO : page;
    }
    return allocated((int) index);
  }

  private byte[] bytes(int index) {
    Page page = index < pages.size() ? pages.get(index) : null;
    return page == null ? Page.ZERO.bytes : page.bytes;
  }

  private Page allocated(int index) {
    while (pages.size() <= index) {
      pages.add(null);
    }
    Page page = pages.get(index);
    if (page == null) {
      if (frames != null) {
        frames.takeOne();
      }
      page = new Page();
      page.mappings = 1; // The store's own hold, so that a mapping never is the sole owner.
      pages.set(index, page);
    }
    return page;
  }

  private void requireUnsealed() {
    if (sealed) {
      throw new IllegalStateException("a sealed store is copied before it is written");
    }
  }

  /** Two backings of one store under one handle are the same. */
  private record StoreBacking(PageStore store, long handle) implements Backing {
    @Override
    public Page page(long index) {
      return store.page(index);
    }

    @Override
    public boolean isConstant() {
      return store.sealed();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof StoreBacking that && that.store == store && that.handle == handle;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(handle);
    }
  }
}
