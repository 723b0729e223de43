package org.godwit.engine.session;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.godwit.engine.state.CopyOnWrite;

/**
 * Immutable entries in their order, only ever added to. What is kept of it costs nothing, since
 * what is there stays; so a thousand checkpoints have one long list in common.
 */
final class Journal<E> implements CopyOnWrite {
  private static final int CHUNK = 256;

  private Object[][] chunks;
  private int size;

  Journal() {
    this(new Object[4][], 0);
  }

  private Journal(Object[][] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked")
  E get(int index) {
    return (E) chunks[index / CHUNK][index % CHUNK];
  }

  void add(E entry) {
    int chunk = size / CHUNK;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunk);
    }
    if (size % CHUNK == 0) {
      chunks[chunk] = new Object[CHUNK];
    }
    chunks[chunk][size % CHUNK] = entry;
    size++;
  }

  void addAll(Iterable<? extends E> entries) {
    entries.forEach(this::add);
  }

  /** The entries from a position on: an immutable snapshot, empty beyond the end. */
  @SuppressWarnings("unchecked")
  List<E> from(int position) {
    int from = Math.min(position, size);
    Object[] entries = new Object[size - from];
    for (int at = from; at < size; ) {
      int part = Math.min(size - at, CHUNK - at % CHUNK);
      System.arraycopy(chunks[at / CHUNK], at % CHUNK, entries, at - from, part);
      at += part;
    }
    return (List<E>) Collections.unmodifiableList(Arrays.asList(entries));
  }

  @Override
  public long ownBytes() {
    return 24;
  }

  /** It has the chunks in common with this, and does not see what is added behind its end. */
  @Override
  public Journal<E> kept() {
    return new Journal<>(chunks, size);
  }

  @Override
  public Journal<E> revived() {
    Object[][] own = chunks.clone();
    if (size % CHUNK != 0) {
      own[size / CHUNK] = Arrays.copyOf(own[size / CHUNK], CHUNK);
    }
    return new Journal<>(own, size);
  }
}
