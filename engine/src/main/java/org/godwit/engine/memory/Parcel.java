package org.godwit.engine.memory;

/**
 * A part of a space's pages that crosses by itself. Where it is written it says which pages it
 * carries; where it is read it gives those of the others that are there already.
 */
public interface Parcel {
  /** Whether a page crosses now. Only asked of pages that are not all zeros: those always do. */
  boolean carries(int number, long epoch);

  /** A page that does not cross now, or null if it is left behind. The array is the receiver's. */
  byte[] known(int number);
}
