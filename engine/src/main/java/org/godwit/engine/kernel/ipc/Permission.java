package org.godwit.engine.kernel.ipc;

import java.nio.ByteBuffer;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.state.Walk;

/** Key, owners and mode of an object: struct ipc_perm (sysvipc(7)). */
public final class Permission {
  /** Bytes of struct ipc64_perm on riscv64. */
  public static final int BYTES = 48;

  /** What a caller may want, as the bits for others. */
  public static final int READ = 4;

  public static final int WRITE = 2;

  private int key;
  private int uid;
  private int gid;
  private int creatorUid;
  private int creatorGid;
  private int mode;

  /** One to be read from a walk. */
  Permission() {}

  /** That of an object that is made with these flags. */
  public Permission(int key, Credentials creator, int flags) {
    this.key = key;
    uid = creator.euid();
    gid = creator.egid();
    creatorUid = uid;
    creatorGid = gid;
    mode = flags & 0777;
  }

  /** The key that it is found by; 0 if it is private. */
  public int key() {
    return key;
  }

  /** Whether {@code who} may do what {@code wanted} says, three bits for others. */
  public boolean allows(Credentials who, int wanted) {
    boolean own = who.euid() == uid || who.euid() == creatorUid;
    boolean group = who.in(gid) || who.in(creatorGid);
    int granted = own ? mode >> 6 : group ? mode >> 3 : mode;
    return (wanted & ~granted & 07) == 0 || who.privileged();
  }

  /** Whether the flags of a get call ask for no more than {@code who} may do. */
  public boolean allowsFlags(Credentials who, int flags) {
    return allows(who, (flags >> 6 | flags >> 3 | flags) & 07);
  }

  /** Whether {@code who} may change or remove it. */
  public boolean ownedBy(Credentials who) {
    return who.euid() == uid || who.euid() == creatorUid || who.privileged();
  }

  /** IPC_SET: owner and mode from a struct ipc64_perm. */
  public void set(ByteBuffer from) {
    uid = from.getInt(4);
    gid = from.getInt(8);
    mode = from.getInt(20) & 0777;
  }

  /** Puts a struct ipc64_perm at the start of {@code into}. */
  public void put(ByteBuffer into, int extraMode) {
    into.putInt(0, key).putInt(4, uid).putInt(8, gid);
    into.putInt(12, creatorUid).putInt(16, creatorGid).putInt(20, mode | extraMode);
  }

  /** Every field. */
  public void walk(Walk walk) {
    key = walk.i32("key", key);
    uid = walk.i32("uid", uid);
    gid = walk.i32("gid", gid);
    creatorUid = walk.i32("creatorUid", creatorUid);
    creatorGid = walk.i32("creatorGid", creatorGid);
    mode = walk.i32("mode", mode);
  }
}
