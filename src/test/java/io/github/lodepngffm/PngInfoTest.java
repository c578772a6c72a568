package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the header says, and the size of the BMP that follows from it. */
class PngInfoTest {
  private static final int HEADER_BYTES = 33;

  @Test
  void theHeaderOfEveryFormatIsRead() {
    for (PngFormat format : PngFormat.ALL) {
      for (boolean interlaced : new boolean[] {false, true}) {
        TestImage image = TestImage.random(format, 11, 4, 1);
        byte[] png = PngWriter.of(image).interlaced(interlaced).bytes();
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment onHeap = MemorySegment.ofArray(png);
          for (MemorySegment segment : List.of(onHeap, arena.allocateFrom(JAVA_BYTE, png))) {
            PngInfo info = Png.readInfo(segment);
            assertThat(info.width()).isEqualTo(11);
            assertThat(info.height()).isEqualTo(4);
            assertThat(info.pixels()).isEqualTo(44);
            assertThat(info.bitDepth()).isEqualTo(format.bitDepth());
            assertThat(info.colorType().code()).isEqualTo(format.colorType());
            assertThat(info.interlaced()).isEqualTo(interlaced);
            assertThat(Png.bmpSize(info)).isEqualTo(ReferenceBmp.bytes(image).length);
          }
        }
      }
    }
  }

  @Test
  void only33BytesAreNeededAndLimitsDoNotApply() {
    byte[] png = pngOf(PngWriter.header(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, 0, 0, 0, 1));
    PngInfo info = Png.readInfo(MemorySegment.ofArray(Arrays.copyOf(png, HEADER_BYTES)));
    assertThat(info.width()).isEqualTo(Integer.MAX_VALUE);
    assertThat(info.height()).isEqualTo(Integer.MAX_VALUE);
    assertThat(info.pixels()).isEqualTo(4_611_686_014_132_420_609L);
  }

  @Test
  void fewerBytesAreMalformedHoweverFew() {
    byte[] png = pngOf(PngWriter.header(3, 3, 8, 2, 0, 0, 0));
    for (int length = 0; length < HEADER_BYTES; length++) {
      MemorySegment cut = MemorySegment.ofArray(Arrays.copyOf(png, length));
      assertThatExceptionOfType(PngException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> Png.readInfo(cut))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED))
          .satisfies(e -> assertThat(e.errorCode()).isIn(27, 48));
    }
  }

  /** The codes are LodePNG's own, and so is the text. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 8, 2, 0, 0, 0, 93, zero width or height",
    "1, 0, 8, 2, 0, 0, 0, 93, zero width or height",
    "1, 1, 3, 2, 0, 0, 0, 37, illegal bit depth",
    "1, 1, 16, 3, 0, 0, 0, 37, illegal bit depth",
    "1, 1, 8, 1, 0, 0, 0, 31, illegal PNG color type",
    "1, 1, 8, 2, 1, 0, 0, 32, compression method",
    "1, 1, 8, 2, 0, 1, 0, 33, filter method",
    "1, 1, 8, 2, 0, 0, 2, 34, interlace method",
    "-2147483648, 1, 8, 2, 0, 0, 0, 92, too many pixels",
    "1, -1, 8, 2, 0, 0, 0, 92, too many pixels"
  })
  void illegalHeadersGiveTheCodeAndTextOfLodePng(
      int width,
      int height,
      int depth,
      int color,
      int compression,
      int filter,
      int interlace,
      int code,
      String text) {
    byte[] png =
        pngOf(PngWriter.header(width, height, depth, color, compression, filter, interlace));
    MemorySegment segment = MemorySegment.ofArray(png);
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.readInfo(segment))
        .withMessageContaining("LodePNG error " + code)
        .withMessageContaining(text)
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.toBmp(png))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code));
  }

  @Test
  void aWrongSignatureAndAWrongChecksumAreMalformed() {
    byte[] png = pngOf(PngWriter.header(3, 3, 8, 2, 0, 0, 0));
    png[0] ^= 1;
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.readInfo(MemorySegment.ofArray(png)))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(28));
    byte[] checksum = pngOf(PngWriter.header(3, 3, 8, 2, 0, 0, 0).withDamagedCrc());
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.readInfo(MemorySegment.ofArray(checksum)))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(57));
  }

  @Test
  void bmpSizesAreExactUpToTheLimitOfTheFormat() {
    assertThat(Png.bmpSize(rgb(1, 1))).isEqualTo(58);
    assertThat(Png.bmpSize(rgb(70_000, 1))).isEqualTo(54 + 210_000);
    assertThat(Png.bmpSize(rgb(1, 1_073_741_810))).isEqualTo(4_294_967_294L);
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.bmpSize(rgb(1, 1_073_741_811)))
        .withMessageContaining("4294967298")
        .withMessageContaining("4294967295")
        .withMessageContaining("1 x 1073741811")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.bmpSize(rgb(Integer.MAX_VALUE, Integer.MAX_VALUE)))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(1008))
        .satisfies(e -> assertThat(e.wanted().getAsLong()).isEqualTo(Long.MAX_VALUE));
  }

  @Test
  void anInfoOfOnesOwnIsChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> rgb(0, 5)).withMessageContaining("0 x 5");
    assertThatIllegalArgumentException().isThrownBy(() -> rgb(5, -1)).withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColorType.of(5))
        .withMessageContaining("5");
    for (ColorType type : ColorType.values()) {
      assertThat(ColorType.of(type.code())).isSameAs(type);
    }
  }

  private static PngInfo rgb(int width, int height) {
    return new PngInfo(width, height, 8, ColorType.TRUECOLOR, false, DecodePath.FAST);
  }

  private static byte[] pngOf(PngChunk header) {
    return new PngFile(List.of(header, PngChunk.of("IDAT"), PngChunk.of("IEND"))).bytes();
  }
}
