package io.github.lodepngffm.testkit;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The conformance data: files of many suites with the answers of independent decoders, in the
 * folder that the environment variable {@code CONFORMANCE_DIR} names. Every method skips the
 * calling test when the variable is not set.
 */
public final class Conformance {

  /** What independent decoders say about a file. */
  public enum Verdict {
    /** They agree on its pixels. */
    DECODE,
    /** All of them refuse it. */
    ERROR,
    /** They disagree. */
    DISPUTED,
    /** It is larger than they were allowed to decode. */
    LIMIT;

    private static Verdict of(String column) {
      return switch (column) {
        case "decode" -> DECODE;
        case "error" -> ERROR;
        case "disputed" -> DISPUTED;
        case "limit" -> LIMIT;
        default -> throw new IllegalStateException("unknown verdict '" + column + "'");
      };
    }
  }

  /**
   * A row of expected.tsv.
   *
   * @param sha256Rgb8 of {@code width * height * 3} bytes, rows from the top, no padding
   * @param sha256Rgba8 of {@code width * height * 4} bytes
   * @param lodepngDefaultError code and text of LodePNG with default settings, or empty
   */
  public record Png(
      String file,
      Verdict expected,
      int width,
      int height,
      String sha256Rgb8,
      String sha256Rgba8,
      String agreement,
      String decoders,
      String lodepngModes,
      String lodepngDefaultError,
      String note) {

    public Path path() {
      return Conformance.path(file);
    }

    public byte[] bytes() {
      return Conformance.bytes(file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  /** A row of seed_bmp.tsv: the BMP that the original converter makes of a PNG. */
  public record SeedBmp(
      String file, long bmpBytes, String sha256, int headerWidth, int headerHeight) {

    public Path path() {
      return Conformance.path(file);
    }

    public byte[] bytes() {
      return Conformance.bytes(file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  /**
   * A row of bmp_expected.tsv.
   *
   * @param votes readers that agree with the hash, of those that read the file
   */
  public record Bmp(
      String file,
      Verdict expected,
      int width,
      int height,
      String sha256Rgba8,
      String votes,
      String readers) {

    public Path path() {
      return Conformance.path(file);
    }

    public byte[] bytes() {
      return Conformance.bytes(file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private static final TestData DATA = new TestData("CONFORMANCE_DIR", "the conformance images");

  private Conformance() {}

  public static boolean isAvailable() {
    return DATA.isAvailable();
  }

  /** Skips the calling test, with a printed reason, when CONFORMANCE_DIR is not set. */
  public static void assumeAvailable() {
    DATA.assumeAvailable();
  }

  public static Path path(String file) {
    return DATA.path(file);
  }

  public static byte[] bytes(String file) {
    return DATA.bytes(file);
  }

  /** All PNG rows, in the order of the table. */
  public static Stream<Png> pngs() {
    return DATA
        .rows(
            "expected.tsv",
            "file",
            "expected",
            "width",
            "height",
            "sha256_rgb8",
            "sha256_rgba8",
            "agreement",
            "decoders",
            "lodepng_modes",
            "lodepng_default_error",
            "note")
        .stream()
        .map(row ->
            new Png(
                row[0],
                Verdict.of(row[1]),
                number(row[2]),
                number(row[3]),
                row[4],
                row[5],
                row[6],
                row[7],
                row[8],
                row[9],
                row[10]));
  }

  /** The PNG rows with one verdict. */
  public static Stream<Png> pngs(Verdict verdict) {
    return pngs().filter(png -> png.expected() == verdict);
  }

  public static Stream<SeedBmp> seedBmps() {
    return DATA
        .rows(
            "seed_bmp.tsv",
            "file",
            "bmp_bytes",
            "sha256_of_seed_bmp",
            "header_width",
            "header_height")
        .stream()
        .map(row ->
            new SeedBmp(row[0], Long.parseLong(row[1]), row[2], number(row[3]), number(row[4])));
  }

  public static Stream<Bmp> bmps() {
    return DATA
        .rows(
            "bmp_expected.tsv",
            "file",
            "expected",
            "width",
            "height",
            "sha256_rgba8_majority",
            "votes",
            "readers")
        .stream()
        .map(row ->
            new Bmp(
                row[0],
                Verdict.of(row[1]),
                number(row[2]),
                number(row[3]),
                row[4],
                row[5],
                row[6]));
  }

  public static Stream<Bmp> bmps(Verdict verdict) {
    return bmps().filter(bmp -> bmp.expected() == verdict);
  }

  /** Damaged files may claim any 32-bit size, and some have none. */
  private static int number(String column) {
    return column.matches("[0-9]+") ? Integer.parseUnsignedInt(column) : 0;
  }
}
