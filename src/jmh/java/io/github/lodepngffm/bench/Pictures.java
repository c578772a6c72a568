package io.github.lodepngffm.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pictures to measure with: the folder that {@code -Dlodepngffm.bench.corpus} or the environment
 * variable {@code CORPUS_DIR} names.
 */
public final class Pictures {
  static final String PROPERTY = "lodepngffm.bench.corpus";

  private Pictures() {}

  /** The folder with the pictures. */
  public static Path folder() {
    String property = System.getProperty(PROPERTY, System.getenv("CORPUS_DIR"));
    if (property == null) {
      throw new IllegalStateException("set CORPUS_DIR or -D" + PROPERTY + " to a folder of PNGs");
    }
    return Path.of(property);
  }

  /** The names of all pictures, sorted. */
  public static List<String> names() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".png"))
          .map(name -> name.substring(0, name.length() - ".png".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them. */
  public static Picture load(String name) {
    try {
      return Picture.of(name, Files.readAllBytes(folder().resolve(name + ".png")));
    } catch (IOException e) {
      throw new UncheckedIOException("no picture " + name + "; there are " + names(), e);
    }
  }
}
