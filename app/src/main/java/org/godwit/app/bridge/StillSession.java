package org.godwit.app.bridge;

import java.util.List;
import java.util.Optional;
import org.godwit.engine.session.DryRun;
import org.godwit.engine.session.HashSample;
import org.godwit.engine.session.ProgramImage;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ClusterView;

/**
 * One instant of a cluster as a session that does not move: for pictures, and for looking at the
 * past. Every command is refused.
 *
 * @param scenario what it belongs to
 * @param view the instant
 * @param events events up to it
 * @param samples samples up to it
 */
public record StillSession(
    Scenario scenario, ClusterView view, List<Event> events, List<Sample> samples)
    implements LiveSession {
  public StillSession {
    events = List.copyOf(events);
    samples = List.copyOf(samples);
  }

  @Override
  public long now() {
    return view.nanos();
  }

  @Override
  public void addProgram(String name, byte[] elf) {}

  @Override
  public CommandRecord submit(Command command) {
    return new CommandRecord(now(), 0, command, Problem.of("still.refused"));
  }

  @Override
  public void advance(long untilNanos) {}

  @Override
  public List<Event> events(int from) {
    return events.subList(Math.min(from, events.size()), events.size());
  }

  @Override
  public List<Sample> samples(int from) {
    return samples.subList(Math.min(from, samples.size()), samples.size());
  }

  @Override
  public List<CommandRecord> commands() {
    return List.of();
  }

  @Override
  public List<HashSample> hashes() {
    return List.of();
  }

  @Override
  public List<ProgramImage> programs() {
    return List.of();
  }

  @Override
  public Optional<byte[]> readFile(int node, String path) {
    return Optional.empty();
  }

  @Override
  public DryRun dryRun(ProcessId process, int to) {
    return DryRun.refused(Problem.of("still.refused"));
  }

  @Override
  public void close() {}
}
