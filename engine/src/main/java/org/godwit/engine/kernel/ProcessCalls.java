package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.godwit.engine.kernel.Args.n;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.elf.Loader;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.file.Found;
import org.godwit.engine.kernel.file.Inode;
import org.godwit.engine.kernel.file.RegularFile;
import org.godwit.engine.kernel.file.Resolver;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.PageStore;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;

/**
 * Birth and death: clone, execve, exit. A child's deputy is made at home; its body is made where
 * its parent's is, so the child of a process that is away starts there (reference section 1.3).
 */
final class ProcessCalls {
  private static final int CLONE_EXIT_SIGNAL = 0xff;
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_PIDFD = 0x1000;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_PARENT = 0x8000;
  private static final long CLONE_THREAD = 0x10000;
  private static final long CLONE_SETTLS = 0x80000;
  private static final long CLONE_PARENT_SETTID = 0x100000;
  private static final long CLONE_CHILD_CLEARTID = 0x200000;
  private static final long CLONE_CHILD_SETTID = 0x1000000;

  /** Namespaces of one's own: mounts, cgroups, names, IPC, users, processes, network. */
  private static final long CLONE_NEW = 0x7e02_0000L;

  /** What a child shares with its parent beside descriptors, and therefore at home. */
  private static final long SHARES = CLONE_VM | CLONE_FS | CLONE_FILES;

  /** Bytes of a script that are looked at for its interpreter (BINPRM_BUF_SIZE). */
  private static final int INTERPRETER_LINE = 256;

  /** Scripts that may be each other's interpreters before ELOOP. */
  private static final int MOST_INTERPRETERS = 6;

  private static final String OWN_PROGRAM = "/proc/self/exe";

  /** What else a new program finds on its stack. */
  private static final int SPARE_STACK = 4096;

  private static final int AT_FDCWD = -100;
  static final int RUSAGE = 144;
  private static final int TP = 4;

  private ProcessCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
                220,
                "clone",
                Args.scalars("flags", "stack", "parentTid", "tls", "childTid"),
                ProcessCalls::cloneAtHome)
            .then(ProcessCalls::cloneOnBody)
            .raising("clone_vm", call -> shares(call) || isVfork(call)),
        Syscall.home(
                221,
                "execve",
                List.of(new Arg.Path("path"), n("argv"), n("envp")),
                ProcessCalls::findProgram)
            .then(ProcessCalls::exec)
            .raising("", call -> true),
        Syscall.body(93, "exit", Args.scalars("status"), ProcessCalls::exit),
        Syscall.body(94, "exit_group", Args.scalars("status"), ProcessCalls::exitGroup),
        Syscall.home(435, "clone3", Args.scalars("args", "size"), ProcessCalls::notSupported));
  }

  private static Outcome notSupported(Kernel kernel, Process process, Call call) {
    return Outcome.error(Errno.ENOSYS);
  }

  private static boolean isThread(Call call) {
    return (call.scalar(0) & CLONE_THREAD) != 0;
  }

  private static boolean shares(Call call) {
    return (call.scalar(0) & SHARES) != 0;
  }

  private static boolean sharesMemory(Call call) {
    return (call.scalar(0) & CLONE_VM) != 0;
  }

  /** The parent waits until the child calls execve or ends. */
  private static boolean isVfork(Call call) {
    return (call.scalar(0) & CLONE_VFORK) != 0;
  }

  // ---------------------------------------------------------------- clone

  /** What clone(2) refuses whatever the process is like. */
  private static int refused(long flags) {
    boolean sharesHandlers = (flags & CLONE_SIGHAND) != 0;
    if ((flags & CLONE_THREAD) != 0 && !sharesHandlers
        || sharesHandlers && (flags & CLONE_VM) == 0
        || (flags & CLONE_PIDFD) != 0) {
      return Errno.EINVAL;
    }
    return (flags & CLONE_NEW) != 0 ? Errno.EPERM : 0;
  }

  private static Outcome cloneAtHome(Kernel kernel, Process process, Call call) {
    int errno = refused(call.scalar(0));
    if (errno != 0) {
      return Outcome.error(errno);
    }
    if (isThread(call)) {
      if (process.tasks() >= kernel.settings().limits().threads()) {
        return Outcome.error(Errno.EAGAIN);
      }
      int tid = kernel.allocatePid();
      process.tasks(process.tasks() + 1);
      if (kernel.settings().version().threadsStay()) {
        kernel.staying().raise(process, StayReason.CLONE_VM, call, tid);
      }
      return Outcome.done(tid);
    }
    boolean asSibling = (call.scalar(0) & CLONE_PARENT) != 0;
    if (asSibling && process.isInit()) {
      return Outcome.error(Errno.EINVAL);
    }
    if (living(kernel) >= kernel.settings().limits().processes() || atOwnLimit(kernel, process)) {
      return Outcome.error(Errno.EAGAIN);
    }
    return Outcome.done(begin(kernel, process, call, asSibling));
  }

  /** The deputy of a child. */
  private static int begin(Kernel kernel, Process process, Call call, boolean asSibling) {
    int pid = kernel.allocatePid();
    ProcessId id = new ProcessId(process.id().home(), pid);
    Process parent = asSibling ? kernel.process(process.parent()) : process;
    Process child =
        new Process(
            id,
            "",
            process.program(),
            process.arguments(),
            parent == null ? 0 : parent.id().pid(),
            process
                .files()
                .fork(pid, (call.scalar(0) & CLONE_FILES) != 0, (call.scalar(0) & CLONE_FS) != 0),
            kernel.now());
    child.inherit(process, sharesMemory(call));
    child.exitSignal(asSibling ? process.exitSignal() : call.integer(0) & CLONE_EXIT_SIGNAL);
    child.childrenVanish(process.childrenVanish());
    kernel.dfsa().forked(process, child);
    child.where(0, kernel.now());
    child.held(true);
    if (parent != null) {
      parent.children().add(pid);
    }
    if (isVfork(call)) {
      process.vforks(pid);
      child.vforks(pid);
    }
    kernel.add(child);
    Task caller = kernel.task(process.id(), call.tid());
    boolean realTime = caller != null && caller.urgency() > 0 && !caller.resetOnFork();
    if (sharesMemory(call)) {
      kernel.staying().share(process, child, call, realTime);
    } else {
      kernel.staying().fork(process, child, call, realTime);
    }
    if (sharesMemory(call) && !isVfork(call) && kernel.settings().version().threadsStay()) {
      kernel.staying().raise(process, StayReason.CLONE_VM, call, pid);
      kernel.staying().raise(child, StayReason.CLONE_VM, call, pid);
    }
    kernel.ports().record(new Happening.Forked(id, process.id()));
    return pid;
  }

  /** Processes that live or that a parent has not waited for; others are only still shown. */
  private static int living(Kernel kernel) {
    int count = 0;
    for (Process each : kernel.processes()) {
      count += each.alive() || each.parent() != 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * Whether its user has as many processes as RLIMIT_NPROC allows for; root may have any number.
   */
  static boolean atOwnLimit(Kernel kernel, Process process) {
    long most = process.limits().soft(ResourceLimits.NPROC);
    int user = process.files().credentials().uid();
    if (user == 0 || most < 0 || most >= kernel.settings().limits().processes()) {
      return false;
    }
    int count = 0;
    for (Process each : kernel.processes()) {
      boolean counts = each.alive() || each.parent() != 0;
      count += counts && each.files().credentials().uid() == user ? 1 : 0;
    }
    return count >= most;
  }

  private static long cloneOnBody(Kernel kernel, Task task, Call call, long value) {
    Body body = task.body();
    int tid = (int) value;
    long flags = call.scalar(0);
    boolean tellsParent = (flags & CLONE_PARENT_SETTID) != 0;
    boolean tellsChild = (flags & CLONE_CHILD_SETTID) != 0;
    if (tellsParent) {
      isHere(body, call.scalar(2));
    }
    if (tellsChild) {
      isHere(body, call.scalar(4));
    }
    Task child;
    if (isThread(call)) {
      child = body.newTask(tid);
    } else {
      child = sharesMemory(call) ? shareBody(kernel, body, tid) : forkBody(kernel, body, tid);
      if ((flags & CLONE_SIGHAND) != 0) {
        child.body().shareHandlers(body);
      }
    }
    Hart hart = child.hart();
    hart.copyFrom(task.hart());
    hart.clearReservation();
    hart.setRetired(0);
    hart.setX(Hart.A0, 0);
    child.mask(task.mask());
    child.inheritScheduling(task);
    if (!sharesMemory(call) || isVfork(call)) {
      child.altStack().copy(task.altStack()); // Else both would run handlers there.
    }
    if (call.scalar(1) != 0) {
      hart.setX(Hart.SP, call.scalar(1));
    }
    if ((flags & CLONE_SETTLS) != 0) {
      hart.setX(TP, call.scalar(3));
    }
    if ((flags & CLONE_CHILD_CLEARTID) != 0) {
      child.clearChildTid(call.scalar(4));
    }
    if (tellsChild) {
      tell(kernel, child, call.scalar(4), tid);
    }
    if (tellsParent) {
      tell(kernel, task, call.scalar(2), tid);
    }
    if (child.state() == Task.State.ENDED) {
      return tid; // For want of memory, as its parent finds out.
    }
    if (child.body() == body) {
      kernel.wake(child);
    } else {
      kernel.bear(child.body());
    }
    if (isVfork(call)) {
      kernel.wait(task, new TaskWait.Vfork(tid, call));
      return Syscall.NO_VALUE;
    }
    return tid;
  }

  /** Waits for the page of an address before anything is done; what is no memory stays so. */
  private static void isHere(Body body, long address) {
    try {
      body.memory().check(address, Integer.BYTES, false);
    } catch (GuestFault nowhere) {
      // Nobody hears of it: clone(2) has worked all the same.
    }
  }

  /** Writes a tid where clone(2) was asked to; if there is no frame for it, somebody has to go. */
  private static void tell(Kernel kernel, Task task, long address, int tid) {
    for (boolean again = true; ; again = false) {
      try {
        task.body().memory().store32(address, tid);
        return;
      } catch (GuestFault nowhere) {
        return; // As above.
      } catch (OutOfFrames full) {
        if (!again) {
          kernel.end(task.body(), 0, Signals.SIGKILL, -1, -1);
          return;
        }
        kernel.outOfMemory(task.body());
        if (task.state() == Task.State.ENDED) {
          return;
        }
      }
    }
  }

  /** CLONE_VM: the child runs in its parent's memory until it calls execve or ends. */
  private static Task shareBody(Kernel kernel, Body parent, int pid) {
    Body child = new Body(new ProcessId(parent.id().home(), pid));
    child.inherit(parent);
    child.arrived(0, kernel.now());
    child.share(parent);
    child.exerciseAt(Long.MAX_VALUE);
    kernel.add(child);
    return child.newTask(pid);
  }

  /** A vfork child has called execve or ended: its parent goes on, and both may move again. */
  static void vforkDone(Kernel kernel, Process child) {
    if (child.vforks() != child.id().pid()) {
      return;
    }
    child.vforks(0);
    Process parent = kernel.process(child.parent());
    if (parent == null || parent.vforks() != child.id().pid()) {
      return;
    }
    parent.vforks(0);
    Body body = kernel.body(parent.id());
    if (body != null) {
      for (Task task : List.copyOf(body.tasks())) {
        if (task.waiting() instanceof TaskWait.Vfork wait && wait.child() == child.id().pid()) {
          kernel.wake(task);
          kernel.result(task, wait.child());
        }
      }
    }
    kernel.ports().movable(parent);
    kernel.ports().movable(child);
  }

  private static Task forkBody(Kernel kernel, Body parent, int pid) {
    Body child = new Body(new ProcessId(parent.id().home(), pid));
    child.inherit(parent);
    child.arrived(0, kernel.now());
    if (kernel.isAway(parent)) {
      child.remotePages().copy(parent.remotePages());
      child.memory(parent.memory().fork(child.remotePages()::backing));
    } else {
      child.memory(parent.memory().fork());
    }
    long every = kernel.settings().migrateEvery();
    child.exerciseAt(every == 0 ? Long.MAX_VALUE : every);
    kernel.add(child);
    return child.newTask(pid);
  }

  // ---------------------------------------------------------------- exec

  private static Outcome findProgram(Kernel kernel, Process process, Call call) {
    if (call.isNull(0)) {
      return Outcome.error(Errno.EFAULT);
    }
    String path = call.path(0);
    List<String> prefix = new ArrayList<>();
    String next = path;
    for (int depth = 0; depth < MOST_INTERPRETERS; depth++) {
      PageStore[] store = new PageStore[1];
      Outcome outcome = open(kernel, process, call, next, store);
      if (store[0] == null) {
        return outcome;
      }
      if (ElfImage.parse(store[0]) instanceof ElfImage) {
        call.out(0, String.join("\0", prefix).getBytes(ISO_8859_1));
        call.progress = ((Outcome.Done) outcome).value();
        return Outcome.done(process.mappings().map(store[0]));
      }
      List<String> line = interpreter(store[0]);
      if (line == null) {
        return Outcome.error(Errno.ENOEXEC);
      }
      // The script's path takes the place of argv[0] (execve(2), "Interpreter scripts").
      if (prefix.isEmpty()) {
        prefix.add(path);
      }
      prefix.addAll(0, line);
      next = line.getFirst();
    }
    return Outcome.error(Errno.ELOOP);
  }

  /**
   * Looks at a file that is to be executed.
   *
   * @param store gets its content; nothing if it may not be executed or has to be waited for
   * @return with content, the file's number here, or 0 if it is another node's
   */
  private static Outcome open(
      Kernel kernel, Process process, Call call, String path, PageStore[] store) {
    boolean own = path.equals(OWN_PROGRAM); // Followed by name, as the link that it is.
    String named =
        own && kernel.mfs().reaches(process, process.executable()) ? process.executable() : path;
    if (kernel.mfs().reaches(process, named)) {
      return kernel.mfsCopies().program(process, call, named, store);
    }
    String away = Resolver.away(process.files(), AT_FDCWD, path, true);
    if (away != null) {
      return kernel.mfsCopies().program(process, call, away, store);
    }
    Found found = Resolver.executable(process.files(), AT_FDCWD, path, 0);
    if (found.failed()) {
      return Outcome.error(found.errno());
    }
    RegularFile file = (RegularFile) found.inode();
    store[0] = file.content();
    return Outcome.done(file.number());
  }

  /** The words after #! of a script: path and at most one argument; null if it is no script. */
  private static List<String> interpreter(PageStore store) {
    byte[] start = new byte[INTERPRETER_LINE];
    int length = store.read(0, start, 0, start.length);
    String text = new String(start, 0, Math.max(0, length), ISO_8859_1);
    if (!text.startsWith("#!")) {
      return null;
    }
    int end = text.indexOf('\n');
    String line = text.substring(2, end < 0 ? text.length() : end).strip();
    if (line.isEmpty()) {
      return null;
    }
    int blank = 0;
    while (blank < line.length() && line.charAt(blank) != ' ' && line.charAt(blank) != '\t') {
      blank++;
    }
    String argument = line.substring(blank).strip();
    List<String> words = new ArrayList<>(List.of(line.substring(0, blank)));
    if (!argument.isEmpty()) {
      words.add(argument);
    }
    return words;
  }

  private static long exec(Kernel kernel, Task task, Call call, long handle) {
    List<String> argv = Marshaller.strings(task.body().memory(), call.scalar(1));
    List<String> environment = Marshaller.strings(task.body().memory(), call.scalar(2));
    if (argv == null || environment == null) {
      return -Errno.E2BIG;
    }
    Process process = kernel.process(task.body().id());
    ElfImage image = (ElfImage) ElfImage.parse(process.mappings().mapped(handle));
    String path = call.path(0);
    if (call.out(0).length > 0) {
      List<String> prefix = List.of(new String(call.out(0), ISO_8859_1).split("\0", -1));
      argv = argv.isEmpty() ? argv : argv.subList(1, argv.size());
      argv = Stream.concat(prefix.stream(), argv.stream()).toList();
      path = prefix.getFirst();
    }
    if (tooLong(argv, environment)) {
      return -Errno.E2BIG;
    }
    Inode file =
        call.progress == 0 ? null : process.files().node().tree().inode((int) call.progress);
    ProgramLoader.Exec next =
        new ProgramLoader.Exec(image, file, path, call.path(0), argv, environment);
    if (!ProgramLoader.exec(kernel, task, next)) {
      kernel.end(task.body(), 0, Signals.SIGKILL, -1, -1);
      return Syscall.NO_VALUE;
    }
    // One that came home for this call alone goes on where it was (reference section 1.3).
    Body body = task.body();
    boolean called = body.cameFrom() != 0 && body.arrivedNanos() > call.startedNanos;
    if (called && body.cameFrom() != kernel.settings().node()) {
      kernel.ports().requestMove(process, body.cameFrom(), MoveCause.CALL);
    }
    return Syscall.NO_VALUE;
  }

  private static boolean tooLong(List<String> argv, List<String> environment) {
    long bytes =
        Stream.concat(argv.stream(), environment.stream())
            .mapToLong(each -> each.length() + 1L + Long.BYTES)
            .sum();
    return bytes > Loader.MAX_ARGUMENTS - SPARE_STACK;
  }

  // ---------------------------------------------------------------- exit and wait

  private static long exitGroup(Kernel kernel, Task task, Call call) {
    kernel.end(task.body(), call.integer(0) & 0xff, 0, -1, -1);
    return Syscall.NO_VALUE;
  }

  private static long exit(Kernel kernel, Task task, Call call) {
    if (task.body().tasks().size() == 1) {
      return exitGroup(kernel, task, call);
    }
    endTask(kernel, task);
    return Syscall.NO_VALUE;
  }

  /** A thread ends; its process goes on, and may move again when it is the only one left. */
  static void endTask(Kernel kernel, Task task) {
    Body body = task.body();
    kernel.lateClears().clear(task);
    kernel.futexes().forget(task);
    if (task.isRunnable()) {
      kernel.ports().unready(task);
    }
    task.become(Task.State.ENDED, kernel.now());
    body.taskEnded(task, kernel.now());
    Process process = kernel.process(body.id());
    process.tasks(body.tasks().size());
    kernel.staying().recheckThreads(process);
    kernel.staying().recheckScheduling(process);
  }

  /** A body is done with a memory in which others live on: they learn that its tasks are gone. */
  static void leavesMemory(Kernel kernel, Body body) {
    if (body.sharesMemory()) {
      body.tasks().forEach(each -> kernel.lateClears().clear(each));
    }
  }

  /** struct rusage (getrusage(2)): user time first; everything is counted as user time. */
  static byte[] usage(long cpuNanos) {
    byte[] bytes = new byte[RUSAGE];
    byte[] time = Words.of(cpuNanos / TimeCalls.SECOND, cpuNanos % TimeCalls.SECOND / 1000);
    System.arraycopy(time, 0, bytes, 0, time.length);
    return bytes;
  }
}
