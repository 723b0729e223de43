/** The cluster itself: machines, kernels, network, migration, balancing and sessions. */
module org.godwit.engine {
  requires transitive org.godwit.model;

  exports org.godwit.engine.session;
}
