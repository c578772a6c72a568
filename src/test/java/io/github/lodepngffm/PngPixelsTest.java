package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.BmpReader;
import io.github.lodepngffm.testkit.Density;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every kind of pixel that PNG has becomes the right BMP, to the byte. */
class PngPixelsTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static final int MIXED = 5;

  @ParameterizedTest
  @FieldSource("FORMATS")
  void everyFilterAndInterlaceInEverySmallShapeGivesTheReferenceBmp(PngFormat format)
      throws IOException {
    for (int width = 1; width <= 17; width++) {
      for (int height : new int[] {1, 2, 5, 8, 9}) {
        TestImage image = TestImage.random(format, width, height, 31L * width + height);
        for (int filter = 0; filter <= MIXED; filter++) {
          for (boolean interlaced : new boolean[] {false, true}) {
            byte[] png = write(image, filter, interlaced);
            byte[] bmp = Png.toBmp(png);
            assertThat(bmp)
                .as("%s, filter %d, interlaced %s", image, filter, interlaced)
                .isEqualTo(ReferenceBmp.bytes(image));
            if (filter == MIXED) {
              assertThat(BmpReader.read(bmp).rgb())
                  .as("%s against ImageIO, interlaced %s", image, interlaced)
                  .isEqualTo(ImageIoDecoder.rgb8(png));
            }
          }
        }
      }
    }
  }

  /** Rows longer than a vector register, and more of them than are worked on together. */
  @ParameterizedTest
  @FieldSource("FORMATS")
  void rowsAroundTheSizesOfVectorsGiveTheReferenceBmp(PngFormat format) {
    for (int width : new int[] {31, 32, 33, 63, 64, 65, 127, 130, 257}) {
      for (int height : new int[] {1, 7, 8, 9, 16, 17, 35}) {
        TestImage image = TestImage.photoLike(format, width, height, 7L * width + height);
        for (int filter = 0; filter <= MIXED; filter++) {
          for (boolean interlaced : new boolean[] {false, true}) {
            assertThat(Png.toBmp(write(image, filter, interlaced)))
                .as("%s, filter %d, interlaced %s", image, filter, interlaced)
                .isEqualTo(ReferenceBmp.bytes(image));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void extremeShapesAndSplitDataGiveTheReferenceBmp(PngFormat format) {
    int[][] shapes = {{1, 1000}, {1000, 1}, {3, 333}, {333, 3}, {2047, 2}};
    for (int[] shape : shapes) {
      TestImage image = TestImage.random(format, shape[0], shape[1], shape[0]);
      for (boolean interlaced : new boolean[] {false, true}) {
        PngWriter writer = PngWriter.of(image).mixedFilters(5).interlaced(interlaced);
        assertThat(Png.toBmp(writer.idatChunkSize(100).compressionLevel(0).bytes()))
            .as("%s, interlaced %s", image, interlaced)
            .isEqualTo(ReferenceBmp.bytes(image));
      }
    }
  }

  @Test
  void aTransparentColorLeavesTheColorsAsTheyAre() {
    for (PngFormat format : PngFormat.ALL) {
      if (!format.hasPalette() && !format.hasAlphaChannel()) {
        TestImage image = TestImage.random(format, 21, 9, 3);
        TestImage keyed = image.withColorKey(Arrays.copyOf(image.samples(), format.channels()));
        for (int filter = 0; filter <= MIXED; filter++) {
          assertThat(Png.toBmp(write(keyed, filter, false)))
              .as("%s, filter %d", format, filter)
              .isEqualTo(ReferenceBmp.bytes(image));
        }
      }
    }
  }

  @Test
  void palettesMayBeShortTranslucentAndBesideRgb() {
    PngFormat palette = new PngFormat(PngFormat.PALETTE, 4);
    TestImage three =
        TestImage.of(palette, 3, 2, 0, 1, 2, 2, 1, 0)
            .withPalette(0x102030, 0x405060, 0x708090)
            .withTransparency((byte) 0, (byte) 7);
    assertThat(Png.toBmp(PngWriter.bytesOf(three))).isEqualTo(ReferenceBmp.bytes(three));
    TestImage suggested =
        TestImage.random(new PngFormat(PngFormat.RGB, 8), 5, 5, 1).withPalette(1, 2, 3);
    assertThat(Png.toBmp(PngWriter.bytesOf(suggested))).isEqualTo(ReferenceBmp.bytes(suggested));
  }

  @Test
  void strayBitsAtTheEndsOfRowsChangeNothing() {
    for (int bitDepth : new int[] {1, 2, 4}) {
      for (int width = 1; width <= 9; width++) {
        TestImage image = TestImage.random(new PngFormat(PngFormat.GRAY, bitDepth), width, 3, 2);
        byte[] png = PngWriter.of(image).mixedFilters(1).strayBitsAtRowEnds(true).bytes();
        assertThat(Png.toBmp(png)).isEqualTo(ReferenceBmp.bytes(image));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2835, 2836, 1, 2835, 2836",
    "1, 2147483647, 1, 1, 2147483647",
    "0, 0, 1, 0, 0",
    "4, 3, 0, 0, 0"
  })
  void resolutionComesFromPhysWhereItsUnitIsTheMetre(
      int x, int y, int unit, int expectedX, int expectedY) {
    for (PngFormat format : PngFormat.ALL) {
      TestImage image = TestImage.random(format, 4, 4, 1).withDensity(new Density(x, y, unit));
      byte[] bmp = Png.toBmp(PngWriter.bytesOf(image));
      assertThat(bmp).as("%s", format).isEqualTo(ReferenceBmp.bytes(image));
      assertThat(BmpReader.read(bmp).xPixelsPerMetre()).isEqualTo(expectedX);
      assertThat(BmpReader.read(bmp).yPixelsPerMetre()).isEqualTo(expectedY);
    }
  }

  @ParameterizedTest
  @CsvSource({"70000, 1", "1, 70000", "65536, 2", "2, 65537"})
  void sidesBeyond16BitsStandInTheHeaderInFull(int width, int height) {
    for (PngFormat format : List.of(new PngFormat(2, 8), new PngFormat(3, 1))) {
      TestImage image = TestImage.random(format, width, height, 4);
      byte[] bmp = Png.toBmp(PngWriter.of(image).mixedFilters(2).bytes());
      assertThat(BmpReader.read(bmp).width()).isEqualTo(width);
      assertThat(BmpReader.read(bmp).height()).isEqualTo(height);
      assertThat(bmp).as("%s", image).isEqualTo(ReferenceBmp.bytes(image));
    }
  }

  private static byte[] write(TestImage image, int filter, boolean interlaced) {
    PngWriter writer = PngWriter.of(image).interlaced(interlaced).compressionLevel(1);
    return (filter == MIXED ? writer.mixedFilters(image.width()) : writer.filter(filter)).bytes();
  }
}
