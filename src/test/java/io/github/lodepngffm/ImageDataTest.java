package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lodepngffm.testkit.ImageIoMetadata;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferencePixels;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

/** The compressed image data, as a PDF would embed it. */
class ImageDataTest {
  private static final PngFormat RGB = new PngFormat(PngFormat.RGB, 8);

  private static byte[] joined(List<MemorySegment> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(part -> joined.writeBytes(part.toArray(ValueLayout.JAVA_BYTE)));
    return joined.toByteArray();
  }

  /** What a PDF reader does for /Predictor 15: the filter of each row is undone. */
  private static byte[] predicted(byte[] data, int colors, int bits, int columns) {
    int rowBytes = (colors * bits * columns + 7) / 8;
    int distance = Math.max(1, colors * bits / 8);
    byte[] rows = new byte[data.length / (rowBytes + 1) * rowBytes];
    byte[] above = new byte[rowBytes];
    for (int at = 0, to = 0; at < data.length; at += rowBytes + 1, to += rowBytes) {
      byte[] row = Arrays.copyOfRange(data, at + 1, at + 1 + rowBytes);
      for (int i = 0; i < rowBytes; i++) {
        int left = i < distance ? 0 : row[i - distance] & 0xFF;
        int up = above[i] & 0xFF;
        int corner = i < distance ? 0 : above[i - distance] & 0xFF;
        row[i] += (byte) prediction(data[at], left, up, corner);
      }
      System.arraycopy(row, 0, rows, to, rowBytes);
      above = row;
    }
    return rows;
  }

  private static int prediction(int filter, int left, int up, int corner) {
    int estimate = left + up - corner;
    int nearest = up;
    if (Math.abs(estimate - corner) < Math.abs(estimate - up)) {
      nearest = corner;
    }
    if (Math.abs(estimate - left) <= Math.abs(estimate - up)
        && Math.abs(estimate - left) <= Math.abs(estimate - corner)) {
      nearest = left;
    }
    return switch (filter) {
      case 0 -> 0;
      case 1 -> left;
      case 2 -> up;
      case 3 -> (left + up) / 2;
      default -> nearest;
    };
  }

  @Test
  void whatAPdfReaderMakesOfItArePixels() throws DataFormatException {
    TestImage image = TestImage.photoLike(RGB, 37, 23, 5);
    byte[] file = PngWriter.of(image).mixedFilters(3).idatChunkSize(100).bytes();
    MemorySegment png = MemorySegment.ofArray(file);
    PngInfo info = Png.readInfo(png);
    byte[] inflated = ImageIoMetadata.inflated(joined(Png.imageData(png)));
    byte[] rgb =
        predicted(inflated, info.colorType().samplesPerPixel(), info.bitDepth(), info.width());
    assertThat(rgb).isEqualTo(ReferencePixels.rgb8(image));
  }

  @Test
  void everyFormatInflatesToItsScanlines() throws DataFormatException {
    for (PngFormat format : PngFormat.ALL) {
      for (boolean interlaced : new boolean[] {false, true}) {
        PngWriter writer =
            PngWriter.of(TestImage.random(format, 9, 7, 2))
                .mixedFilters(1)
                .interlaced(interlaced)
                .idatChunkSize(7);
        byte[] data = joined(Png.imageData(MemorySegment.ofArray(writer.bytes())));
        assertThat(ImageIoMetadata.inflated(data)).as("%s", format).isEqualTo(writer.scanlines());
        assertThat(ColorType.of(format.colorType()).samplesPerPixel()).isEqualTo(format.channels());
        assertThat(ColorType.of(format.colorType()).hasAlpha()).isEqualTo(format.hasAlphaChannel());
      }
    }
  }

  @Test
  void slicesAreOfTheCallersSegmentWithItsScopeAndItsAccess() {
    byte[] file = PngWriter.of(TestImage.random(RGB, 9, 7, 2)).idatChunkSize(50).bytes();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment png = arena.allocateFrom(ValueLayout.JAVA_BYTE, file);
      for (MemorySegment part : Png.imageData(png)) {
        long offset = part.address() - png.address();
        assertThat(offset).isBetween(0L, png.byteSize() - part.byteSize());
        assertThat(part.scope()).isEqualTo(arena.scope());
        assertThat(part.isReadOnly()).isFalse();
      }
      assertThat(Png.imageData(png.asReadOnly())).allMatch(MemorySegment::isReadOnly);
    }
    assertThat(Png.imageData(MemorySegment.ofArray(file)))
        .allSatisfy(part -> assertThat(part.heapBase()).containsSame(file));
  }

  @Test
  void thereIsASliceForEachChunkAlsoForEmptyOnesAndThoseOfLargeFiles() {
    PngFile file = PngWriter.of(TestImage.random(RGB, 9, 7, 2)).idatChunkSize(100).file();
    PngChunk[] empty = new PngChunk[5000];
    Arrays.fill(empty, PngChunk.of("IDAT"));
    List<MemorySegment> parts =
        Png.imageData(MemorySegment.ofArray(file.after("IDAT", empty).bytes()));
    int full = file.chunks().size() - 2; // all but IHDR and IEND
    assertThat(parts).hasSize(full + 5000);
    assertThat(parts.subList(full, parts.size())).allMatch(part -> part.byteSize() == 0);
    assertThat(parts.get(0).byteSize()).isEqualTo(100);
  }

  @Test
  void damageAndLimitsAreThoseOfDecoding() {
    PngFile file = PngWriter.of(TestImage.random(RGB, 9, 7, 2)).file();
    MemorySegment damaged =
        MemorySegment.ofArray(file.change("IDAT", PngChunk::withDamagedCrc).bytes());
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.imageData(damaged))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(57));
    MemorySegment none = MemorySegment.ofArray(file.without("IDAT").bytes());
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.imageData(none))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(53));
    MemorySegment odd = MemorySegment.ofArray(file.after("IHDR", PngChunk.of("tIME")).bytes());
    assertThat(Png.imageData(odd)).hasSize(1);
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.imageData(odd, DecodeOptions.strict()))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(73));
    Limits few = Limits.defaults().withMaxChunks(2);
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.imageData(odd, DecodeOptions.defaults().withLimits(few)))
        .satisfies(e -> assertThat(e.limit()).contains(Limit.CHUNKS));
  }

  @Test
  void ofATruncatedFileTheLastSliceIsWhatIsThere() {
    byte[] whole = PngWriter.of(TestImage.random(RGB, 9, 7, 2)).bytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - 30);
    byte[] data = joined(Png.imageData(MemorySegment.ofArray(whole)));
    byte[] there = joined(Png.imageData(MemorySegment.ofArray(cut), DecodeOptions.tolerant()));
    assertThat(there).isEqualTo(Arrays.copyOf(data, data.length - 30 + 16));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.imageData(MemorySegment.ofArray(cut)));
  }
}
