package org.godwit.engine.state;

/**
 * What a {@link GraphCopy} has made by the object itself, since much of it can be shared until it
 * is changed. It refers to nothing else that is copied.
 */
public interface CopyOnWrite {
  /** Bytes of memory that {@link #kept} or {@link #revived} takes anew if it is called now. */
  long ownBytes();

  /** As it is now, for ever: an object that nobody changes, which may be the same for several. */
  Object kept();

  /** Of a kept one: another that can be changed. Several threads may ask for one. */
  Object revived();
}
