package org.godwit.app.panel.events;

import org.godwit.model.event.Happening;

/** The kinds by which a person filters the log. */
public enum EventKind {
  /** Processes begin, become another program, end. */
  LIFE,
  /** Locks and stay reasons. */
  STAY,
  /** Migrations, from the request to the end. */
  MOVE,
  /** Ticks of the balancers. */
  DECISION,
  /** What programs wrote to their consoles. */
  OUTPUT,
  /** Nodes, links, switches, policy. */
  CLUSTER,
  /** What went wrong. */
  TROUBLE;

  /** The kind of a happening. */
  public static EventKind of(Happening what) {
    return switch (what) {
      case Happening.Launched _,
          Happening.Forked _,
          Happening.Executed _,
          Happening.CallsCounted _,
          Happening.Exited _ ->
          LIFE;
      case Happening.LockChanged _, Happening.ReasonRaised _, Happening.ReasonCleared _ -> STAY;
      case Happening.MigrationRequested _,
          Happening.MigrationRefused _,
          Happening.MigrationStarted _,
          Happening.Migrated _,
          Happening.MigrationAborted _,
          Happening.PagesFetched _ ->
          MOVE;
      case Happening.Decided _ -> DECISION;
      case Happening.Output _,
          Happening.TerminalOpened _,
          Happening.TerminalOutput _,
          Happening.TerminalResized _,
          Happening.TerminalClosed _ ->
          OUTPUT;
      case Happening.NodeUp _,
          Happening.NodeLeft _,
          Happening.Booted _,
          Happening.LinkSet _,
          Happening.LinkCut _,
          Happening.SwitchChanged _,
          Happening.SpeedChanged _,
          Happening.PolicyChanged _,
          Happening.PolicyLoaded _ ->
          CLUSTER;
      case Happening.LaunchFailed _,
          Happening.Killed _,
          Happening.Lost _,
          Happening.UnknownCall _,
          Happening.OutOfMemory _,
          Happening.LimitReached _,
          Happening.NodeCrashed _,
          Happening.CommandRefused _ ->
          TROUBLE;
    };
  }
}
