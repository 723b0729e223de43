package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticEntry;
import org.godwit.engine.kernel.proc.SyntheticFile;
import org.godwit.engine.kernel.proc.SyntheticLink;
import org.godwit.engine.state.StateHash;

/**
 * A synthetic entry seen as an inode: made at each lookup, in no table, known by its path. Its
 * number follows from the path alone.
 */
final class SyntheticNode extends Inode {
  private final Inode parent;
  private final String path;
  private final SyntheticEntry entry;

  private SyntheticNode(NodeFiles node, Inode parent, String path, SyntheticEntry entry) {
    super(node, entry.mode());
    this.parent = parent;
    this.path = path;
    this.entry = entry;
    uid = entry.uid();
    gid = entry.gid();
    links = 1;
    number = number(path);
  }

  /** The entry {@code name} of {@code directory}, which is at {@code path}, or null. */
  static SyntheticNode entry(Inode parent, String path, SyntheticDirectory directory, String name) {
    SyntheticEntry entry = directory == null ? null : directory.lookup(name);
    return entry == null ? null : new SyntheticNode(parent.node, parent, path + "/" + name, entry);
  }

  /** The inode number that a synthetic path has: above those of the tree. */
  static int number(String path) {
    long hash = 0;
    for (int i = 0; i < path.length(); i++) {
      hash = StateHash.mix(hash + path.charAt(i) + 1);
    }
    return (int) (hash & 0x3fff_ffff) | 0x4000_0000;
  }

  String path() {
    return path;
  }

  SyntheticEntry entry() {
    return entry;
  }

  @Override
  int type() {
    return switch (entry) {
      case SyntheticDirectory directory -> FileMode.DIRECTORY;
      case SyntheticFile file -> FileMode.REGULAR;
      case SyntheticLink link -> FileMode.LINK;
    };
  }

  @Override
  Inode parent() {
    return parent;
  }

  @Override
  Inode lookup(String name) {
    return entry instanceof SyntheticDirectory directory
        ? entry(this, path, directory, name)
        : null;
  }

  @Override
  String target(int pid) {
    return entry instanceof SyntheticLink link ? link.target(pid) : null;
  }

  /** The descriptor of {@code pid} that this stands for, or −1. */
  int descriptor(int pid) {
    return entry instanceof SyntheticLink link ? link.descriptor(pid) : -1;
  }

  @Override
  OpenFile open(int flags, int pid) {
    return switch (entry) {
      case SyntheticDirectory directory -> new DirectoryFile(node, flags, this);
      case SyntheticFile file -> new SyntheticOpenFile(node, flags, path, file, pid);
      case SyntheticLink link -> new PathFile(node, flags, this);
    };
  }

  /** O_TRUNC on a file of procfs does nothing. */
  @Override
  int resize(long size) {
    return entry instanceof SyntheticFile ? 0 : Errno.EISDIR;
  }

  @Override
  FileStatus status() {
    return new FileStatus(
        FileStatus.SYNTHETIC_DEVICE,
        number,
        mode(),
        isDirectory() ? 2 : 1,
        uid,
        gid,
        0,
        0,
        0,
        accessedNanos,
        modifiedNanos,
        changedNanos);
  }
}
