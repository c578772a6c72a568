package io.github.lodepngffm.bench.peers;

import java.nio.file.Path;

/** Which version of a library is on the class path. */
final class Versions {
  private Versions() {}

  /** What the name of the class's jar says behind the last hyphen that a digit follows. */
  static String ofJar(Class<?> type) {
    String jar =
        Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .getFileName()
            .toString();
    return jar.replaceFirst("^.*?-(?=\\d)", "").replaceFirst("\\.jar$", "");
  }
}
