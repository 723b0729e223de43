package org.godwit.engine.jit;

/**
 * Translated code with one entry. The subclasses are written by {@link Emitter}, and one instance
 * serves all threads and processes whose memory holds the code that it was made from. Immutable but
 * for what is counted, carelessly: threads may lose each other's counts, which changes speed and
 * nothing else.
 *
 * <p>A region is made twice, as classes of different names. The launchers keep HotSpot's second
 * compiler from the first, {@code Quick}: it takes a tenth of a second for a large region, and the
 * first compiler's code is worth having until that pays. {@code Hot} is made when it does.
 */
abstract class Region {
  /** Set in what {@link #run} returns if the run must not go on in translated code. */
  static final long STOPPED = 1;

  /** Address of its first instruction. */
  final long pc;

  /** The least budget with which it can be entered. */
  final int need;

  /** Whether it is meant for HotSpot's second compiler. */
  final boolean hot;

  /** Indirect jumps out of it that are not worth a look before the next that is. */
  int patience;

  /** Instructions that were executed between entering and leaving it. */
  long executed;

  /** How often a region was entered while that lasted, itself and those that it called. */
  long runs;

  /** Whether its hot version was asked for; of {@link Regions}. */
  boolean ordered;

  /** The version for HotSpot's second compiler, once it is made. */
  volatile Region hotter;

  private final Flow flow;
  private final int methodBytes;
  private final long[] pcs;
  private final int[] refunds;

  Region(Draft draft) {
    flow = draft.flow();
    pc = flow.entry;
    need = flow.at(pc).bound;
    methodBytes = draft.methodBytes();
    hot = draft.hot();
    pcs = new long[flow.instructions()];
    refunds = new int[pcs.length];
    int i = 0;
    for (Block block : flow.blocks) {
      for (int k = 0; k < block.count(); k++) {
        pcs[i] = block.pcs[k];
        refunds[i++] = block.count() - k;
      }
    }
  }

  /**
   * What a region is made of.
   *
   * @param methodBytes length of its bytecode
   * @param hot whether it is meant for HotSpot's second compiler
   */
  record Draft(Flow flow, int methodBytes, boolean hot) {}

  /**
   * Runs until something outside of the region is needed. On return registers are in the hart, the
   * budget that is left is in the context, and the result is the address of the next instruction,
   * with {@link #STOPPED} if the reason is in the context or the code has changed.
   */
  abstract long run(Context context);

  final Flow flow() {
    return flow;
  }

  /** What it costs to keep, in bytes, roughly. */
  final int weight() {
    return methodBytes + flow.pageBytes();
  }

  final int methodBytes() {
    return methodBytes;
  }

  /** Address of an instruction by its number in the region. */
  final long pcOf(int number) {
    return pcs[number];
  }

  /** Instructions of its block that have not retired before it, itself included. */
  final int refundOf(int number) {
    return refunds[number];
  }

  @Override
  public final String toString() {
    return "region at " + Long.toHexString(pc) + ", " + pcs.length + " instructions";
  }
}
