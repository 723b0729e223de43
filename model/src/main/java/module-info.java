/** The immutable nouns that engine and app share, and their codecs. */
module org.godwit.model {
  requires com.google.gson;

  exports org.godwit.model;
  exports org.godwit.model.command;
  exports org.godwit.model.event;
  exports org.godwit.model.json;
  exports org.godwit.model.policy;
  exports org.godwit.model.scenario;
  exports org.godwit.model.session;
  exports org.godwit.model.view;
}
