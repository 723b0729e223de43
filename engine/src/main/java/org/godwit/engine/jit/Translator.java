package org.godwit.engine.jit;

import org.godwit.engine.machine.Hart;
import org.godwit.engine.machine.Interpreter;
import org.godwit.engine.machine.Machine;
import org.godwit.engine.machine.Stop;
import org.godwit.engine.memory.AddressSpace;

/**
 * The engine that translates what is hot. Between regions it interprets: short bursts block by
 * block, in which it looks for regions and counts where control arrives, and longer stretches at
 * the interpreter's full speed.
 *
 * <p>A region is entered only while the budget covers it up to its next test; the rest is
 * interpreted, so every stop is the interpreter's, to the instruction. Stateless but for the
 * regions that it shares; one instance serves all threads.
 */
public final class Translator implements Machine {
  /**
   * Regions are entered anew after so many instructions, so that they go on in code that HotSpot
   * made meanwhile.
   */
  private static final long STRETCH = 1 << 20;

  /** Most instructions that are interpreted without looking for regions. */
  static final long LONG_STRETCH = 64_000;

  /** A loop or a function counts so much more than a place in between: it is a better entry. */
  private static final int ENTRY_WEIGHT = 4;

  /** A transfer over more bytes is taken for one into another function. */
  private static final int FAR = 1 << 10;

  private final Interpreter interpreter = new Interpreter();
  private final Regions regions;
  private final int threshold;
  private final long patience;

  /**
   * @param regions what is translated already, and by whom more will be
   * @param threshold how often control must be seen to arrive at a place before it is translated
   * @param patience instructions that a process must have had interpreted before anything of it is
   *     translated: most programs end sooner
   */
  public Translator(Regions regions, int threshold, long patience) {
    this.patience = patience;
    this.regions = regions;
    this.threshold = threshold * ENTRY_WEIGHT;
  }

  @Override
  public Stop run(Hart hart, AddressSpace memory, long budget) {
    Context context = context(memory);
    context.begin(hart);
    long left = budget;
    boolean passed = false; // A region has just left this very instruction to the interpreter.
    while (left > 0) {
      context.refresh();
      Region region = passed || hart.fcsr().frm != 0 ? null : context.find(hart.pc());
      long before = hart.retired();
      Stop stop;
      passed = false;
      if (region != null && region.need <= left) {
        stop = translated(context, hart, Math.min(left, STRETCH));
        passed = context.passed;
        if (!passed && stop == Stop.BUDGET) {
          context.visit(hart.pc(), ENTRY_WEIGHT, threshold); // Where regions end, others begin.
        }
        context.beginLooking();
      } else if (region != null || context.rest > 0 || mustWait(context)) {
        long most = context.rest > 0 ? context.rest : LONG_STRETCH;
        stop = interpreter.run(hart, memory, Math.min(left, most));
        context.interpreted += hart.retired() - before;
        context.rest -= Math.min(context.rest, hart.retired() - before);
      } else {
        stop = look(context, hart, memory, left);
        context.looked();
      }
      left -= hart.retired() - before;
      if (stop != Stop.BUDGET) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }

  /** Whether it is too soon to translate anything of this process, and others have left nothing. */
  private boolean mustWait(Context context) {
    return context.interpreted < patience && regions.isEmpty();
  }

  private static Stop translated(Context context, Hart hart, long budget) {
    context.enter(budget);
    long pc = Context.call(context, hart.pc(), Context.NEVER);
    hart.setPc(pc);
    hart.setRetired(hart.retired() + budget - context.left);
    Stop stop = context.stop;
    context.stop = null;
    context.passed = stop == null && (pc & Region.STOPPED) != 0;
    return stop == null ? Stop.BUDGET : stop;
  }

  /** Interpreting one block, counts where it leads. */
  private Stop look(Context context, Hart hart, AddressSpace memory, long left) {
    long pc = hart.pc();
    Stop stop = interpreter.runBlock(hart, memory, left);
    long to = hart.pc();
    boolean entry = to <= pc || to > pc + FAR;
    int weight = context.interpreted < patience ? 0 : entry ? ENTRY_WEIGHT : 1;
    context.visit(to, weight, threshold);
    return stop;
  }

  private Context context(AddressSpace memory) {
    if (memory.translations() instanceof Context context) {
      return context;
    }
    Context made = new Context(memory, regions);
    memory.setTranslations(made);
    return made;
  }
}
