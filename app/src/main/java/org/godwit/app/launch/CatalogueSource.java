package org.godwit.app.launch;

import java.util.List;
import java.util.Optional;
import org.godwit.app.host.Userland;
import org.godwit.engine.session.GuestFile;
import org.godwit.engine.session.ProgramSource;
import org.godwit.resources.Catalogue;
import org.godwit.resources.RootFile;

/** The programs and root file systems on board, for sessions. */
public class CatalogueSource implements ProgramSource {
  private final boolean userland;

  /**
   * @param userland whether nodes that do not boot carry the userland too, so that one can log in
   */
  public CatalogueSource(boolean userland) {
    this.userland = userland;
  }

  @Override
  public Optional<byte[]> elf(String name) {
    return Catalogue.program(name).map(Catalogue::elf);
  }

  @Override
  public final Optional<List<GuestFile>> root(String profile) {
    if (profile.equals(BARE)) {
      return userland ? Optional.of(Userland.tree()) : Optional.empty();
    }
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
