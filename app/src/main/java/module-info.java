/** The workbench and the command line. */
module org.godwit.app {
  requires org.godwit.engine;
  requires org.godwit.model;
  requires org.godwit.resources;
  requires com.google.gson;
  requires info.picocli;
  requires java.desktop;
  requires java.management;
  requires javafx.controls;
  requires javafx.swing;
  requires atlantafx.base;
  requires bento.fx;
  requires org.apache.commons.statistics.distribution;
  requires org.controlsfx.controls;
  requires org.fxmisc.flowless;
  requires org.fxmisc.richtext;
  requires org.fxmisc.undo;
  requires reactfx;
  requires org.jfree.chart.fx;
  requires org.jfree.jfreechart;
  requires org.kordamp.ikonli.feather;
  requires org.kordamp.ikonli.javafx;

  // Policies that a user brings along.
  uses org.godwit.model.policy.UserPolicy;

  // JavaFX makes the application.
  exports org.godwit.app.workbench to
      javafx.graphics;

  // Gson reads and writes arrangements and notes.
  opens org.godwit.app.canvas to
      com.google.gson;
  opens org.godwit.app.workbench to
      com.google.gson;

  // picocli fills the fields that commands annotate.
  opens org.godwit.app.cli to
      info.picocli;
}
