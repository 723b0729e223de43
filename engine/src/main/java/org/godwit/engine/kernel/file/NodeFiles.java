package org.godwit.engine.kernel.file;

import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.NetStack;
import org.godwit.engine.kernel.tty.Terminal;
import org.godwit.engine.kernel.tty.Terminals;
import org.godwit.engine.memory.KernelMemory;
import org.godwit.engine.state.Walk;
import org.godwit.model.scenario.NodeLimits;

/**
 * All that the processes of one node share of files: the tree, open file descriptions, consoles,
 * terminals, the network stack. Everything in it is known by a number that is never used twice, so
 * that one walk can write references and read them back. Belongs to one island; not thread safe.
 */
public final class NodeFiles {
  private final FilePorts ports;
  private final NodeLimits limits;
  private final FileTree tree;
  private final NetStack net;
  private final Terminals terminals;
  private final KernelMemory buffers;
  private final TreeMap<Integer, OpenFile> openFiles = new TreeMap<>();
  private final TreeMap<Integer, Console> consoles = new TreeMap<>();
  private Consumer<MfsFile> remoteClosed = file -> {};
  private ObjIntConsumer<Console> consoleTaken = (console, pid) -> {};
  private ObjIntConsumer<Terminal> terminalOpened = (terminal, pid) -> {};
  private AlarmPort alarms = (nanos, what) -> () -> {};
  private SignalPort signals = SignalPort.NONE;

  /** Wakes when a process here may have been sent a signal. */
  private final WaitChannel signalNews = new WaitChannel();

  private int nextOpenFile = 1;
  private int nextConsole = 1;

  /**
   * A node with an empty tree (root, /tmp, /dev) and nothing open. Pipes and messages are charged
   * where the sockets of {@code net} are.
   */
  public NodeFiles(FilePorts ports, NodeLimits limits, NetStack net) {
    this.ports = ports;
    this.limits = limits;
    this.net = net;
    buffers = net.memory();
    tree = new FileTree(this);
    tree.format();
    net.whenAbandoned(files -> PassedFiles.letGo(this, files));
    terminals = new Terminals(ports.nanos());
    terminals.whenGone(number -> tree.remove("/dev/pts/" + number));
  }

  /** The node's ports. */
  public FilePorts ports() {
    return ports;
  }

  /** The node's limits. */
  public NodeLimits limits() {
    return limits;
  }

  /** What is kept in pipes, sockets and messages. */
  public KernelMemory buffers() {
    return buffers;
  }

  /** The tree. */
  public FileTree tree() {
    return tree;
  }

  /** The sockets. */
  public NetStack net() {
    return net;
  }

  /** Virtual time in nanoseconds. */
  long nanos() {
    return ports.nanos().getAsLong();
  }

  /** The guest's calendar: nanoseconds since 1970. */
  long calendarNanos() {
    return ports.epochNanos() + nanos();
  }

  /** The terminals. */
  public Terminals terminals() {
    return terminals;
  }

  /** A new terminal whose master is the session, with its device. */
  public Terminal terminal(String name, int rows, int columns) {
    Terminal terminal = terminals.open(name, rows, columns);
    tree.terminal(terminal, Credentials.ROOT);
    return terminal;
  }

  /** A console for one launch; it stays until {@link #drop}. */
  public Console console(ConsoleSink sink) {
    Console console = new Console(nextConsole++, sink);
    consoles.put(console.id(), console);
    return console;
  }

  /** Lets a program take a console by opening the device whose path is given back. */
  public String offer(Console console) {
    return tree.takeable(console);
  }

  /** Says who is to be told that a process has taken a console, or opened a terminal's end. */
  public void arrivals(ObjIntConsumer<Console> consoles, ObjIntConsumer<Terminal> ends) {
    consoleTaken = consoles;
    terminalOpened = ends;
  }

  void taken(Console console, int pid) {
    consoleTaken.accept(console, pid);
  }

  void opened(Terminal terminal, int pid) {
    terminalOpened.accept(terminal, pid);
  }

  /** The console of that number, or null. */
  public Console console(int id) {
    return consoles.get(id);
  }

  /** Forgets a console that no process has any longer. */
  public void drop(Console console) {
    consoles.remove(console.id());
  }

  /** Says who is to be told that a file of another node was closed. */
  public void remoteFiles(Consumer<MfsFile> told) {
    remoteClosed = told;
  }

  /** Says who does things at an instant, and who knows of signals. */
  public void connect(AlarmPort alarmPort, SignalPort signalPort) {
    alarms = alarmPort;
    signals = signalPort;
  }

  AlarmPort alarms() {
    return alarms;
  }

  SignalPort signals() {
    return signals;
  }

  /** Wakes when a process whose home is here may have been sent a signal. */
  public WaitChannel signalNews() {
    return signalNews;
  }

  void remoteClose(MfsFile file) {
    remoteClosed.accept(file);
  }

  /** How many open file descriptions there are. */
  public int openFiles() {
    return openFiles.size();
  }

  /** The open file description of that number, or null. */
  public OpenFile openFile(int id) {
    return openFiles.get(id);
  }

  /** Whether the tree holds as many files as it may. */
  public boolean treeIsFull() {
    return !tree.hasRoom();
  }

  /** Whether another file may be opened; else ENFILE. */
  boolean hasRoom() {
    return openFiles.size() < limits.openFiles();
  }

  /** Gives a new open file description its number. */
  <T extends OpenFile> T register(T file) {
    file.id = nextOpenFile++;
    openFiles.put(file.id, file);
    return file;
  }

  void forget(OpenFile file) {
    openFiles.remove(file.id);
  }

  /**
   * Everything. When reading, into a freshly made object whose mounts are in place; consoles are
   * then given their sinks by {@code sinks} of {@link #reconnect}.
   */
  public void walk(Walk walk) {
    tree.walk(walk);
    net.walk(walk);
    terminals.walk(walk);
    nextConsole = walk.i32("nextConsole", nextConsole);
    int count = walk.count("consoles", consoles.size());
    Integer[] ids = consoles.keySet().toArray(Integer[]::new);
    for (int i = 0; i < count; i++) {
      int id = walk.i32("console", walk.reading() ? 0 : ids[i]);
      if (walk.reading()) {
        consoles.put(id, new Console(id, ConsoleSink.NOWHERE));
      }
      consoles.get(id).walk(walk);
    }
    walkOpenFiles(walk);
  }

  /** Gives a console that was read its sink. */
  public void reconnect(int console, ConsoleSink sink) {
    consoles.get(console).sink(sink);
  }

  private void walkOpenFiles(Walk walk) {
    nextOpenFile = walk.i32("nextOpenFile", nextOpenFile);
    int count = walk.count("openFiles", openFiles.size());
    OpenFile[] files = openFiles.values().toArray(OpenFile[]::new);
    for (int i = 0; i < count; i++) {
      OpenFile file = walk.reading() ? null : files[i];
      int id = walk.i32("openFile", file == null ? 0 : file.id);
      OpenFile.Kind kind =
          walk.constant("kind", file == null ? null : file.kind(), OpenFile.Kind.values());
      if (file == null) {
        file = kind.blank(this);
        file.id = id;
        openFiles.put(id, file);
      }
      file.walk(walk);
    }
    if (walk.reading()) {
      openFiles.values().forEach(OpenFile::resume);
    }
  }
}
