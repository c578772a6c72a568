package io.github.lodepngffm.testkit;

import io.github.lodepngffm.Png;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the classes under test, and those of the tests, are: folders, or jars. */
public final class TestClassPath {
  private TestClassPath() {}

  public static Path mainClasses() {
    return locationOf(Png.class);
  }

  public static Path testClasses() {
    return locationOf(TestClassPath.class);
  }

  public static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
