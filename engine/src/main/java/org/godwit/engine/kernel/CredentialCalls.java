package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;
import static org.godwit.engine.kernel.Args.out;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;

/**
 * Users and groups: setuid(2), setreuid(2), setresuid(2), getgroups(2) and their like, as
 * credentials(7) has them. Home decides; the body keeps what it is told and answers getuid from it.
 * setfsuid(2) changes nothing: file system ids are the effective ones.
 */
final class CredentialCalls {
  /** Where an answer to a body carries the new credentials: an argument that no such call has. */
  private static final int TOLD = 5;

  private static final int KEEP = -1;
  private static final int NGROUPS_MAX = 65_536;

  private CredentialCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.cached(174, "getuid", (k, t, c) -> t.body().credentials().uid()),
        Syscall.cached(175, "geteuid", (k, t, c) -> t.body().credentials().euid()),
        Syscall.cached(176, "getgid", (k, t, c) -> t.body().credentials().gid()),
        Syscall.cached(177, "getegid", (k, t, c) -> t.body().credentials().egid()),
        change(143, "setregid", "rgid", "egid"),
        change(144, "setgid", "gid"),
        change(145, "setreuid", "ruid", "euid"),
        change(146, "setuid", "uid"),
        change(147, "setresuid", "ruid", "euid", "suid"),
        change(149, "setresgid", "rgid", "egid", "sgid"),
        Syscall.home(148, "getresuid", three(), CredentialCalls::tell),
        Syscall.home(150, "getresgid", three(), CredentialCalls::tell),
        Syscall.cached(151, "setfsuid", (k, t, c) -> t.body().credentials().euid()),
        Syscall.cached(152, "setfsgid", (k, t, c) -> t.body().credentials().egid()),
        Syscall.home(
            158,
            "getgroups",
            List.of(n("size"), new Arg.Out("list", 0, Integer.BYTES)),
            CredentialCalls::getGroups),
        Syscall.home(
                159,
                "setgroups",
                List.of(n("size"), new Arg.In("list", 0, Integer.BYTES)),
                CredentialCalls::setGroups)
            .then(CredentialCalls::remember));
  }

  private static List<Arg> three() {
    return List.of(out("real", 4), out("effective", 4), out("saved", 4));
  }

  private static Syscall change(int number, String name, String... arguments) {
    return Syscall.home(number, name, Args.scalars(arguments), CredentialCalls::change)
        .then(CredentialCalls::remember);
  }

  /** Real, effective and saved id of one kind. */
  private record Ids(int real, int effective, int saved) {
    boolean has(int id) {
      return id == real || id == effective || id == saved;
    }
  }

  private static Outcome change(Kernel kernel, Process process, Call call) {
    Credentials who = process.files().credentials();
    boolean user = call.number() >= 145 && call.number() <= 147;
    Ids old =
        user
            ? new Ids(who.uid(), who.euid(), who.suid())
            : new Ids(who.gid(), who.egid(), who.sgid());
    Ids next =
        switch (call.number()) {
          case 144, 146 -> set(who, old, call.integer(0));
          case 143, 145 -> setTwo(who, old, call.integer(0), call.integer(1));
          default -> setThree(who, old, call.integer(0), call.integer(1), call.integer(2));
        };
    if (next == null) {
      return Outcome.error(Errno.EPERM);
    }
    Credentials changed =
        user
            ? new Credentials(
                next.real,
                next.effective,
                next.saved,
                who.gid(),
                who.egid(),
                who.sgid(),
                who.groups())
            : new Credentials(
                who.uid(),
                who.euid(),
                who.suid(),
                next.real,
                next.effective,
                next.saved,
                who.groups());
    return become(process, call, changed);
  }

  /** setuid(2): root changes all three, others only the effective one. */
  private static Ids set(Credentials who, Ids old, int id) {
    if (who.privileged()) {
      return new Ids(id, id, id);
    }
    return id == old.real || id == old.saved ? new Ids(old.real, id, old.saved) : null;
  }

  /**
   * setreuid(2): the saved id follows the effective one unless nothing but that stays as it was.
   */
  private static Ids setTwo(Credentials who, Ids old, int real, int effective) {
    boolean mayReal = real == KEEP || real == old.real || real == old.effective;
    boolean mayEffective = effective == KEEP || old.has(effective);
    if (!who.privileged() && !(mayReal && mayEffective)) {
      return null;
    }
    int newReal = real == KEEP ? old.real : real;
    int newEffective = effective == KEEP ? old.effective : effective;
    boolean follows = real != KEEP || effective != KEEP && effective != old.real;
    return new Ids(newReal, newEffective, follows ? newEffective : old.saved);
  }

  private static Ids setThree(Credentials who, Ids old, int real, int effective, int saved) {
    boolean may =
        (real == KEEP || old.has(real))
            && (effective == KEEP || old.has(effective))
            && (saved == KEEP || old.has(saved));
    if (!may && !who.privileged()) {
      return null;
    }
    return new Ids(
        real == KEEP ? old.real : real,
        effective == KEEP ? old.effective : effective,
        saved == KEEP ? old.saved : saved);
  }

  private static Outcome become(Process process, Call call, Credentials changed) {
    process.files().credentials(changed);
    StateWriter told = new StateWriter();
    Credentials.walk(told, changed);
    call.out(TOLD, told.toBytes());
    return Outcome.done(0);
  }

  private static long remember(Kernel kernel, Task task, Call call, long value) {
    StateReader told = new StateReader(call.out(TOLD));
    task.body().credentials(Credentials.walk(told, null));
    return value;
  }

  private static Outcome tell(Kernel kernel, Process process, Call call) {
    Credentials who = process.files().credentials();
    boolean user = call.number() == 148;
    call.out(0, Words.int32(user ? who.uid() : who.gid()));
    call.out(1, Words.int32(user ? who.euid() : who.egid()));
    call.out(2, Words.int32(user ? who.suid() : who.sgid()));
    for (int i = 0; i < 3; i++) {
      if (call.isNull(i)) {
        return Outcome.error(Errno.EFAULT);
      }
    }
    return Outcome.done(0);
  }

  private static Outcome getGroups(Kernel kernel, Process process, Call call) {
    List<Integer> groups = process.files().credentials().groups();
    int size = call.integer(0);
    if (size < 0 || size > 0 && size < groups.size()) {
      return Outcome.error(Errno.EINVAL);
    }
    if (size > 0) {
      call.out(1, Words.ints(groups.stream().mapToInt(Integer::intValue).toArray()));
    }
    return Outcome.done(groups.size());
  }

  private static Outcome setGroups(Kernel kernel, Process process, Call call) {
    Credentials who = process.files().credentials();
    int size = call.integer(0);
    if (!who.privileged()) {
      return Outcome.error(Errno.EPERM);
    }
    if (size < 0 || size > NGROUPS_MAX) {
      return Outcome.error(Errno.EINVAL);
    }
    if (size > 0 && call.isNull(1)) {
      return Outcome.error(Errno.EFAULT);
    }
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      groups.add(Words.int32At(call.in(1), i));
    }
    return become(
        process,
        call,
        new Credentials(
            who.uid(), who.euid(), who.suid(), who.gid(), who.egid(), who.sgid(), groups));
  }
}
