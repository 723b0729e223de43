package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.state.StateHash;
import org.godwit.engine.state.Walk;

/**
 * A regular file over a {@link PageStore}. Content that came sealed (an image of a program, perhaps
 * shared between nodes) is copied at the first write; mappings made before keep showing the image.
 */
public final class RegularFile extends Inode {
  private PageStore content;

  RegularFile(NodeFiles node, int permissions) {
    super(node, permissions);
    content = new PageStore(node.ports().frames());
  }

  @Override
  int type() {
    return FileMode.REGULAR;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  long blocks() {
    long pages =
        content.sealed() ? content.size() + Page.SIZE - 1 >>> Page.SHIFT : content.residentPages();
    return pages * (Page.SIZE / 512);
  }

  /** The content as it is: for reading, for exec, for private mappings. */
  public PageStore content() {
    return content;
  }

  /** Content that may be written to: for shared mappings. */
  public PageStore writable() {
    if (content.sealed()) {
      content = content.copy(node.ports().frames());
    }
    return content;
  }

  /** Replaces the content. */
  void content(PageStore store) {
    release();
    content = store;
  }

  int read(long at, byte[] into, int from, int count) {
    return content.read(at, into, from, count);
  }

  /** Writes and returns how much, or a negative errno: EFBIG, ENOSPC. */
  int write(long at, byte[] data, int from, int count) {
    if (count == 0) {
      return 0;
    }
    long limit = Math.min(node.limits().fileBytes(), PageStore.MAX_SIZE);
    if (at >= limit) {
      return -Errno.EFBIG;
    }
    int fits = (int) Math.min(count, limit - at);
    for (int done = 0; done < fits; ) {
      int part = Math.min(fits - done, Page.SIZE - (int) (at + done & Page.SIZE - 1));
      try {
        writable().write(at + done, data, from + done, part);
      } catch (OutOfFrames none) {
        if (done > 0) {
          touch();
        }
        return done > 0 ? done : -Errno.ENOSPC;
      }
      done += part;
    }
    touch();
    permissions &= ~FileMode.SET_UID;
    return fits;
  }

  @Override
  int resize(long size) {
    if (size < 0) {
      return Errno.EINVAL;
    }
    if (size > Math.min(node.limits().fileBytes(), PageStore.MAX_SIZE)) {
      return Errno.EFBIG;
    }
    try {
      if (size == 0 && content.sealed()) {
        content = new PageStore(node.ports().frames());
      } else if (size != content.size()) {
        writable().truncate(size);
      }
    } catch (OutOfFrames none) {
      return Errno.ENOSPC;
    }
    touch();
    return 0;
  }

  @Override
  OpenFile open(int flags, int pid) {
    return new RegularOpenFile(node, flags, this);
  }

  @Override
  void release() {
    if (!content.sealed()) {
      content.release();
    }
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    if (walk instanceof StateHash) {
      walk.i64("content", content.hash()); // Pages keep their hashes (decision 17).
    } else if (walk.flag("sealed", content.sealed())) {
      String sha256 = walk.text("image", walk.reading() ? "" : content.sha256());
      if (walk.reading()) {
        content = node.ports().images().apply(sha256);
      }
    } else {
      walkPages(walk);
    }
  }

  private void walkPages(Walk walk) {
    long size = walk.i64("size", content.size());
    if (walk.reading()) {
      content = new PageStore(node.ports().frames());
      content.truncate(size);
    }
    byte[] page = new byte[Page.SIZE];
    for (long at = 0; at < size; at += Page.SIZE) {
      int count = (int) Math.min(Page.SIZE, size - at);
      content.read(at, page, 0, count);
      boolean zero = java.util.Arrays.equals(page, 0, count, ZEROS, 0, count);
      if (walk.present("page", !zero)) {
        byte[] bytes = walk.bytes("bytes", java.util.Arrays.copyOf(page, count));
        if (walk.reading()) {
          content.write(at, bytes, 0, count);
        }
      }
    }
  }

  private static final byte[] ZEROS = new byte[Page.SIZE];
}
