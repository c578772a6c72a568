package io.github.lodepngffm.testkit;

import java.nio.file.Path;
import java.util.List;

/**
 * Hundreds of PNG files as they lie on people's disks, mostly icons, in the folder that the
 * environment variable {@code REAL_CORPUS_DIR} names. Every method skips the calling test when it
 * is not set.
 */
public final class RealCorpus {

  private static final TestData DATA = new TestData("REAL_CORPUS_DIR", "files as people have them");

  private RealCorpus() {}

  /** All PNG files, sorted by name. */
  public static List<Path> pngs() {
    return DATA.filesWith(".png");
  }
}
