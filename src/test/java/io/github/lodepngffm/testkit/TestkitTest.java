package io.github.lodepngffm.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the test support itself, against the JDK's own PNG reader and hand-computed values. */
class TestkitTest {

  private static final PngFormat RGB8 = new PngFormat(PngFormat.RGB, 8);

  @Nested
  class PngWriterWrites {

    static final List<PngFormat> FORMATS = PngFormat.ALL;

    @ParameterizedTest
    @FieldSource("FORMATS")
    void whatImageIoReadsBackForEveryFilterInterlaceAndWidth(PngFormat format) throws IOException {
      for (int width = 1; width <= 17; width++) {
        for (int height : new int[] {1, 2, 5, 9}) {
          TestImage image = TestImage.random(format, width, height, 100L * width + height);
          for (int filter = 0; filter <= 5; filter++) {
            for (boolean interlaced : new boolean[] {false, true}) {
              PngWriter writer = PngWriter.of(image).interlaced(interlaced).idatChunkSize(7);
              byte[] png =
                  (filter == 5 ? writer.mixedFilters(width) : writer.filter(filter)).bytes();
              assertThat(ImageIoDecoder.samples(png, format.channels()))
                  .as("%s, filter %d, interlaced %s", image, filter, interlaced)
                  .isEqualTo(image.samples());
              assertThat(ImageIoDecoder.rgb8(png))
                  .as("%s, filter %d, interlaced %s", image, filter, interlaced)
                  .isEqualTo(ReferencePixels.rgb8(image));
            }
          }
        }
      }
    }

    @ParameterizedTest
    @FieldSource("FORMATS")
    void theSameImageAtEveryCompressionLevelAndIdatSize(PngFormat format) throws IOException {
      TestImage image = TestImage.photoLike(format, 33, 20, 9);
      for (int level = 0; level <= 9; level++) {
        for (int size : new int[] {1, 10, 8192}) {
          byte[] png = PngWriter.of(image).compressionLevel(level).idatChunkSize(size).bytes();
          assertThat(ImageIoDecoder.rgb8(png)).isEqualTo(ReferencePixels.rgb8(image));
        }
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void strayBitsAtRowEndsThatChangeTheFileButNotTheImage(int bitDepth) throws IOException {
      TestImage image = TestImage.flat(new PngFormat(PngFormat.GRAY, bitDepth), 3, 3, 0);
      byte[] stray = PngWriter.of(image).strayBitsAtRowEnds(true).bytes();
      assertThat(stray).isNotEqualTo(PngWriter.bytesOf(image));
      assertThat(ImageIoDecoder.samples(stray, 1)).containsOnly(0);
    }

    @Test
    void colorKeysThatLeaveTheColorsAlone() throws IOException {
      for (PngFormat format : PngFormat.ALL) {
        if (!format.hasPalette() && !format.hasAlphaChannel()) {
          TestImage image = TestImage.random(format, 6, 5, 8);
          int[] key = Arrays.copyOf(image.samples(), format.channels());
          byte[] png = PngWriter.bytesOf(image.withColorKey(key));
          assertThat(ImageIoDecoder.rgb8(png))
              .as("%s", format)
              .isEqualTo(ReferencePixels.rgb8(image));
        }
      }
    }

    @Test
    void exactlyTheChunksAskedForInTheirPlaces() {
      TestImage image =
          TestImage.random(new PngFormat(PngFormat.PALETTE, 8), 4, 4, 1)
              .withTransparency((byte) 7)
              .withDensity(Density.perMetre(1, 2));
      PngFile file =
          PngWriter.of(image)
              .chunkBeforePalette(PngChunk.of("gAMA", new byte[4]))
              .chunkBeforeData(PngChunk.of("teSt"))
              .chunkAfterData(PngChunk.of("tEXt", (byte) 'k', (byte) 0))
              .idat(new byte[5])
              .idatChunkSize(2)
              .file();
      assertThat(file.chunks().stream().map(PngChunk::type))
          .containsExactly(
              "IHDR", "gAMA", "PLTE", "tRNS", "pHYs", "teSt", "IDAT", "IDAT", "IDAT", "tEXt",
              "IEND");
      assertThat(file.borders()).startsWith(8, 33).endsWith(file.bytes().length);
    }

    @Test
    void theSameFileForTheSameSeedAndAnotherForAnother() {
      TestImage image = TestImage.random(RGB8, 20, 20, 4);
      byte[] png = PngWriter.of(image).mixedFilters(1).bytes();
      TestImage again = TestImage.random(RGB8, 20, 20, 4);
      assertThat(PngWriter.of(again).mixedFilters(1).bytes()).isEqualTo(png);
      assertThat(PngWriter.of(again).mixedFilters(2).bytes()).isNotEqualTo(png);
      assertThat(TestImage.random(RGB8, 20, 20, 5).samples()).isNotEqualTo(image.samples());
    }
  }

  @Nested
  class ReferencePixelsAre {

    @ParameterizedTest
    @CsvSource({"1, 1, 255", "2, 1, 85", "2, 2, 170", "4, 7, 119", "8, 200, 200"})
    void grayStretchedToEightBits(int bitDepth, int sample, int expected) {
      PngFormat gray = new PngFormat(PngFormat.GRAY, bitDepth);
      byte value = (byte) expected;
      assertThat(ReferencePixels.rgb8(TestImage.flat(gray, 1, 1, sample)))
          .containsExactly(value, value, value);
    }

    @Test
    void theHighByteOfSixteenBitsWithoutRounding() {
      TestImage image = TestImage.of(new PngFormat(PngFormat.RGB, 16), 1, 1, 0x12FF, 0xFF, 0xFFFF);
      assertThat(ReferencePixels.rgb8(image)).containsExactly(0x12, 0x00, 0xFF);
    }

    @Test
    void opaqueUnlessTheColorKeyMatchesAtFullDepth() {
      PngFormat gray16 = new PngFormat(PngFormat.GRAY, 16);
      TestImage image = TestImage.of(gray16, 2, 1, 0x1234, 0x1235).withColorKey(0x1234);
      assertThat(ReferencePixels.rgba8(image))
          .containsExactly(0x12, 0x12, 0x12, 0x00, 0x12, 0x12, 0x12, 0xFF);
    }

    @Test
    void thePaletteEntriesWithTheirOwnAlpha() {
      TestImage image =
          TestImage.of(new PngFormat(PngFormat.PALETTE, 2), 2, 1, 2, 0)
              .withPalette(0x010203, 0, 0x0A0B0C)
              .withTransparency((byte) 9);
      assertThat(ReferencePixels.rgba8(image)).containsExactly(10, 11, 12, 0xFF, 1, 2, 3, 9);
    }

    @Test
    void opaqueBlackBeyondThePalette() {
      TestImage image =
          TestImage.of(new PngFormat(PngFormat.PALETTE, 2), 2, 1, 3, 0).withPalette(0x010203);
      assertThat(ReferencePixels.rgba8(image)).containsExactly(0, 0, 0, 0xFF, 1, 2, 3, 0xFF);
    }
  }

  @Nested
  class BmpReaderAndReferenceBmp {

    static final List<PngFormat> FORMATS = PngFormat.ALL;

    @ParameterizedTest
    @FieldSource("FORMATS")
    void agreeOnEveryWidth(PngFormat format) {
      for (int width = 1; width <= 17; width++) {
        TestImage image =
            TestImage.random(format, width, 3, width).withDensity(Density.perMetre(3780, 2835));
        BmpReader.Bmp bmp = BmpReader.read(MemorySegment.ofArray(ReferenceBmp.bytes(image)));
        assertThat(bmp.width()).isEqualTo(width);
        assertThat(bmp.height()).isEqualTo(3);
        assertThat(bmp.xPixelsPerMetre()).isEqualTo(3780);
        assertThat(bmp.yPixelsPerMetre()).isEqualTo(2835);
        assertThat(bmp.rgb()).isEqualTo(ReferencePixels.rgb8(image));
      }
    }

    @Test
    void makeTheBytesWrittenByHandHere() {
      TestImage image = TestImage.of(RGB8, 1, 2, 1, 2, 3, 4, 5, 6);
      int[] expected = {
        'B', 'M', 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0,
        24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 5, 4, 0,
        3, 2, 1, 0
      };
      assertThat(ReferenceBmp.bytes(image)).containsExactly(expected);
    }

    @Test
    void dropADensityThatIsNotPerMetre() {
      TestImage image = TestImage.flat(RGB8, 1, 1, 1).withDensity(new Density(4, 3, 0));
      assertThat(BmpReader.read(ReferenceBmp.bytes(image)).xPixelsPerMetre()).isZero();
      byte[] metric = ReferenceBmp.bytes(image.withDensity(Density.perMetre(4, 3)));
      assertThat(metric).isNotEqualTo(ReferenceBmp.bytes(image));
      assertThat(ReferenceBmp.withoutDensity(metric)).isEqualTo(ReferenceBmp.bytes(image));
    }

    @Test
    void areReadByImageIoAsTheSamePicture() throws IOException {
      TestImage image = TestImage.gradient(RGB8, 7, 5);
      assertThat(ImageIoDecoder.rgb8(ReferenceBmp.bytes(image)))
          .isEqualTo(ReferencePixels.rgb8(image));
    }

    @Test
    void refuseEveryChangeOfEveryHeaderByteButTheDensity() {
      byte[] sound = ReferenceBmp.bytes(TestImage.random(RGB8, 5, 3, 1));
      for (int at = 0; at < 54; at++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] damaged = sound.clone();
          damaged[at] ^= (byte) (1 << bit);
          boolean densityValue = at >= 38 && at < 46 && !((at == 41 || at == 45) && bit == 7);
          if (densityValue) {
            assertThat(BmpReader.read(damaged)).isNotNull();
          } else {
            assertThatExceptionOfType(AssertionError.class)
                .as("byte %d, bit %d", at, bit)
                .isThrownBy(() -> BmpReader.read(damaged));
          }
        }
      }
    }

    @Test
    void refusePaddingThatIsNotZeroAndFilesOfAnotherLength() {
      byte[] sound = ReferenceBmp.bytes(TestImage.random(RGB8, 5, 3, 1));
      byte[] padding = sound.clone();
      padding[54 + 15] = 1;
      assertThatThrownBy(() -> BmpReader.read(padding))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("padding after row 2 (from the top) holds 1 at offset 69");
      assertThatThrownBy(() -> BmpReader.read(Arrays.copyOf(sound, sound.length - 1)))
          .hasMessageContaining("bfSize")
          .hasMessageContaining("102")
          .hasMessageContaining("101");
      assertThatThrownBy(() -> BmpReader.read(Arrays.copyOf(sound, sound.length + 1)))
          .hasMessageContaining("bfSize");
      assertThatThrownBy(() -> BmpReader.read(new byte[53])).hasMessageContaining("53");
    }
  }

  @Nested
  class ConformanceData {

    /** Its one palette index beyond the palette has no colour that decoders agree on. */
    private static final String NO_COMMON_ANSWER = "synth/bad_palette_oob_index.png";

    @Test
    void givesTheByteTargetOfTheSampleThroughImageIo() throws IOException {
      Conformance.Png sample = only(Conformance.pngs(), "seed/sample.png");
      byte[] rgb = ImageIoDecoder.rgb8(sample.bytes());
      byte[] bmp = ReferenceBmp.bytes(sample.width(), sample.height(), rgb, 0, 0);
      assertThat(Sha256.of(bmp))
          .isEqualTo("0e15f9e50b90aff5bb7c48bfff26e6b920ed7557dbdd973d1a29e7960fb60c9b");
    }

    @Test
    void agreesWithImageIoOnAllThatItReads() throws IOException {
      List<Conformance.Png> read =
          Conformance.pngs(Conformance.Verdict.DECODE)
              .filter(png -> png.decoders().contains("jdk=OK"))
              .filter(png -> !png.file().equals(NO_COMMON_ANSWER))
              .toList();
      assertThat(read).hasSizeGreaterThan(300);
      for (Conformance.Png png : read) {
        byte[] rgb = ImageIoDecoder.rgb8(png.bytes());
        assertThat(Sha256.of(rgb)).as(png.file()).isEqualTo(png.sha256Rgb8());
        Conformance.SeedBmp seed = only(Conformance.seedBmps(), png.file());
        byte[] bmp = ReferenceBmp.bytes(png.width(), png.height(), rgb, 0, 0);
        assertThat(Sha256.of(bmp)).as(png.file()).isEqualTo(seed.sha256());
        assertThat(bmp).hasSize((int) seed.bmpBytes());
      }
    }

    private static <R> R only(Stream<R> rows, String file) {
      List<R> found = rows.filter(row -> row.toString().equals(file)).toList();
      assertThat(found).as("rows of %s", file).hasSize(1);
      return found.getFirst();
    }

    @Test
    void hasTheTablesComplete() {
      assertThat(Conformance.pngs()).hasSizeGreaterThan(700);
      assertThat(Conformance.pngs(Conformance.Verdict.DECODE)).hasSizeGreaterThan(300);
      assertThat(Conformance.pngs(Conformance.Verdict.ERROR)).hasSizeGreaterThan(300);
      assertThat(Conformance.seedBmps()).hasSizeGreaterThan(300);
      assertThat(Conformance.bmps()).hasSizeGreaterThan(100);
      assertThat(Conformance.pngs()).allSatisfy(png -> assertThat(png.path()).isRegularFile());
      assertThat(Conformance.bmps()).allSatisfy(bmp -> assertThat(bmp.path()).isRegularFile());
    }

    @Test
    void corpusHasPictures() {
      assertThat(Corpus.pngs()).isNotEmpty();
    }
  }
}
