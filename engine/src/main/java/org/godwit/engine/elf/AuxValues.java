package org.godwit.engine.elf;

/**
 * What the kernel tells a program about itself beside arguments and environment (getauxval(3)).
 *
 * @param uid real user
 * @param euid effective user
 * @param gid real group
 * @param egid effective group
 * @param secure AT_SECURE: the C library then distrusts its environment
 * @param random 16 bytes behind AT_RANDOM (decision 7: keyed, not drawn here)
 */
public record AuxValues(int uid, int euid, int gid, int egid, boolean secure, byte[] random) {
  public AuxValues {
    if (random.length != 16) {
      throw new IllegalArgumentException("AT_RANDOM points to 16 bytes, not " + random.length);
    }
  }
}
