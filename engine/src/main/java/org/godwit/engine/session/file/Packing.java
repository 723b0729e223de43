package org.godwit.engine.session.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.godwit.engine.session.HashSample;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;

/**
 * Puts what a session makes all the time, hashes, samples and decisions, into few bytes: their
 * components in the order of the declaration. The other half is {@link Unpacking}.
 *
 * <pre>
 * int, long   zigzag, then seven bits a byte, the lowest first, the top bit where more follow
 * hash        a long for the moment, then eight bytes, big-endian
 * double      its eight bytes, big-endian
 * boolean     a byte, 0 or 1
 * text        length in bytes as an int, UTF-8
 * list        size as an int, elements
 * may be null a boolean whether it is there, then itself
 * argument    of a problem: a byte 0 text, 1 int, 2 long, 3 double, then itself
 * </pre>
 *
 * <p>Words cost too much here: most of a session's life this code is not compiled yet, and digits
 * and names are ten times the work.
 */
final class Packing {
  static final int TEXT = 0;
  static final int INT = 1;
  static final int LONG = 2;
  static final int DOUBLE = 3;

  private byte[] bytes = new byte[1 << 12];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  byte[] array() {
    return bytes;
  }

  /** Begins a frame of a log; where it is. */
  int begin(byte kind) {
    int frame = size;
    reserve(LiveLog.FRAME_HEAD);
    size += LiveLog.FRAME_HEAD;
    bytes[size - 1] = kind;
    return frame;
  }

  /** Ends the frame there: whatever stands behind its head is in it. */
  void end(int frame) {
    int kind = frame + LiveLog.FRAME_HEAD - 1;
    int checksum = LiveLog.checksum(bytes, kind, size - kind);
    fixed(frame, size - kind - 1);
    fixed(frame + Integer.BYTES, checksum);
  }

  private void fixed(int at, int number) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (number >> 24 - 8 * i);
    }
  }

  void hash(HashSample hash) {
    number(hash.atNanos());
    fixed(hash.hash());
  }

  void sample(Sample sample) {
    number(sample.atNanos());
    number(sample.node());
    number(sample.runnable());
    number(sample.load());
    number(sample.cpuShare());
    number(sample.memoryBytes());
    number(sample.forwardedCalls());
    number(sample.networkBytes());
    number(sample.guests());
    number(sample.away());
  }

  /** An event that is a decision. */
  void decision(Event event, Decision decision) {
    number(event.atNanos());
    number(event.node());
    number(event.sequence());
    text(decision.policy());
    number(decision.runnable());
    number(decision.cpus());
    number(decision.speed());
    number(decision.candidates().size());
    for (Decision.Candidate each : decision.candidates()) {
      candidate(each);
    }
    problem(decision.verdict());
    process(decision.chosen());
    number(decision.to());
    flag(decision.inputs() != null);
    if (decision.inputs() != null) {
      inputs(decision.inputs());
    }
  }

  private void candidate(Decision.Candidate candidate) {
    process(candidate.process());
    number(candidate.cpuLoad());
    problem(candidate.excluded());
    number(candidate.targets().size());
    for (Decision.Target each : candidate.targets()) {
      target(each);
    }
  }

  private void target(Decision.Target target) {
    number(target.node());
    number(target.beliefAgeNanos());
    number(target.load());
    number(target.rateHere());
    number(target.rateThere());
    number(target.gain());
    number(target.transferCost());
    number(target.callCost());
    problem(target.verdict());
    flag(target.marginal() != null);
    if (target.marginal() != null) {
      number(target.marginal().here());
      number(target.marginal().there());
    }
  }

  private void inputs(Decision.Inputs inputs) {
    Beliefs beliefs = inputs.beliefs();
    number(beliefs.nowNanos());
    number(beliefs.node());
    number(beliefs.cpus());
    number(beliefs.speed());
    number(beliefs.runnable());
    number(beliefs.mean());
    flag(beliefs.stay());
    flag(beliefs.lstay());
    number(beliefs.freeBytes());
    number(beliefs.totalBytes());
    number(beliefs.processes().size());
    for (Beliefs.Resident each : beliefs.processes()) {
      resident(each);
    }
    number(beliefs.peers().size());
    for (Beliefs.Peer each : beliefs.peers()) {
      peer(each);
    }
    number(inputs.memory().size());
    for (long each : inputs.memory()) {
      number(each);
    }
  }

  private void resident(Beliefs.Resident resident) {
    process(resident.id());
    flag(resident.locked());
    text(resident.reason());
    flag(resident.moving());
    number(resident.cpuLoad());
    number(resident.wanted());
    number(resident.cpuNanos());
    number(resident.arrivedNanos());
    number(resident.cameFrom());
    number(resident.bytes());
    number(resident.callsPerSecond());
    number(resident.roundTripNanos());
    number(resident.barred().size());
    for (int each : resident.barred()) {
      number(each);
    }
  }

  private void peer(Beliefs.Peer peer) {
    number(peer.node());
    number(peer.ageNanos());
    number(peer.cpus());
    number(peer.speed());
    number(peer.load());
    flag(peer.blocked());
    number(peer.freeBytes());
    number(peer.totalBytes());
    number(peer.megabitsPerSecond());
    number(peer.latencyNanos());
  }

  private void process(ProcessId process) {
    flag(process != null);
    if (process != null) {
      number(process.home());
      number(process.pid());
    }
  }

  private void problem(Problem problem) {
    flag(problem != null);
    if (problem == null) {
      return;
    }
    text(problem.key());
    List<Object> arguments = problem.arguments();
    number(arguments.size());
    for (Object argument : arguments) {
      switch (argument) {
        case String text -> {
          put(TEXT);
          text(text);
        }
        case Integer number -> {
          put(INT);
          number(number);
        }
        case Long number -> {
          put(LONG);
          number(number);
        }
        case Double number -> {
          put(DOUBLE);
          number((double) number);
        }
        default ->
            throw new IllegalArgumentException("no argument of a problem: " + argument.getClass());
      }
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    piece(utf8, utf8.length);
  }

  private void flag(boolean flag) {
    put(flag ? 1 : 0);
  }

  private void number(long number) {
    reserve(10);
    long rest = number << 1 ^ number >> 63;
    int at = size;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    size = at;
  }

  private void number(double number) {
    fixed(Double.doubleToRawLongBits(number));
  }

  /** Eight bytes, big-endian. */
  void fixed(long bits) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >> shift);
    }
  }

  /** A byte. */
  void put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Bytes that are there already, with their length. */
  void piece(byte[] some, int length) {
    number(length);
    bytes(some, length);
  }

  /** Bytes as they are. */
  void bytes(byte[] some) {
    bytes(some, some.length);
  }

  private void bytes(byte[] some, int length) {
    reserve(length);
    System.arraycopy(some, 0, bytes, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
