package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.EncodedPixels;
import io.github.lodepngffm.testkit.EncodedPixels.Kind;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.MarkdownFile;
import io.github.lodepngffm.testkit.Recipes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/encoding.md, compiled as they stand there, do what they say. */
class EncodingRecipesTest {
  @TempDir static Path classes;

  private static Recipes recipes;

  @BeforeAll
  static void compileTheRecipes() throws Exception {
    recipes = Recipes.compile(MarkdownFile.read(Path.of("docs/encoding.md")).java(), classes);
  }

  @AfterAll
  static void closeTheLoader() throws IOException {
    recipes.close();
  }

  private static int[] decoded(Object png) throws IOException {
    return ImageIoDecoder.rgba16(((MemorySegment) png).toArray(JAVA_BYTE));
  }

  private static Pixels noise(PixelFormat format, int width, int height, Arena arena) {
    return EncodedPixels.of(Kind.NOISE, format, width, height, 0, new Random(9), arena);
  }

  @Test
  void everyRecipeIsOneThatThisTestRuns() {
    assertThat(recipes.names())
        .containsExactly(
            "fromBufferedImage", "fromFrameBuffer", "fromIndices", "fromTile", "gradient", "rowOf");
  }

  @Test
  void aBufferedImageKeepsItsPixels() throws Exception {
    BufferedImage image = new BufferedImage(13, 7, BufferedImage.TYPE_INT_ARGB);
    Random random = new Random(3);
    int[] expected = new int[13 * 7 * 4];
    for (int i = 0; i < 13 * 7; i++) {
      int argb = random.nextInt();
      image.setRGB(i % 13, i / 13, argb);
      for (int channel = 0; channel < 4; channel++) {
        int shift = channel == 3 ? 24 : 16 - 8 * channel;
        expected[4 * i + channel] = (argb >> shift & 0xff) * 257;
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      assertThat(decoded(recipes.call("fromBufferedImage", image, arena))).isEqualTo(expected);
    }
  }

  @Test
  void theLowestRowOfAFrameBufferIsTheLastOfTheImage() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels = noise(PixelFormat.RGBA8, 12, 9, arena);
      ByteBuffer buffer = pixels.memory().asByteBuffer();
      assertThat(decoded(recipes.call("fromFrameBuffer", buffer, 12, 9, arena)))
          .isEqualTo(EncodedPixels.rgba16(pixels.flipped()));
    }
  }

  @Test
  void aTileIsThePartOfTheMap() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      Pixels map = noise(PixelFormat.RGB8, 64, 48, arena);
      assertThat(decoded(recipes.call("fromTile", map, 2, 1, 16, arena)))
          .isEqualTo(EncodedPixels.rgba16(map.region(32, 16, 16, 16)));
    }
  }

  @Test
  void indicesGetTheirColours() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels = noise(PixelFormat.INDEXED8, 20, 10, arena);
      int[] palette = new Random(4).ints(256).toArray();
      assertThat(decoded(recipes.call("fromIndices", pixels.memory(), 20, 10, palette, arena)))
          .isEqualTo(EncodedPixels.rgba16(pixels, palette));
    }
  }

  @Test
  void rowsOneByOneBecomeAFile(@TempDir Path directory) throws Exception {
    Path png = directory.resolve("gradient.png");
    recipes.call("gradient", png, 300, 90);
    int[] samples = ImageIoDecoder.samples(Files.readAllBytes(png), 1);
    for (int i = 0; i < samples.length; i++) {
      assertThat(samples[i]).isEqualTo(i % 300 * 7 + i / 300);
    }
  }
}
