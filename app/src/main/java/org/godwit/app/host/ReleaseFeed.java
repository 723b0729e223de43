package org.godwit.app.host;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/**
 * Asks an address for the newest release: a JSON object with {@code tag_name} and {@code html_url},
 * as the forges answer to {@code releases/latest} (GitHub REST API, "Get the latest release";
 * Forgejo and Gitea alike). Blocks until it is answered, so never on the window's thread.
 */
public final class ReleaseFeed {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int MOST_BYTES = 1 << 20;

  private ReleaseFeed() {}

  /**
   * A release.
   *
   * @param version without the {@code v} that tags begin with
   * @param page where it is described; empty if that is not told
   */
  public record Release(String version, String page) {}

  /**
   * The newest release, if it is newer than what runs.
   *
   * @param address an {@code https}, {@code http} or {@code file} address
   * @param running the version that runs
   * @throws ProblemException if the address cannot be asked or its answer says no version
   */
  public static Optional<Release> newer(String address, String running) throws ProblemException {
    String answer = answer(address);
    try {
      JsonObject release = JsonParser.parseString(answer).getAsJsonObject();
      String version = release.get("tag_name").getAsString().replaceFirst("^v", "");
      String page = release.has("html_url") ? release.get("html_url").getAsString() : "";
      boolean newer = Version.parse(version).compareTo(Version.parse(running)) > 0;
      return newer ? Optional.of(new Release(version, page)) : Optional.empty();
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new ProblemException(Problem.of("update.no-release", address));
    }
  }

  private static String answer(String address) throws ProblemException {
    if (!allows(address)) {
      throw new ProblemException(Problem.of("update.no-address", address));
    }
    try {
      URLConnection asked = URI.create(address).toURL().openConnection();
      asked.setConnectTimeout(PATIENCE_MILLIS);
      asked.setReadTimeout(PATIENCE_MILLIS);
      asked.setRequestProperty("Accept", "application/json");
      try (InputStream in = asked.getInputStream()) {
        return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of("update.no-answer", address, e.getClass().getSimpleName()));
    }
  }

  /** Whether a text can be such an address. */
  public static boolean allows(String address) {
    return address.matches("(https?|file):\\S+");
  }
}
