package io.github.lodepngffm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * What the launcher runs while Java notes which classes a start needs, for its AOT cache: one file,
 * a folder, and a header.
 */
final class StartTraining {
  /** A PNG of 2 x 2 pixels, 8 bits a sample: red, green; blue, white. */
  private static final byte[] PNG =
      HexFormat.of()
          .parseHex(
              "89504e470d0a1a0a0000000d494844520000000200000002080200000"
                  + "0fdd49a730000001249444154"
                  + "78da63f8cfc0c000c20cff8100001fee05fb"
                  + "f1abba770000000049454e44ae426082");

  private StartTraining() {}

  /**
   * Converts in a folder, and fails if anything does.
   *
   * @param arguments the folder, which must be empty
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    String png = Files.write(folder.resolve("training.png"), PNG).toString();
    int failures =
        new Png2Bmp()
                .execute(
                    RawArguments.of(new String[] {png, "-o", folder.resolve("a.bmp").toString()}))
            + new Png2Bmp().execute("--quiet", "-d", folder.resolve("out").toString(), png)
            + new Png2Bmp().execute("--info", png)
            + new Bmp2Png().execute(folder.resolve("a.bmp").toString(), "-o", png + ".png");
    System.exit(failures);
  }
}
