package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lodepngffm.testkit.EncodedPixels;
import io.github.lodepngffm.testkit.EncodedPixels.Kind;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pixels become PNGs in which ImageIO finds the same samples. */
class PngEncodeTest {
  private static final EncodeOptions FAST = EncodeOptions.defaults().withEffort(Effort.FAST);

  private static int[] palette(int entries) {
    return new Random(entries).ints(entries).toArray();
  }

  private static EncodeOptions optionsFor(PixelFormat format, EncodeOptions options) {
    return format == PixelFormat.INDEXED8 ? options.withPalette(palette(256)) : options;
  }

  private static void keepsItsPixels(Pixels pixels, EncodeOptions options) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment png = Png.encode(pixels, arena, options);
      assertThat(png.byteSize()).isLessThanOrEqualTo(Png.maxEncodedBytes(pixels, options));
      assertThat(ImageIoDecoder.rgba16(png.toArray(JAVA_BYTE)))
          .as("%s, %s", pixels, options)
          .isEqualTo(EncodedPixels.rgba16(pixels, options.palette()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatKeepsItsPixelsInEverySmallSize(PixelFormat format) throws IOException {
    Random random = new Random(5);
    for (int width = 1; width <= 40; width++) {
      for (Kind kind : Kind.values()) {
        try (Arena arena = Arena.ofConfined()) {
          int height = 1 + random.nextInt(12);
          int padding = random.nextInt(4);
          Pixels pixels = EncodedPixels.of(kind, format, width, height, padding, random, arena);
          EncodeOptions options =
              optionsFor(format, EncodeOptions.defaults())
                  .withEffort(random.nextInt(30) == 0 ? Effort.SMALL : Effort.values()[width % 2])
                  .withInterlaced(random.nextInt(4) == 0)
                  .withReductions(random.nextInt(3) != 0);
          keepsItsPixels(random.nextBoolean() ? pixels.flipped() : pixels, options);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void imagesOfSeveralStripsKeepTheirPixels(Kind kind) throws IOException {
    for (Effort effort : Effort.values()) {
      try (Arena arena = Arena.ofConfined()) {
        Pixels pixels =
            EncodedPixels.of(kind, PixelFormat.RGB8, 900, 800, 0, new Random(8), arena);
        keepsItsPixels(pixels, EncodeOptions.defaults().withEffort(effort));
      }
    }
  }

  @Test
  void whatTheImageDoesNotNeedIsLeftOut() {
    Random random = new Random(1);
    try (Arena arena = Arena.ofConfined()) {
      Pixels opaque =
          EncodedPixels.of(Kind.OPAQUE, PixelFormat.RGBA8, 100, 100, 0, random, arena);
      assertThat(Png.readInfo(Png.encode(opaque, arena)).colorType()).isEqualTo(ColorType.TRUECOLOR);
      Pixels gray = EncodedPixels.of(Kind.FEW_GRAYS, PixelFormat.BGRA8, 100, 100, 0, random, arena);
      PngInfo reduced = Png.readInfo(Png.encode(gray, arena));
      assertThat(reduced.colorType()).isEqualTo(ColorType.GRAYSCALE);
      assertThat(reduced.bitDepth()).isEqualTo(4);
      Pixels screen = EncodedPixels.of(Kind.SCREEN, PixelFormat.RGB8, 100, 100, 0, random, arena);
      assertThat(Png.readInfo(Png.encode(screen, arena)).colorType()).isEqualTo(ColorType.INDEXED);
      PngInfo kept = Png.readInfo(Png.encode(gray, arena, FAST.withReductions(false)));
      assertThat(kept.colorType()).isEqualTo(ColorType.TRUECOLOR_ALPHA);
      assertThat(kept.bitDepth()).isEqualTo(8);
    }
  }

  @Test
  void pixelsOnTheHeapAreEncodedToo() throws IOException {
    byte[] array = new byte[3 * 50 * 20];
    new Random(2).nextBytes(array);
    Pixels pixels = Pixels.of(MemorySegment.ofArray(array), 50, 20, PixelFormat.RGB8);
    keepsItsPixels(pixels, FAST);
    keepsItsPixels(pixels.flipped().region(3, 4, 30, 10), FAST);
  }

  @Test
  void memoryThatIsThereTakesThePngIfItIsLongEnough() {
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels =
          EncodedPixels.of(Kind.SMOOTH, PixelFormat.RGB8, 90, 60, 0, new Random(3), arena);
      MemorySegment png = Png.encode(pixels, arena, FAST);
      MemorySegment roomy = arena.allocate(Png.maxEncodedBytes(pixels, FAST));
      long bytes = Png.encode(pixels, roomy, FAST);
      assertThat(roomy.asSlice(0, bytes).mismatch(png)).isEqualTo(-1);
      MemorySegment exact = arena.allocate(png.byteSize());
      assertThat(Png.encode(pixels, exact, FAST)).isEqualTo(png.byteSize());
      assertThat(exact.mismatch(png)).isEqualTo(-1);
      MemorySegment tooShort = arena.allocate(png.byteSize() - 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Png.encode(pixels, tooShort, FAST))
          .withMessageContaining("the PNG has " + png.byteSize() + " bytes")
          .withMessageContaining("maxEncodedBytes");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Png.encode(pixels, pixels.memory(), FAST))
          .withMessageContaining("overlaps");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Png.encode(pixels, roomy.asReadOnly(), FAST))
          .withMessageContaining("read-only");
    }
  }

  @Test
  void indicesAndTheirPaletteBelongTogether() {
    try (Arena arena = Arena.ofConfined()) {
      Pixels indices = Pixels.of(arena.allocate(100), 10, 10, PixelFormat.INDEXED8);
      Pixels colors = Pixels.of(arena.allocate(300), 10, 10, PixelFormat.RGB8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Png.encode(indices, arena))
          .withMessageContaining("withPalette");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Png.encode(colors, arena, FAST.withPalette(palette(4))))
          .withMessageContaining("RGB8");
      indices.memory().set(JAVA_BYTE, 57, (byte) 200);
      for (boolean reductions : new boolean[] {false, true}) {
        assertThatIllegalArgumentException()
            .isThrownBy(
                () ->
                    Png.encode(
                        indices, arena, FAST.withReductions(reductions).withPalette(palette(200))))
            .withMessageContaining("beyond the palette");
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FAST.withPalette(new int[257]))
          .withMessageContaining("257");
    }
  }

  @Test
  void limitsRefuseWithTheirNumbers() {
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels =
          EncodedPixels.of(Kind.NOISE, PixelFormat.RGB8, 100, 50, 0, new Random(4), arena);
      Limits few = Limits.defaults().withMaxPixels(4999);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.encode(pixels, arena, FAST.withLimits(few)))
          .satisfies(e -> assertThat(e.limit()).contains(Limit.PIXELS))
          .satisfies(e -> assertThat(e.wanted()).hasValue(5000));
      Limits shortPng = Limits.defaults().withMaxOutputBytes(15000);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.encode(pixels, arena, FAST.withLimits(shortPng)))
          .satisfies(e -> assertThat(e.limit()).contains(Limit.OUTPUT_BYTES));
      Limits littleMemory = Limits.defaults().withMaxMemoryBytes(100_000);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.encode(pixels, arena, FAST.withLimits(littleMemory)))
          .satisfies(e -> assertThat(e.limit()).contains(Limit.MEMORY_BYTES));
    }
  }
}
