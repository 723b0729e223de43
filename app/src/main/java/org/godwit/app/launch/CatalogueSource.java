package org.godwit.app.launch;

import java.util.List;
import java.util.Optional;
import org.godwit.engine.session.GuestFile;
import org.godwit.engine.session.ProgramSource;
import org.godwit.resources.Catalogue;
import org.godwit.resources.RootFile;

/** The programs and root file systems on board, for sessions. */
public class CatalogueSource implements ProgramSource {
  @Override
  public Optional<byte[]> elf(String name) {
    return Catalogue.program(name).map(Catalogue::elf);
  }

  @Override
  public final Optional<List<GuestFile>> root(String profile) {
    return Catalogue.root(profile)
        .map(files -> files.stream().map(CatalogueSource::guestFile).toList());
  }

  private static GuestFile guestFile(RootFile file) {
    return new GuestFile(
        file.path(),
        GuestFile.Kind.valueOf(file.kind().name()),
        file.mode(),
        file.content(),
        file.target());
  }
}
