package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** What a PNG says beside its pixels. */
class PngMetadataTest {
  private static final PngFormat PALETTE = new PngFormat(PngFormat.PALETTE, 8);

  private static int[] paletteOf(byte[] png) {
    return Png.readMetadata(MemorySegment.ofArray(png)).palette();
  }

  @Test
  void aPaletteHasItsColorsWithTheirAlphaAndTheRestIsOpaque() {
    TestImage image =
        TestImage.of(PALETTE, 2, 1, 0, 1)
            .withPalette(0x102030, 0xFFEEDD, 0x010203)
            .withTransparency((byte) 0x80, (byte) 0);
    assertThat(paletteOf(PngWriter.bytesOf(image)))
        .containsExactly(0x80102030, 0x00FFEEDD, 0xFF010203);
  }

  @Test
  void aPaletteMayHave256EntriesAndThoseOfFewerBitsHaveTheirs() {
    for (int bits : new int[] {1, 2, 4, 8}) {
      TestImage image = TestImage.random(new PngFormat(PngFormat.PALETTE, bits), 5, 4, bits);
      int[] expected = image.palette().clone();
      for (int i = 0; i < expected.length; i++) {
        expected[i] |= 0xFF000000;
      }
      assertThat(paletteOf(PngWriter.bytesOf(image))).hasSize(1 << bits).isEqualTo(expected);
    }
  }

  @Test
  void imagesThatAreNotIndexedHaveNoneEvenIfTheySuggestColors() {
    for (PngFormat format : PngFormat.ALL) {
      if (!format.hasPalette()) {
        assertThat(paletteOf(PngWriter.bytesOf(TestImage.random(format, 3, 3, 1)))).isEmpty();
      }
    }
    TestImage suggested = TestImage.random(new PngFormat(PngFormat.RGB, 8), 3, 3, 1);
    assertThat(paletteOf(PngWriter.bytesOf(suggested.withPalette(1, 2, 3)))).isEmpty();
  }

  @Test
  void thePaletteIsACopy() {
    PngMetadata metadata =
        Png.readMetadata(
            MemorySegment.ofArray(PngWriter.bytesOf(TestImage.random(PALETTE, 3, 3, 1))));
    int first = metadata.palette()[0];
    metadata.palette()[0] = ~first;
    assertThat(metadata.palette()[0]).isEqualTo(first);
  }

  /** So that what INDEXED8 gives can be shown with what readMetadata gives. */
  @Test
  void indicesLookedUpInThePaletteAreThePixels() {
    TestImage image =
        TestImage.random(new PngFormat(PngFormat.PALETTE, 4), 21, 9, 5)
            .withTransparency((byte) 1, (byte) 2, (byte) 3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment png = arena.allocateFrom(ValueLayout.JAVA_BYTE, PngWriter.bytesOf(image));
      int[] palette = Png.readMetadata(png).palette();
      MemorySegment indices = Png.decode(png, PixelFormat.INDEXED8, arena).memory();
      MemorySegment bgra = Png.decode(png, PixelFormat.BGRA8, arena).memory();
      for (int i = 0; i < 21 * 9; i++) {
        int index = indices.get(ValueLayout.JAVA_BYTE, i);
        int argb =
            bgra.get(
                ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN), 4L * i);
        assertThat(argb).as("pixel %d", i).isEqualTo(palette[index]);
      }
    }
  }

  @Test
  void aDamagedPaletteAndAFileThatIsNoneAreRefused() {
    byte[] damaged =
        PngWriter.of(TestImage.random(PALETTE, 3, 3, 1))
            .file()
            .change("PLTE", PngChunk::withDamagedCrc)
            .bytes();
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> paletteOf(damaged))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(57));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> paletteOf(new byte[100]))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(28));
  }

  @Test
  void aLimitThatRefusesIsNamedWithItsNumbersAndCanBeRaised() {
    MemorySegment png =
        MemorySegment.ofArray(
            PngWriter.bytesOf(TestImage.gradient(new PngFormat(PngFormat.PALETTE, 8), 31, 17)));
    DecodeOptions few =
        DecodeOptions.defaults().withLimits(Limits.defaults().withMaxPixels(31 * 17 - 1));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.readMetadata(png, few))
        .satisfies(e -> assertThat(e.limit()).contains(Limit.PIXELS))
        .satisfies(e -> assertThat(e.wanted()).hasValue(31 * 17))
        .satisfies(e -> assertThat(e.allowed()).hasValue(31 * 17 - 1));
    DecodeOptions enough = few.withLimits(Limits.defaults().withMaxPixels(31 * 17));
    assertThat(Png.readMetadata(png, enough).palette()).isNotEmpty();
  }
}
