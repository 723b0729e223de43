package org.godwit.engine.kernel.file;

import java.util.List;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticEntry;
import org.godwit.engine.kernel.proc.SyntheticLink;

/**
 * /proc/PID/fd (proc_pid_fd(5)): a link for each open descriptor. Opening one in its own process
 * opens what the descriptor is open on; to others it is an ordinary link.
 */
public record DescriptorDirectory(FileContext of) implements SyntheticDirectory {
  private record Link(FileContext of, int fd) implements SyntheticLink {
    @Override
    public String target(int callerPid) {
      OpenFile file = of.descriptors().get(fd);
      return file == null ? null : file.name();
    }

    @Override
    public int descriptor(int callerPid) {
      return callerPid == of.pid() ? fd : -1;
    }
  }

  @Override
  public SyntheticEntry lookup(String name) {
    for (int fd : of.descriptors().open()) {
      if (Integer.toString(fd).equals(name)) {
        return new Link(of, fd);
      }
    }
    return null;
  }

  @Override
  public List<String> names() {
    return of.descriptors().open().stream().map(fd -> Integer.toString(fd)).toList();
  }

  @Override
  public int mode() {
    return 0500;
  }

  @Override
  public int uid() {
    return of.credentials().euid();
  }

  @Override
  public int gid() {
    return of.credentials().egid();
  }
}
