package org.godwit.engine.kernel.file;

import java.util.List;
import org.godwit.engine.state.Walk;

/**
 * Who a process is (credentials(7)). The file system ids follow the effective ones.
 *
 * @param uid real user
 * @param euid effective user; 0 may do what permission bits forbid
 * @param suid saved user
 * @param gid real group
 * @param egid effective group
 * @param sgid saved group
 * @param groups supplementary groups
 */
public record Credentials(
    int uid, int euid, int suid, int gid, int egid, int sgid, List<Integer> groups) {
  /** The superuser. */
  public static final Credentials ROOT = of(0, 0);

  public Credentials {
    groups = List.copyOf(groups);
  }

  /** An ordinary process of {@code uid} and {@code gid}. */
  public static Credentials of(int uid, int gid) {
    return new Credentials(uid, uid, uid, gid, gid, gid, List.of());
  }

  /** Whether permission checks are waived. */
  public boolean privileged() {
    return euid == 0;
  }

  /** Whether {@code group} is the effective or a supplementary group. */
  public boolean in(int group) {
    return egid == group || groups.contains(group);
  }

  /** The same process judged by its real ids, as access(2) does. */
  public Credentials real() {
    return new Credentials(uid, uid, suid, gid, gid, sgid, groups);
  }

  /** Every field. */
  public static Credentials walk(Walk walk, Credentials value) {
    long[] ids = new long[6 + (walk.reading() ? 0 : value.groups.size())];
    if (!walk.reading()) {
      int at = 0;
      ids[at++] = value.uid;
      ids[at++] = value.euid;
      ids[at++] = value.suid;
      ids[at++] = value.gid;
      ids[at++] = value.egid;
      ids[at++] = value.sgid;
      for (int group : value.groups) {
        ids[at++] = group;
      }
    }
    ids = walk.longs("ids", ids);
    List<Integer> groups = new java.util.ArrayList<>();
    for (int i = 6; i < ids.length; i++) {
      groups.add((int) ids[i]);
    }
    return new Credentials(
        (int) ids[0], (int) ids[1], (int) ids[2], (int) ids[3], (int) ids[4], (int) ids[5], groups);
  }
}
