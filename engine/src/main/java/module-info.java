/** The cluster itself: machines, kernels, network, migration, balancing and sessions. */
module org.godwit.engine {
  requires transitive org.godwit.model;
  requires com.google.gson;
  requires jdk.unsupported;

  exports org.godwit.engine.session;
  exports org.godwit.engine.session.experiment;
  exports org.godwit.engine.session.export;
  exports org.godwit.engine.session.file;
  exports org.godwit.engine.session.query;
}
