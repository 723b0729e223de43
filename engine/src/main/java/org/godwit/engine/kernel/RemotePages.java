package org.godwit.engine.kernel;

import java.util.TreeMap;
import org.godwit.engine.memory.Backing;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.PageWait;

/**
 * Clean pages of mapped files that a body away from home has fetched so far. They stay behind when
 * it moves on; a page that home says lies past the end of its file is remembered as absent.
 */
final class RemotePages {
  private final TreeMap<Long, Pages> byHandle = new TreeMap<>();

  /** The mapped object under this handle, as far as it is here. */
  Backing backing(long handle) {
    return byHandle.computeIfAbsent(handle, Pages::new);
  }

  /** fork: a child has what its parent has fetched, and fetches for itself from then on. */
  void copy(RemotePages parent) {
    parent.byHandle.forEach(
        (handle, pages) -> byHandle.computeIfAbsent(handle, Pages::new).here.putAll(pages.here));
  }

  /** A page came from home; empty content means that there is none. */
  void arrived(long handle, long index, byte[] content) {
    byHandle.computeIfAbsent(handle, Pages::new).put(index, content);
  }

  private static final class Pages implements Backing {
    private final long handle;
    private final TreeMap<Long, PageStore> here = new TreeMap<>();

    Pages(long handle) {
      this.handle = handle;
    }

    void put(long index, byte[] content) {
      here.put(index, PageStore.sealed(content));
    }

    @Override
    public Page page(long index) {
      PageStore store = here.get(index);
      if (store == null) {
        throw new PageWait(handle, index);
      }
      return store.backing(handle).page(0);
    }

    @Override
    public boolean isConstant() {
      return true;
    }

    @Override
    public long handle() {
      return handle;
    }
  }
}
