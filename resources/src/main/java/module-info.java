/** Everything that ships as a file: guest programs, roots, scenarios, looks, words. */
module org.godwit.resources {
  requires com.google.gson;

  exports org.godwit.resources;
}
