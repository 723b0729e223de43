package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.godwit.engine.elf.AuxValues;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.elf.Loaded;
import org.godwit.engine.elf.Loader;
import org.godwit.engine.elf.Startup;
import org.godwit.engine.elf.Symbol;
import org.godwit.engine.kernel.file.Console;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.kernel.file.FileContext;
import org.godwit.engine.kernel.file.Inode;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.time.Purpose;
import org.godwit.model.LockOrigin;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;

/** Makes processes out of programs: the launch of a command, and exec. */
public final class ProgramLoader {
  /** Variables that a launched program finds in its environment. */
  private static final List<String> ENVIRONMENT =
      List.of("PATH=/bin:/usr/bin", "HOME=/root", "TERM=dumb", "LANG=C");

  /** Variables that init finds. */
  private static final List<String> BOOT_ENVIRONMENT =
      List.of("PATH=/bin:/usr/bin:/sbin:/usr/sbin", "HOME=/", "TERM=dumb", "LANG=C");

  /** Symbol of the variable that people can watch, if a program has it. */
  private static final String WATCHED = "counter";

  private ProgramLoader() {}

  /**
   * A launch.
   *
   * @param program name that people see
   * @param image its ELF
   * @param arguments argv without argv[0]
   * @param launch id of the launch
   * @param locked first value of the lock
   * @param path where its file is on the node; empty for /bin and the name, where it is put if
   *     there is none
   */
  public record Launch(
      String program,
      ElfImage image,
      List<String> arguments,
      String launch,
      boolean locked,
      String path) {}

  /** Starts a program whose home is this node. */
  public static Outcome launch(Kernel kernel, Launch launch, Console console) {
    return launch(kernel, launch, ENVIRONMENT, files -> files.attach(console));
  }

  /** Starts a node's first process from a file of its tree. */
  static Outcome boot(Kernel kernel, ElfImage image, String path, Console console) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return launch(
        kernel,
        new Launch(name, image, List.of(), "", false, path),
        BOOT_ENVIRONMENT,
        files -> files.attach(console));
  }

  /** Starts a program as leader of a session whose controlling terminal is {@code terminal}. */
  public static Outcome launch(Kernel kernel, Launch launch, Terminal terminal) {
    List<String> environment = new ArrayList<>(ENVIRONMENT);
    environment.replaceAll(each -> each.equals("TERM=dumb") ? "TERM=xterm" : each);
    Outcome outcome = launch(kernel, launch, environment, files -> files.attach(terminal));
    if (outcome instanceof Outcome.Started started) {
      int pid = started.process().id().pid();
      terminal.control(pid, pid);
    }
    return outcome;
  }

  private static Outcome launch(
      Kernel kernel, Launch launch, List<String> environment, Consumer<FileContext> attach) {
    int pid = kernel.allocatePid();
    ProcessId id = new ProcessId(kernel.settings().node(), pid);
    FileContext files = new FileContext(kernel.files(), pid, Credentials.ROOT);
    attach.accept(files);
    Process process =
        new Process(
            id, launch.launch(), launch.program(), launch.arguments(), 0, files, kernel.now());
    if (!launch.path().isEmpty()) {
      process.executable(launch.path());
    }
    if (launch.locked()) {
      process.lock(
          new LockOrigin(id, launch.program(), LockOrigin.Means.LAUNCH, null, kernel.now()));
    }
    Body body = new Body(id);
    body.arrived(0, kernel.now());
    body.credentials(files.credentials());
    body.mirror(launch.locked(), "", Steering.NONE);
    body.exerciseAt(
        kernel.settings().migrateEvery() == 0 ? Long.MAX_VALUE : kernel.settings().migrateEvery());
    Task task = body.newTask(pid);
    String path = process.executable();
    if (kernel.files().tree().find(path) == null) {
      kernel.files().tree().put(path, 0755, launch.image().store());
    }
    List<String> argv = new ArrayList<>(List.of(path));
    // What people write is text; from here on strings are the guest's bytes.
    launch.arguments().forEach(each -> argv.add(Startup.guestBytes(each)));
    process.strings(argv, environment);
    Startup startup = startup(kernel, process, path, argv, environment);
    if (startup.stackBytes() > Loader.MAX_ARGUMENTS) {
      files.closeAll();
      return new Outcome.Failed(Problem.of("launch.arguments-too-long"));
    }
    if (!fill(kernel, process, body, task, launch.image(), startup)) {
      files.closeAll();
      return new Outcome.Failed(Problem.of("launch.no-memory", kernel.settings().node()));
    }
    kernel.add(process);
    kernel.add(body);
    kernel
        .ports()
        .record(new Happening.Launched(id, launch.program(), launch.arguments(), launch.launch()));
    kernel.staying().began(process, true);
    kernel.wake(task);
    return new Outcome.Started(process);
  }

  /** What came of a launch. */
  public sealed interface Outcome {
    /** It runs. */
    record Started(Process process) implements Outcome {}

    /** It does not. */
    record Failed(Problem problem) implements Outcome {}
  }

  private static Startup startup(
      Kernel kernel, Process process, String path, List<String> argv, List<String> environment) {
    byte[] random = new byte[16];
    for (int i = 0; i < 2; i++) {
      long bits =
          kernel
              .settings()
              .draws()
              .bits(Purpose.AT_RANDOM, owner(process.id()), i + 2L * process.startedNanos());
      for (int k = 0; k < 8; k++) {
        random[8 * i + k] = (byte) (bits >> 8 * k);
      }
    }
    Credentials who = process.files().credentials();
    return new Startup(
        path,
        Startup.bytes(argv),
        Startup.bytes(environment),
        new AuxValues(who.uid(), who.euid(), who.gid(), who.egid(), false, random));
  }

  /** A process as the owner of draws. */
  static long owner(ProcessId id) {
    return (long) id.home() << 32 | id.pid();
  }

  private static boolean fill(
      Kernel kernel, Process process, Body body, Task task, ElfImage image, Startup startup) {
    AddressSpace memory = new AddressSpace(kernel.frames());
    try {
      long handle = process.mappings().map(image.store());
      Loaded loaded = Loader.load(image, image.store().backing(handle), memory, startup);
      Hart hart = task.hart();
      long retired = hart.retired();
      hart.copyFrom(new Hart());
      hart.setRetired(retired);
      hart.setPc(loaded.entry());
      hart.setX(Hart.SP, loaded.stackPointer());
    } catch (OutOfFrames full) {
      memory.release();
      return false;
    }
    body.memory(memory);
    body.program(process.program());
    Optional<Symbol> watched = image.symbol(WATCHED);
    body.watch(
        watched.map(Symbol::address).orElse(0L),
        watched.map(symbol -> (int) symbol.size()).orElse(0));
    return true;
  }

  /**
   * exec: replaces the program of a body that is at home. The caller has checked the image.
   *
   * @return false if the node has too little memory; the process is then beyond rescue
   */
  static boolean exec(Kernel kernel, Task task, Exec exec) {
    Body body = task.body();
    Process process = kernel.process(body.id());
    for (Task other : List.copyOf(body.tasks())) {
      if (other != task) {
        ProcessCalls.endTask(kernel, other);
      }
    }
    List<String> argv = exec.argv();
    String found = exec.file() == null ? null : kernel.files().tree().pathTo(exec.file());
    String name = exec.called().substring(exec.called().lastIndexOf('/') + 1);
    if (exec.called().equals("/proc/self/exe") && found != null) {
      name = found.substring(found.lastIndexOf('/') + 1);
    }
    process.executable(found == null ? kernel.mfs().absolute(process, exec.path()) : found);
    process.program(name, argv.isEmpty() ? argv : argv.subList(1, argv.size()));
    takeOwner(process, body, exec.file());
    process.strings(argv, exec.environment());
    process.files().closeOnExec();
    body.ownHandlers();
    body.handlers().forExec();
    task.altStack().off();
    process.timers().clear(false);
    body.timers().forExec();
    process.markExecuted();
    process.exitSignal(Signals.SIGCHLD);
    ProcessCalls.leavesMemory(kernel, body);
    body.leaveMemory(new AddressSpace(kernel.frames()));
    kernel.staying().exec(process);
    Startup startup = startup(kernel, process, exec.path(), argv, exec.environment());
    if (!fill(kernel, process, body, task, exec.image(), startup)) {
      return false;
    }
    if (body.exerciseAt() == Long.MAX_VALUE) {
      body.nextExercise(kernel.settings().migrateEvery());
    }
    kernel.unfiled().sweep();
    kernel.ports().record(new Happening.Executed(process.id(), name));
    kernel.staying().began(process, false);
    ProcessCalls.vforkDone(kernel, process);
    return true;
  }

  /**
   * What execve(2) makes of a process.
   *
   * @param image the program
   * @param file its file, or null if that is another node's
   * @param path how it was found: for a script that of its interpreter
   * @param called what execve was given
   * @param argv its arguments
   * @param environment its environment
   */
  record Exec(
      ElfImage image,
      Inode file,
      String path,
      String called,
      List<String> argv,
      List<String> environment) {}

  /** The set-user-ID and set-group-ID bits; scripts have none (execve(2)). */
  private static void takeOwner(Process process, Body body, Inode file) {
    Credentials who = process.files().credentials();
    int mode = file == null ? 0 : file.mode();
    int euid = (mode & 04000) != 0 ? file.uid() : who.euid();
    int egid = (mode & 02010) == 02010 ? file.gid() : who.egid();
    Credentials next = new Credentials(who.uid(), euid, euid, who.gid(), egid, egid, who.groups());
    process.files().credentials(next);
    body.credentials(next);
  }
}
