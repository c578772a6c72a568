package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.testkit.PngChunk;
import io.github.lodepngffm.testkit.PngFile;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Refusals before anything is spent: each names what the file wants, the limit and its method. */
class PngLimitsTest {
  private static final PngFormat RGB8 = new PngFormat(PngFormat.RGB, 8);

  /** Fails the test when it is asked for memory. */
  private static final SegmentAllocator NOTHING =
      (size, alignment) -> {
        throw new AssertionError(size + " bytes were asked for");
      };

  private final TestImage image = TestImage.random(RGB8, 10, 20, 1);
  private final byte[] png = PngWriter.bytesOf(image);

  private static void refused(
      byte[] png, Limits limits, int code, String method, long wanted, long limit) {
    ConvertOptions options = ConvertOptions.defaults().withLimits(limits);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, png);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.toBmp(input, arena, options))
          .withMessageContaining("Limits." + method)
          .withMessageContaining(": " + wanted)
          .withMessageContaining("at most " + limit + ";")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.LIMIT))
          .satisfies(e -> assertThat(e.limit().orElseThrow().method()).isEqualTo(method))
          .satisfies(e -> assertThat(e.wanted()).hasValue(wanted))
          .satisfies(e -> assertThat(e.allowed()).hasValue(limit))
          .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code));
    }
  }

  /** A limit refuses one less than what is wanted, naming both, and lets exactly that pass. */
  private static void isInclusive(
      byte[] png, LongFunction<Limits> limits, int code, String method, long wanted) {
    refused(png, limits.apply(wanted - 1), code, method, wanted, wanted - 1);
    ConvertOptions enough = ConvertOptions.defaults().withLimits(limits.apply(wanted));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bmp = Png.toBmp(MemorySegment.ofArray(png), arena, enough);
      assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(Png.toBmp(png));
    }
  }

  @Test
  void inputBytes() {
    isInclusive(png, Limits.defaults()::withMaxInputBytes, 1001, "withMaxInputBytes", png.length);
  }

  @Test
  void inputOnTheHeapIsRefusedBeforeItIsCopied() {
    ConvertOptions options =
        ConvertOptions.defaults().withLimits(Limits.defaults().withMaxInputBytes(40));
    MemorySegment onHeap = MemorySegment.ofArray(png);
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.toBmp(onHeap, NOTHING, options))
        .withMessageContaining(": " + png.length + ", at most 40; Limits.withMaxInputBytes");
  }

  @Test
  void pixels() {
    isInclusive(png, Limits.defaults()::withMaxPixels, 1002, "withMaxPixels", 200);
  }

  @Test
  void outputBytes() {
    long bytes = ReferenceBmp.bytes(image).length;
    isInclusive(png, Limits.defaults()::withMaxOutputBytes, 1003, "withMaxOutputBytes", bytes);
  }

  @Test
  void chunks() {
    PngFile file = PngWriter.of(image).idatChunkSize(100).file();
    int chunks = file.chunks().size();
    assertThat(chunks).isGreaterThan(5);
    isInclusive(file.bytes(), Limits.defaults()::withMaxChunks, 1005, "withMaxChunks", chunks);
  }

  @Test
  void ancillaryBytes() {
    byte[] file = PngWriter.of(image).chunkBeforeData(PngChunk.of("teSt", new byte[1000])).bytes();
    ConvertOptions few =
        ConvertOptions.defaults().withLimits(Limits.defaults().withMaxAncillaryBytes(999));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.toBmp(MemorySegment.ofArray(file), Arena.ofAuto(), few))
        .withMessageContaining("at most 999; Limits.withMaxAncillaryBytes raises the limit")
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(1006));
    assertThat(Png.toBmp(file)).isEqualTo(ReferenceBmp.bytes(image));
  }

  /** iCCP: a name, a zero, the compression method, a zlib stream (PNG, 11.3.2.3). */
  private static PngChunk profile(byte[] stream) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(new byte[] {'x', 0, 0});
    data.writeBytes(stream);
    return PngChunk.of("iCCP", data.toByteArray());
  }

  /** What is counted: the chunks as they are, and the bytes that the profiles inflate to. */
  @Test
  void ancillaryBytesCountInflated() {
    PngChunk small = profile(PngWriter.compress(new byte[1000], 9));
    PngChunk large = profile(PngWriter.compress(new byte[50_000], 9));
    byte[] file = PngWriter.of(image).chunkBeforeData(small).chunkBeforeData(large).bytes();
    long wanted = small.data().length + large.data().length + 51_000;
    Limits enough = Limits.defaults().withMaxAncillaryBytes(wanted);
    MemorySegment bmp =
        Png.toBmp(
            MemorySegment.ofArray(file),
            Arena.ofAuto(),
            ConvertOptions.strict().withLimits(enough));
    assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(ReferenceBmp.bytes(image));
    for (long less : new long[] {1, 1000, 49_000, 50_000, 50_001}) {
      ConvertOptions few =
          ConvertOptions.strict().withLimits(enough.withMaxAncillaryBytes(wanted - less));
      assertThatExceptionOfType(PngException.class)
          .as("%d bytes less", less)
          .isThrownBy(() -> Png.toBmp(MemorySegment.ofArray(file), Arena.ofAuto(), few))
          .withMessageContaining("at most " + (wanted - less) + "; Limits.withMaxAncillaryBytes")
          .satisfies(e -> assertThat(e.errorCode()).isEqualTo(1006));
    }
  }

  /** 16 MiB are allowed; each of the profiles is far below. */
  @Test
  void profilesThatInflateToAGigabyteTogetherAreRefusedWhereTheyAreJudged() {
    PngChunk profile = profile(PngWriter.compress(new byte[15 << 20], 9));
    PngWriter writer = PngWriter.of(image).chunkBeforeData(profile);
    assertThat(strictly(writer.bytes())).as("one").isEqualTo(ReferenceBmp.bytes(image));
    for (int i = 1; i < 64; i++) {
      writer.chunkBeforeData(profile);
    }
    byte[] file = writer.bytes();
    assertThat(file.length).isLessThan(2 << 20);
    assertThat(Png.toBmp(file)).as("not asked for").isEqualTo(ReferenceBmp.bytes(image));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> strictly(file))
        .withMessageContaining("at most 16777216; Limits.withMaxAncillaryBytes")
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(1006));
  }

  @Test
  void textsAreNeverInflated() {
    PngChunk text = profile(PngWriter.compress(new byte[20 << 20], 9)).withType("zTXt");
    byte[] file = PngWriter.of(image).chunkBeforeData(text).bytes();
    assertThat(file.length).isLessThan(100_000);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, file);
      MemorySegment bmp = arena.allocate(ReferenceBmp.bytes(image).length);
      ConversionReport report =
          PngBmpCalls.convert(
              input, ConvertOptions.defaults(), bmp, MemorySegment.NULL, MemorySegment.NULL, 0);
      assertThat(report.peakMemoryBytes()).isLessThan(1 << 20);
      assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(ReferenceBmp.bytes(image));
    }
  }

  /**
   * Blocks that hold nothing cost time where LodePNG's own inflater reads them, so many at most.
   */
  @Test
  void aHundredThousandBlocksEndTheConversion() {
    byte[] plain = PngWriter.compress(new byte[1000], 9);
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.write(plain, 0, 2);
    for (int i = 0; i < 300; i++) {
      padded.writeBytes(new byte[] {0x02, 0x08, 0x20, (byte) 0x80, 0x00}); // four, of fixed codes
    }
    padded.write(plain, 2, plain.length - 2);
    PngWriter writer = PngWriter.of(image).chunkBeforeData(profile(padded.toByteArray()));
    assertThat(strictly(writer.bytes())).as("few").isEqualTo(ReferenceBmp.bytes(image));
    for (int i = 1; i < 100; i++) {
      writer.chunkBeforeData(profile(padded.toByteArray()));
    }
    byte[] many = writer.bytes();
    assertThat(Png.toBmp(many)).as("not asked for").isEqualTo(ReferenceBmp.bytes(image));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> strictly(many))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(1011))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED))
        .withMessageContaining("block");
  }

  @Test
  void memoryBytesHoldForEveryFormatOnEveryPath() {
    for (PngFormat format : PngFormat.ALL) {
      for (boolean interlaced : new boolean[] {false, true}) {
        byte[] file =
            PngWriter.of(TestImage.random(format, 100, 100, 1)).interlaced(interlaced).bytes();
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment input = arena.allocateFrom(JAVA_BYTE, file);
          MemorySegment bmp = arena.allocate(30_054);
          ConversionReport report =
              PngBmpCalls.convert(
                  input, ConvertOptions.defaults(), bmp, MemorySegment.NULL, MemorySegment.NULL, 0);
          long peak = report.peakMemoryBytes();
          assertThat(peak).as("%s interlaced %s", format, interlaced).isPositive();
          Limits enough = Limits.defaults().withMaxMemoryBytes(peak);
          Png.toBmp(input, bmp, ConvertOptions.defaults().withLimits(enough));
          ConvertOptions less =
              ConvertOptions.defaults().withLimits(enough.withMaxMemoryBytes(peak - 1));
          assertThatExceptionOfType(PngException.class)
              .as("%s interlaced %s", format, interlaced)
              .isThrownBy(() -> Png.toBmp(input, bmp, less))
              .withMessageContaining("at most " + (peak - 1) + "; Limits.withMaxMemoryBytes")
              .satisfies(e -> assertThat(e.errorCode()).isEqualTo(1004));
        }
      }
    }
  }

  @Test
  void idatRatioStopsStreamsOfEmptyBlocks() {
    byte[] stream = PngWriter.compress(PngWriter.of(image).scanlines(), 9);
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.write(stream, 0, 2);
    for (int i = 0; i < 20_000; i++) {
      padded.writeBytes(new byte[] {0, 0, 0, -1, -1}); // stored, not last, no byte
    }
    padded.write(stream, 2, stream.length - 2);
    byte[] file = PngWriter.of(image).idat(padded.toByteArray()).bytes();
    int scanlines = 20 * (1 + 30);
    refused(
        file, Limits.defaults(), 1007, "withMaxIdatRatio", padded.size(), 65_536 + 4 * scanlines);
    ConvertOptions patient =
        ConvertOptions.defaults().withLimits(Limits.defaults().withMaxIdatRatio(1000));
    MemorySegment bmp = Png.toBmp(MemorySegment.ofArray(file), Arena.ofAuto(), patient);
    assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(ReferenceBmp.bytes(image));
  }

  @Test
  void aFileOf68BytesThatClaims60000By60000IsRefusedBeforeAnyMemoryIsAskedFor() {
    byte[] file = headerWithLittleData(60_000, 60_000);
    assertThat(file).hasSize(68);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, file);
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.toBmp(input, NOTHING))
          .withMessageContaining("3600000000 (60000 x 60000)")
          .withMessageContaining("at most 67108864; Limits.withMaxPixels raises the limit");
    }
  }

  @Test
  void aBmpOver4GigabytesIsRefusedWhateverTheLimitsBeforeAnyMemoryIsAskedFor() {
    ConvertOptions unlimited = ConvertOptions.defaults().withLimits(Limits.unlimited());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, headerWithLittleData(60_000, 60_000));
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.toBmp(input, NOTHING, unlimited))
          .withMessageContaining("10800000054")
          .withMessageContaining("at most 4294967295 bytes")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.UNSUPPORTED))
          .satisfies(e -> assertThat(e.errorCode()).isEqualTo(1008));
      MemorySegment largest =
          arena.allocateFrom(JAVA_BYTE, headerWithLittleData(Integer.MAX_VALUE, Integer.MAX_VALUE));
      assertThatExceptionOfType(PngException.class)
          .isThrownBy(() -> Png.toBmp(largest, NOTHING, unlimited))
          .satisfies(e -> assertThat(e.errorCode()).isIn(92, 1008));
    }
  }

  @Test
  void limitsCheckTheirOwnValues() {
    Limits some = Limits.defaults();
    for (LongFunction<Limits> with :
        List.<LongFunction<Limits>>of(
            some::withMaxInputBytes,
            some::withMaxPixels,
            some::withMaxOutputBytes,
            some::withMaxMemoryBytes,
            some::withMaxAncillaryBytes,
            some::withMaxChunks,
            some::withMaxIdatRatio)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> with.apply(-1))
          .withMessageContaining("-1");
      assertThat(with.apply(123)).isNotEqualTo(some).isEqualTo(with.apply(123));
      assertThat(with.apply(123).toString()).contains("=123");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> some.withMaxIdatRatio(0));
  }

  /** The smallest file of its kind: header, 11 bytes of data, end. */
  private static byte[] headerWithLittleData(int width, int height) {
    return new PngFile(
            List.of(
                PngWriter.header(width, height, 8, PngFormat.RGB, 0, 0, 0),
                PngChunk.of("IDAT", new byte[11]),
                PngChunk.of("IEND")))
        .bytes();
  }

  /** LodePNG's verdict on the whole file, so that its profiles are inflated. */
  private static byte[] strictly(byte[] png) {
    try (Arena arena = Arena.ofConfined()) {
      return Png.toBmp(MemorySegment.ofArray(png), arena, ConvertOptions.strict())
          .toArray(JAVA_BYTE);
    }
  }
}
