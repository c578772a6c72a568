package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.MarkdownFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.Recipes;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/pixels.md, compiled as they stand there, do what they say. */
class PixelsRecipesTest {
  private static final TestImage IMAGE =
      TestImage.random(new PngFormat(PngFormat.RGBA, 8), 13, 7, 1);
  private static final TestImage INDEXED =
      TestImage.random(new PngFormat(PngFormat.PALETTE, 4), 13, 7, 1)
          .withTransparency((byte) 0, (byte) 99);
  private static final MemorySegment PNG = MemorySegment.ofArray(PngWriter.bytesOf(IMAGE));

  @TempDir static Path classes;

  private static Recipes recipes;

  @BeforeAll
  static void compileTheRecipes() throws Exception {
    recipes = Recipes.compile(MarkdownFile.read(Path.of("docs/pixels.md")).java(), classes);
  }

  @AfterAll
  static void closeTheLoader() throws IOException {
    recipes.close();
  }

  private static Object call(String recipe, Object... arguments) throws Exception {
    return recipes.call(recipe, arguments);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    return MemorySegment.ofBuffer(buffer).toArray(JAVA_BYTE);
  }

  @Test
  void everyRecipeIsOneThatThisTestRuns() {
    assertThat(recipes.names())
        .containsExactly(
            "toBufferedImage",
            "toByteBuffer",
            "toIndexedImage",
            "toPremultiplied",
            "toSheet",
            "toTensor",
            "toTexture");
  }

  @Test
  void aBufferedImageHasThePixels() throws Exception {
    assertHasPixels((BufferedImage) call("toBufferedImage", PNG), IMAGE);
  }

  @Test
  void aBufferedImageWithAPaletteHasThePixels() throws Exception {
    MemorySegment png = MemorySegment.ofArray(PngWriter.bytesOf(INDEXED));
    BufferedImage image = (BufferedImage) call("toIndexedImage", png);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_INDEXED);
    assertHasPixels(image, INDEXED);
  }

  private static void assertHasPixels(BufferedImage image, TestImage source) {
    ByteBuffer expected =
        ByteBuffer.wrap(
            ReferenceFormats.bytes(source, PixelFormat.ARGB8)); // big endian: 0xAARRGGBB
    for (int y = 0; y < source.height(); y++) {
      for (int x = 0; x < source.width(); x++) {
        assertThat(image.getRGB(x, y)).as("(%d, %d)", x, y).isEqualTo(expected.getInt());
      }
    }
  }

  @Test
  void aTextureHasTheLowestRowFirst() throws Exception {
    byte[] rgba = ReferenceFormats.bytes(IMAGE, PixelFormat.RGBA8);
    byte[] expected = new byte[rgba.length];
    int rowBytes = rgba.length / IMAGE.height();
    for (int y = 0; y < IMAGE.height(); y++) {
      int target = (IMAGE.height() - 1 - y) * rowBytes;
      System.arraycopy(rgba, y * rowBytes, expected, target, rowBytes);
    }
    try (Arena arena = Arena.ofConfined()) {
      assertThat(bytes((ByteBuffer) call("toTexture", PNG, arena))).isEqualTo(expected);
    }
  }

  @Test
  void pixelsForJavaFxAndSkiaArePremultiplied() throws Exception {
    byte[] expected =
        ReferenceFormats.bytes(IMAGE, PixelFormat.BGRA8, Alpha.PREMULTIPLIED, OptionalInt.empty());
    try (Arena arena = Arena.ofConfined()) {
      assertThat(bytes((ByteBuffer) call("toPremultiplied", PNG, arena))).isEqualTo(expected);
    }
  }

  @Test
  void aTensorHasThreePlanesOfSamplesBetween0And1() throws Exception {
    byte[] rgb =
        ReferenceFormats.bytes(IMAGE, PixelFormat.RGB8, Alpha.STRAIGHT, OptionalInt.of(0xFFFFFF));
    float[] tensor = (float[]) call("toTensor", PNG);
    int plane = 13 * 7;
    assertThat(tensor).hasSize(3 * plane);
    for (int i = 0; i < plane; i++) {
      for (int channel = 0; channel < 3; channel++) {
        assertThat(tensor[channel * plane + i]).isEqualTo((rgb[3 * i + channel] & 0xFF) / 255f);
      }
    }
  }

  @Test
  void aDirectBufferBecomesAnother() throws Exception {
    byte[] png = PngWriter.bytesOf(IMAGE);
    ByteBuffer direct = ByteBuffer.allocateDirect(png.length).put(0, png);
    assertThat(bytes((ByteBuffer) call("toByteBuffer", direct)))
        .isEqualTo(ReferenceFormats.bytes(IMAGE, PixelFormat.RGB8));
  }

  @Test
  void aSheetHasEachPictureAtItsPlace() throws Exception {
    List<MemorySegment> pngs = List.of(PNG, MemorySegment.ofArray(PngWriter.bytesOf(INDEXED)), PNG);
    try (Arena arena = Arena.ofConfined()) {
      Pixels sheet = (Pixels) call("toSheet", pngs, 16, arena);
      assertThat(sheet.width()).isEqualTo(48);
      for (int i = 0; i < 3; i++) {
        byte[] expected = ReferenceFormats.bytes(i == 1 ? INDEXED : IMAGE, PixelFormat.RGBA8);
        Pixels place = sheet.region(16 * i, 0, 13, 7);
        for (int y = 0; y < 7; y++) {
          assertThat(place.row(y).toArray(JAVA_BYTE))
              .isEqualTo(Arrays.copyOfRange(expected, 52 * y, 52 * y + 52));
        }
        assertThat(sheet.row(7).toArray(JAVA_BYTE)).containsOnly(0);
      }
    }
  }
}
