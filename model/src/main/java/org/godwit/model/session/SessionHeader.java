package org.godwit.model.session;

import java.util.List;
import org.godwit.model.scenario.Scenario;

/**
 * {@code session.json}, the first entry of a session file: what is needed to run the session again,
 * and how much the file holds, so that a cut one is noticed.
 *
 * @param formatVersion layout of the file
 * @param behaviourVersion raised whenever the same session would give other hashes (decision 32)
 * @param engineVersion version of the program that wrote it, for people
 * @param endNanos virtual time that the session had reached
 * @param migrateEvery instructions after which movable processes were moved, 0 for never
 * @param commands number of lines of {@code commands.jsonl}
 * @param hashes number of lines of {@code hashes.jsonl}
 * @param events number of events in all segments
 * @param samples number of load samples in all segments
 * @param programs the programs whose bytes are in the file, by name
 * @param roots the root file systems in the file, by profile; null if nothing has booted
 * @param inputs what came from outside beside scenario and programs; null if nothing did
 * @param scenario what the session was opened with
 */
public record SessionHeader(
    int formatVersion,
    int behaviourVersion,
    String engineVersion,
    long endNanos,
    long migrateEvery,
    int commands,
    int hashes,
    int events,
    int samples,
    List<Program> programs,
    List<Program> roots,
    Inputs inputs,
    Scenario scenario) {
  public SessionHeader {
    programs = List.copyOf(programs);
    roots = roots == null ? null : List.copyOf(roots);
  }

  /**
   * A program of the session, or a root file system.
   *
   * @param name its name in launches, or that of the profile
   * @param sha256 hash of its bytes, lower-case hexadecimal; they are the entry {@code
   *     programs/<sha256>.elf} or {@code roots/<sha256>.tar}
   */
  public record Program(String name, String sha256) {}

  /**
   * What a session was given from outside.
   *
   * @param node the node that got it
   * @param root hash of the tree that was put there, the entry {@code roots/<sha256>.tar}; null for
   *     none
   * @param standardInput hash of what its programs read from descriptor 0, the entry {@code
   *     inputs/<sha256>.bin}; null for nothing
   */
  public record Inputs(int node, String root, String standardInput) {}
}
