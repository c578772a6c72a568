package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.Conformance;
import io.github.lodepngffm.testkit.Conformance.Verdict;
import io.github.lodepngffm.testkit.Density;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BMPs into PNGs, which the JDK's reader decodes. */
class BmpToPngTest {
  private static final TestImage PICTURE =
      TestImage.random(new PngFormat(PngFormat.RGB, 8), 31, 12, 9)
          .withDensity(Density.perMetre(2835, 3000));

  private static final byte[] BMP = ReferenceBmp.bytes(PICTURE);

  @TempDir private Path folder;

  private static byte[] bmpOf(byte[] png, BmpFormat format) {
    try (Arena arena = Arena.ofConfined()) {
      ConvertOptions options = ConvertOptions.defaults().withBmpFormat(format);
      return Png.toBmp(MemorySegment.ofArray(png), arena, options).toArray(JAVA_BYTE);
    }
  }

  private static PngInfo infoOf(byte[] png) {
    return Png.readInfo(MemorySegment.ofArray(png));
  }

  @Test
  void thePngHasThePixelsAndTheResolution() throws IOException {
    byte[] png = Bmp.toPng(BMP);
    assertThat(ImageIoDecoder.rgb8(png))
        .isEqualTo(ReferenceFormats.bytes(PICTURE, PixelFormat.RGB8));
    assertThat(Png.readMetadata(MemorySegment.ofArray(png)).physicalDimensions())
        .hasValue(new PhysicalDimensions(2835, 3000, PhysicalDimensions.Unit.METRE));
    assertThat(bmpOf(png, BmpFormat.CLASSIC)).isEqualTo(BMP);
  }

  @Test
  void everyKindOfPngIsTheSamePixelsAfterTheWayThroughABmp() throws IOException {
    for (PngFormat format : PngFormat.ALL) {
      byte[] png = PngWriter.bytesOf(TestImage.random(format, 17, 6, 2));
      byte[] bmp = bmpOf(png, BmpFormat.MATCH);
      byte[] back = Bmp.toPng(bmp);
      byte[] expected = ImageIoDecoder.rgba8(png);
      assertThat(ImageIoDecoder.rgba8(back)).as("%s", format).isEqualTo(expected);
    }
  }

  @Test
  void thePngIsOfTheKindThatTheBmpWas() {
    assertThat(infoOf(Bmp.toPng(bmp(PngFormat.PALETTE, 4))).colorType())
        .isEqualTo(ColorType.INDEXED);
    assertThat(infoOf(Bmp.toPng(bmp(PngFormat.GRAY, 8))).colorType())
        .isEqualTo(ColorType.GRAYSCALE);
    assertThat(infoOf(Bmp.toPng(bmp(PngFormat.GRAY, 1))).bitDepth()).isEqualTo(1);
    assertThat(infoOf(Bmp.toPng(bmp(PngFormat.RGBA, 8))).colorType())
        .isEqualTo(ColorType.TRUECOLOR_ALPHA);
  }

  private static byte[] bmp(int colorType, int bitDepth) {
    TestImage image = TestImage.random(new PngFormat(colorType, bitDepth), 17, 16, 5);
    return bmpOf(PngWriter.bytesOf(image), BmpFormat.MATCH);
  }

  @Test
  void filesThatReadersAgreeOnKeepTheirPixels() throws IOException {
    for (Conformance.Bmp file : Conformance.bmps(Verdict.DECODE).toList()) {
      byte[] bmp = file.bytes();
      byte[] expected;
      try (Arena arena = Arena.ofConfined()) {
        expected =
            Bmp.decode(MemorySegment.ofArray(bmp), PixelFormat.RGBA8, arena)
                .memory()
                .toArray(JAVA_BYTE);
        byte[] png = Bmp.toPng(bmp);
        byte[] found =
            Png.decode(MemorySegment.ofArray(png), PixelFormat.RGBA8, arena)
                .memory()
                .toArray(JAVA_BYTE);
        boolean wide = Bmp.readInfo(MemorySegment.ofArray(bmp)).sampleBits() > 8;
        for (int i = 0; i < found.length; i++) {
          // 16 bits give their high byte, where the BMP's sample goes to the nearest of 8
          int difference = Math.abs((found[i] & 0xff) - (expected[i] & 0xff));
          assertThat(difference).as("%s, byte %d", file, i).isLessThanOrEqualTo(wide ? 1 : 0);
        }
      }
    }
  }

  @Test
  void everyFormGivesTheSamePng() throws IOException {
    byte[] expected = Bmp.toPng(BMP);
    Path bmp = Files.write(folder.resolve("a.bmp"), BMP);
    Path png = folder.resolve("a.png");
    Bmp.toPng(bmp, png);
    assertThat(png).hasBinaryContent(expected);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Bmp.toPng(
        Channels.newChannel(new ByteArrayInputStream(BMP)),
        Channels.newChannel(bytes),
        EncodeOptions.defaults());
    assertThat(bytes.toByteArray()).isEqualTo(expected);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(expected.length + 10_000);
      long written = Bmp.toPng(MemorySegment.ofArray(BMP), into, EncodeOptions.defaults());
      assertThat(into.asSlice(0, written).toArray(JAVA_BYTE)).isEqualTo(expected);
    }
  }

  @Test
  void aBadFileIsNamedAndNothingIsLeft() throws IOException {
    Path bmp = Files.write(folder.resolve("bad.bmp"), new byte[] {'B', 'M', 0});
    Path png = folder.resolve("out.png");
    assertThatExceptionOfType(BmpException.class)
        .isThrownBy(() -> Bmp.toPng(bmp, png))
        .withMessageStartingWith(bmp + ": ")
        .satisfies(e -> assertThat(e.file()).hasValue(bmp));
    assertThat(folder).isDirectoryNotContaining("glob:**.png");
  }

  @Test
  void aProfileIsKept() {
    byte[] profile = new byte[200];
    profile[3] = (byte) 200;
    System.arraycopy("RGB ".getBytes(StandardCharsets.US_ASCII), 0, profile, 16, 4);
    PngMetadata metadata = PngMetadata.empty().withIccProfile(new IccProfile("p", profile));
    try (Arena arena = Arena.ofConfined()) {
      Pixels pixels =
          Bmp.decode(MemorySegment.ofArray(BMP), PixelFormat.RGBA8, arena);
      MemorySegment png =
          Png.encode(
              pixels,
              arena,
              EncodeOptions.defaults().withReductions(false).withMetadata(metadata));
      byte[] bmp = bmpOf(png.toArray(JAVA_BYTE), BmpFormat.BGRA);
      byte[] back = Bmp.toPng(bmp);
      assertThat(Png.readMetadata(MemorySegment.ofArray(back)).iccProfile())
          .hasValueSatisfying(kept -> assertThat(kept.bytes()).isEqualTo(profile));
    }
  }
}
