package io.github.lodepngffm.bench;

import io.github.lodepngffm.Png;
import java.io.ByteArrayInputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** What {@link StartupSubset} starts: reads a picture, does one thing with it, and ends. */
public final class StartupProgram {
  private StartupProgram() {}

  public static void main(String[] arguments) throws Exception {
    byte[] png = Files.readAllBytes(Path.of(arguments[1]));
    long result =
        switch (arguments[0]) {
          case "ours" -> Ours.bmpBytes(png);
          case "ours-bytes" -> Png.toBmp(png).length;
          case "imageio" -> Jdk.width(png);
          default -> png.length;
        };
    System.out.println(result);
  }

  /** A class of its own, so that the other programs load nothing of it. */
  private static final class Ours {
    static long bmpBytes(byte[] png) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment input = arena.allocate(png.length).copyFrom(MemorySegment.ofArray(png));
        return Png.toBmp(input, arena).byteSize();
      }
    }
  }

  private static final class Jdk {
    static int width(byte[] png) throws Exception {
      ImageIO.setUseCache(false); // a file, which would make it slower still
      return ImageIO.read(new ByteArrayInputStream(png)).getWidth();
    }
  }
}
