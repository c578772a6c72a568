package io.github.lodepngffm.testkit;

import java.nio.file.Path;
import java.util.List;

/**
 * Real pictures of several kinds (photographs, screens, icons) in the folder that the environment
 * variable {@code CORPUS_DIR} names. Every method skips the calling test when it is not set.
 */
public final class Corpus {

  private static final TestData DATA = new TestData("CORPUS_DIR", "the real-world pictures");

  private Corpus() {}

  public static boolean isAvailable() {
    return DATA.isAvailable();
  }

  /** Skips the calling test, with a printed reason, when CORPUS_DIR is not set. */
  public static void assumeAvailable() {
    DATA.assumeAvailable();
  }

  /** All PNG files, sorted by name. */
  public static List<Path> pngs() {
    return DATA.filesWith(".png");
  }

  public static Path path(String file) {
    return DATA.path(file);
  }

  public static byte[] bytes(String file) {
    return DATA.bytes(file);
  }
}
