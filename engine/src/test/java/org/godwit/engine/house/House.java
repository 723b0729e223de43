package org.godwit.engine.house;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.lang.module.ResolvedModule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The compiled classes that the rules are held against. */
final class House {

  static {
    // The rules go by the names of JDK types alone; reading those classes too takes seconds.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
  }

  private House() {}

  /** The main classes of the named modules, wherever this build keeps them (folder or jar). */
  static JavaClasses modules(String... names) {
    Set<Location> locations = List.of(names).stream().map(House::of).collect(Collectors.toSet());
    return new ClassFileImporter().importLocations(locations);
  }

  /** The planted offenders: test classes in this package's {@code planted} packages. */
  static JavaClasses planted() {
    return new ClassFileImporter()
        .importUrl(House.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private static Location of(String name) {
    ResolvedModule module =
        ModuleLayer.boot()
            .configuration()
            .findModule(name)
            .orElseThrow(() -> new AssertionError("no module " + name + " in this test's JVM"));
    return Location.of(module.reference().location().orElseThrow());
  }
}
