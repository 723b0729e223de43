package org.godwit.engine.session;

import java.util.function.Consumer;
import org.godwit.engine.jit.Regions;
import org.godwit.engine.jit.Translator;
import org.godwit.engine.machine.Interpreter;
import org.godwit.engine.machine.Machine;

/**
 * What executes guest instructions. All engines give the same results, to the instruction; they
 * differ in speed alone. One may serve several sessions, one after another or at the same time, and
 * should: what one of them has translated the others need not.
 */
public final class Engine {
  private static final long MOST_CODE_BYTES = 48L << 20;
  private static final int HOT = 100;
  private static final int EAGER = 8;
  private static final long PATIENCE = 10_000_000;

  private static final Engine INTERPRETER = new Engine(new Interpreter(), null);

  private final Machine machine;
  private final Regions regions;

  private Engine(Machine machine, Regions regions) {
    this.machine = machine;
    this.regions = regions;
  }

  /** Decodes and executes; the reference. */
  public static Engine interpreter() {
    return INTERPRETER;
  }

  /**
   * Interprets, and translates what is hot.
   *
   * @param background runs tasks on another thread, some time, or never; {@code null} to translate
   *     at once and early, on the thread that runs the guest
   */
  public static Engine translator(Consumer<Runnable> background) {
    boolean waits = background == null;
    Regions regions = new Regions(waits ? Runnable::run : background::accept, MOST_CODE_BYTES);
    return new Engine(new Translator(regions, waits ? EAGER : HOT, waits ? 0 : PATIENCE), regions);
  }

  /** Bytes of translated code that are kept now, with the guest code it was made from. */
  public long codeBytes() {
    return regions == null ? 0 : regions.bytes();
  }

  /** The most of them. */
  public long mostCodeBytes() {
    return regions == null ? 0 : MOST_CODE_BYTES;
  }

  /** Number of translated regions that are kept now. */
  public int regions() {
    return regions == null ? 0 : regions.count();
  }

  /** How often translating failed by an error of ours; such code stays interpreted. */
  public int failures() {
    return regions == null ? 0 : regions.failures();
  }

  Machine machine() {
    return machine;
  }
}
