/** The immutable nouns that engine and app share, and their codecs. */
module org.godwit.model {
  requires com.google.gson;
}
