package io.github.lodepngffm.bench;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Pictures made on the spot, the same on every machine, so that anyone can measure without a
 * collection of files. Noise with detail stands for photographs; real ones differ, and a folder of
 * your own pictures is worth more than these.
 */
final class GeneratedPictures {
  /** To be raised with any change of what is made: files are kept under this name. */
  private static final String EDITION = "generated-1";

  private static final int LETTER_WIDTH = 6;
  private static final int LETTER_HEIGHT = 11;

  private GeneratedPictures() {}

  /**
   * The folder with the pictures, under {@code parent}; what is not there yet is made.
   *
   * @param names which ones; all, if none is named
   */
  static Path in(Path parent, String... names) throws IOException {
    Path folder = parent.resolve(EDITION);
    Files.createDirectories(folder);
    for (Map.Entry<String, Supplier<PngWriter>> picture : recipes().entrySet()) {
      Path file = folder.resolve(picture.getKey() + ".png");
      boolean wanted = names.length == 0 || List.of(names).contains(picture.getKey());
      if (wanted && !Files.exists(file)) {
        Path partial = folder.resolve(picture.getKey() + ".partial");
        Files.write(partial, picture.getValue().get().compressionLevel(6).bytes());
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return folder;
  }

  private static Map<String, Supplier<PngWriter>> recipes() {
    Map<String, Supplier<PngWriter>> recipes = new LinkedHashMap<>();
    recipes.put("photo", () -> photo(PngFormat.RGB, 8, 2000, 1333));
    recipes.put("photo-large", () -> photo(PngFormat.RGB, 8, 4000, 3000));
    recipes.put("photo-16bit", () -> photo(PngFormat.RGB, 16, 1200, 800));
    recipes.put("photo-gray", () -> photo(PngFormat.GRAY, 8, 2000, 1500));
    recipes.put("photo-interlaced", () -> photo(PngFormat.RGB, 8, 1600, 1200).interlaced(true));
    recipes.put("palette", GeneratedPictures::palette);
    recipes.put("screen", GeneratedPictures::screen);
    recipes.put("gradient", GeneratedPictures::gradient);
    recipes.put("flat", GeneratedPictures::flat);
    recipes.put("icon", GeneratedPictures::icon);
    return recipes;
  }

  private static PngWriter photo(int colorType, int bits, int width, int height) {
    PngFormat format = new PngFormat(colorType, bits);
    return PngWriter.of(TestImage.photoLike(format, width, height, 7)).filters(photographic());
  }

  /** Mostly Paeth and Average, some Sub and Up: what adaptive encoders choose for photographs. */
  private static IntUnaryOperator photographic() {
    int[] mixture = {4, 4, 3, 4, 3, 1, 4, 3, 2, 4};
    return row -> mixture[new SplittableRandom(row).nextInt(mixture.length)];
  }

  private static PngWriter palette() {
    int width = 1680;
    int height = 1050;
    TestImage photo = TestImage.photoLike(new PngFormat(PngFormat.GRAY, 8), width, height, 11);
    int[] palette = new int[256];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = i << 16 | (255 - i) / 2 << 8 | (i * 3 & 255);
    }
    PngFormat format = new PngFormat(PngFormat.PALETTE, 8);
    return PngWriter.of(new TestImage(width, height, format, photo.samples(), palette, null, null));
  }

  private static PngWriter gradient() {
    TestImage image = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 1920, 1080);
    return PngWriter.of(image).filter(1);
  }

  private static PngWriter flat() {
    Canvas canvas = new Canvas(1920, 1080, false, 0xFFFFFF);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 40; i++) {
      int x = random.nextInt(1700);
      int y = random.nextInt(900);
      int colour = random.nextInt(1 << 24);
      canvas.fill(x, y, 40 + random.nextInt(400), 30 + random.nextInt(300), colour);
    }
    return canvas.png();
  }

  /** Windows with title bars and lines of letters on a desktop. */
  private static PngWriter screen() {
    Canvas canvas = new Canvas(1440, 960, true, 0x2E4A62);
    SplittableRandom random = new SplittableRandom(5);
    for (int window = 0; window < 4; window++) {
      int x = 40 + window * 330;
      int y = 60 + window * 110;
      canvas.fill(x, y, 620, 440, 0xF4F4F2);
      canvas.fill(x, y, 620, 28, 0x3B6EA5);
      for (int line = 0; line < 25; line++) {
        int letters = 20 + random.nextInt(75);
        for (int i = 0; i < letters; i++) {
          canvas.letter(x + 16 + i * LETTER_WIDTH, y + 42 + line * 15, random.nextInt(40));
        }
      }
    }
    return canvas.png();
  }

  private static PngWriter icon() {
    Canvas canvas = new Canvas(64, 64, true, 0x000000);
    for (int y = 4; y < 60; y++) {
      for (int x = 4; x < 60; x++) {
        canvas.fill(x, y, 1, 1, (60 + 3 * y) << 16 | (40 + 2 * x) << 8 | (x ^ y));
      }
    }
    canvas.fill(20, 28, 24, 8, 0xFFFFFF);
    return canvas.png();
  }

  /** Rectangles and letters in RGB or RGBA. */
  private static final class Canvas {
    private final int width;
    private final int height;
    private final int channels;
    private final int[] samples;

    Canvas(int width, int height, boolean alpha, int background) {
      this.width = width;
      this.height = height;
      channels = alpha ? 4 : 3;
      samples = new int[width * height * channels];
      fill(0, 0, width, height, background);
    }

    void fill(int left, int top, int columns, int rows, int colour) {
      for (int y = top; y < Math.min(top + rows, height); y++) {
        for (int x = left; x < Math.min(left + columns, width); x++) {
          int at = (y * width + x) * channels;
          samples[at] = colour >> 16 & 255;
          samples[at + 1] = colour >> 8 & 255;
          samples[at + 2] = colour & 255;
          if (channels == 4) {
            samples[at + 3] = 255;
          }
        }
      }
    }

    /** One of a few shapes, each always the same, with soft edges as on screens. */
    void letter(int left, int top, int shape) {
      SplittableRandom random = new SplittableRandom(shape);
      for (int y = 0; y < LETTER_HEIGHT - 2; y++) {
        for (int x = 0; x < LETTER_WIDTH - 1; x++) {
          int ink = random.nextInt(4);
          if (shape > 5 && ink < 3) {
            fill(left + x, top + y, 1, 1, ink == 0 ? 0x202020 : ink == 1 ? 0x9A9A98 : 0xF4F4F2);
          }
        }
      }
    }

    PngWriter png() {
      PngFormat format = new PngFormat(channels == 4 ? PngFormat.RGBA : PngFormat.RGB, 8);
      int[] mixture = {1, 0, 2, 2, 1, 4, 0, 2};
      return PngWriter.of(TestImage.of(format, width, height, samples))
          .filters(row -> mixture[row % mixture.length]);
    }
  }
}
