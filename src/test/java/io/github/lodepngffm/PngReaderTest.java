package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceFormats;
import io.github.lodepngffm.testkit.TestImage;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Rows in bands: the reference's pixels, and what a reader lets be done with it. */
class PngReaderTest {
  static final List<PngFormat> FORMATS = PngFormat.ALL;

  private static final TestImage PICTURE =
      TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 300, 200, 5);

  private static final byte[] PNG = PngWriter.of(PICTURE).mixedFilters(3).bytes();

  private static Pixels band(Arena arena, int width, int height) {
    return Pixels.of(arena.allocate(4L * width * height), width, height, PixelFormat.RGBA8);
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void bandsOfEveryHeightGiveTheReferenceInEveryFormat(PngFormat format) {
    TestImage image = TestImage.photoLike(format, 57, 43, 9);
    for (boolean interlaced : new boolean[] {false, true}) {
      byte[] png = PngWriter.of(image).mixedFilters(11).interlaced(interlaced).bytes();
      for (PixelFormat into : PixelFormat.values()) {
        if (!ReferenceFormats.exists(format, into)) {
          continue;
        }
        byte[] expected = ReferenceFormats.bytes(image, into);
        for (int height : new int[] {1, 2, 7, 43, 100}) {
          assertThat(BandReading.bytes(png, into, height))
              .as("%s to %s, interlaced %s, %d rows", image, into, interlaced, height)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** The pixels of a region, every so many-th, out of those of the whole picture. */
  private static byte[] picked(
      byte[] whole, int rowBytes, int pixelBytes, int[] region, int stepX, int stepY) {
    ByteArrayOutputStream picked = new ByteArrayOutputStream();
    for (int y = region[1]; y < region[1] + region[3]; y += stepY) {
      for (int x = region[0]; x < region[0] + region[2]; x += stepX) {
        picked.write(whole, y * rowBytes + x * pixelBytes, pixelBytes);
      }
    }
    return picked.toByteArray();
  }

  @ParameterizedTest
  @FieldSource("FORMATS")
  void regionsAndStepsGiveThosePixelsOfTheReference(PngFormat format) {
    TestImage image = TestImage.photoLike(format, 57, 43, 9);
    int[][] regions = {
      {0, 0, 57, 43}, {0, 0, 1, 1}, {56, 42, 1, 1}, {3, 5, 40, 20}, {0, 42, 57, 1}
    };
    for (boolean interlaced : new boolean[] {false, true}) {
      MemorySegment png =
          MemorySegment.ofArray(
              PngWriter.of(image).mixedFilters(11).interlaced(interlaced).bytes());
      for (PixelFormat into : PixelFormat.values()) {
        if (!ReferenceFormats.exists(format, into)) {
          continue;
        }
        byte[] expected = ReferenceFormats.bytes(image, into);
        for (int[] region : regions) {
          for (int step = 1; step <= 16; step += 5) {
            int stepX = step;
            UnaryOperator<PngReader> selection =
                reader ->
                    reader
                        .region(region[0], region[1], region[2], region[3])
                        .subsample(stepX, 17 - stepX);
            assertThat(BandReading.bytes(png, DecodeOptions.defaults(), into, 3, selection))
                .as("%s to %s, region %s, step %d", image, into, Arrays.toString(region), step)
                .isEqualTo(
                    picked(
                        expected,
                        57 * into.bytesPerPixel(),
                        into.bytesPerPixel(),
                        region,
                        stepX,
                        17 - stepX));
          }
        }
      }
    }
  }

  @Test
  void aReaderSaysWhatItReadsAndHowFarItIs() {
    try (Arena arena = Arena.ofConfined();
        PngReader reader = Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults())) {
      assertThat(reader.info().width()).isEqualTo(300);
      assertThat(reader.width()).isEqualTo(300);
      assertThat(reader.height()).isEqualTo(200);
      reader.region(10, 20, 100, 50).subsample(3, 4);
      assertThat(reader.width()).isEqualTo(34);
      assertThat(reader.height()).isEqualTo(13);
      assertThat(reader.rowsDone()).isZero();
      Pixels band = band(arena, 34, 8);
      assertThat(reader.readRows(band)).isEqualTo(8);
      assertThat(reader.rowsDone()).isEqualTo(8);
      assertThatIllegalStateException().isThrownBy(reader::report).withMessageContaining("8 of 13");
      assertThatIllegalStateException().isThrownBy(() -> reader.subsample(1, 1));
      assertThat(reader.readRows(band)).isEqualTo(5);
      assertThat(reader.readRows(band)).isZero();
      assertThat(reader.rowsDone()).isEqualTo(13);
      assertThat(reader.report().bytesWritten()).isEqualTo(34L * 13 * 4);
      assertThat(reader.report().decodePath()).isEqualTo(DecodePath.FAST);
      assertThat(reader.report().peakMemoryBytes()).isPositive();
    }
  }

  @Test
  void alphaThatIsDroppedIsReportedWithTheLastRow() {
    TestImage image = TestImage.random(new PngFormat(PngFormat.RGBA, 8), 9, 5, 1);
    try (Arena arena = Arena.ofConfined();
        PngReader reader =
            Png.open(MemorySegment.ofArray(PngWriter.bytesOf(image)), DecodeOptions.defaults())) {
      Pixels band = Pixels.of(arena.allocate(9 * 3 * 4), 9, 4, PixelFormat.RGB8);
      assertThat(reader.readRows(band)).isEqualTo(4);
      assertThat(reader.readRows(band)).isEqualTo(1);
      assertThat(reader.report().alphaDropped()).isTrue();
    }
  }

  @Test
  void aBandThatDoesNotFitIsRefusedWithTheNumbersAndReadingGoesOn() {
    try (Arena arena = Arena.ofConfined();
        PngReader reader = Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.readRows(band(arena, 299, 2)))
          .withMessageContaining("300")
          .withMessageContaining("299");
      assertThat(reader.readRows(band(arena, 300, 2))).isEqualTo(2);
      Pixels other = Pixels.of(arena.allocate(300 * 4 * 2), 300, 2, PixelFormat.BGRA8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.readRows(other))
          .withMessageContaining("RGBA8")
          .withMessageContaining("BGRA8");
      Pixels onHeap = Pixels.of(MemorySegment.ofArray(new byte[2400]), 300, 2, PixelFormat.RGBA8);
      assertThatIllegalArgumentException().isThrownBy(() -> reader.readRows(onHeap));
      assertThat(reader.readRows(band(arena, 300, 500))).isEqualTo(198);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults()).region(1, 0, 300, 1))
        .withMessageContaining("300 x 200");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults()).subsample(1, 0));
  }

  @Test
  void headersThatAreWrongOrOverALimitAreRefusedAtOnce() {
    MemorySegment png = MemorySegment.ofArray(PNG);
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.open(png.asSlice(1), DecodeOptions.defaults()));
    Limits limits = Limits.defaults().withMaxPixels(300 * 200 - 1);
    PngException e =
        catchThrowableOfType(
            PngException.class, () -> Png.open(png, DecodeOptions.defaults().withLimits(limits)));
    assertThat(e.limit()).contains(Limit.PIXELS);
  }

  @Test
  void theLimitOnOutputIsAboutWhatIsRead() {
    Limits limits = Limits.defaults().withMaxOutputBytes(100 * 100 * 4);
    DecodeOptions options = DecodeOptions.defaults().withLimits(limits);
    MemorySegment png = MemorySegment.ofArray(PNG);
    assertThat(
            BandReading.bytes(
                png, options, PixelFormat.RGBA8, 7, reader -> reader.region(0, 0, 100, 100)))
        .hasSize(100 * 100 * 4);
    PngException e =
        catchThrowableOfType(
            PngException.class,
            () ->
                BandReading.bytes(
                    png, options, PixelFormat.RGBA8, 7, reader -> reader.region(0, 0, 100, 101)));
    assertThat(e.limit()).contains(Limit.OUTPUT_BYTES);
    assertThat(e.wanted()).hasValue(100 * 101 * 4);
  }

  @Test
  void anInterlacedImageIsBoundByTheLimitOnMemory() {
    byte[] png = PngWriter.of(PICTURE).interlaced(true).bytes();
    Limits limits = Limits.defaults().withMaxMemoryBytes(300 * 200 * 4);
    PngException e =
        catchThrowableOfType(
            PngException.class,
            () ->
                BandReading.bytes(
                    MemorySegment.ofArray(png),
                    DecodeOptions.defaults().withLimits(limits),
                    PixelFormat.RGBA8,
                    7,
                    UnaryOperator.identity()));
    assertThat(e.limit()).contains(Limit.MEMORY_BYTES);
    assertThat(e.wanted().getAsLong()).isGreaterThan(e.allowed().getAsLong());
  }

  private enum Damage {
    CHECKSUM_OF_A_CHUNK,
    END_OF_THE_FILE,
    IMAGE_DATA
  }

  private static byte[] damaged(Damage damage) {
    byte[] png = PNG.clone();
    switch (damage) {
      case CHECKSUM_OF_A_CHUNK -> png[png.length - 13] ^= 1;
      case END_OF_THE_FILE -> png = Arrays.copyOf(png, png.length - 5000);
      case IMAGE_DATA -> {
        byte[] stream = PngWriter.compress(PngWriter.of(PICTURE).scanlines(), 6);
        stream[stream.length - 1] ^= 1; // of the Adler-32
        png = PngWriter.of(PICTURE).idat(stream).bytes();
      }
    }
    return png;
  }

  @ParameterizedTest
  @EnumSource
  void damageHasTheCodeThatDecodingGives(Damage damage) {
    byte[] png = damaged(damage);
    try (Arena arena = Arena.ofConfined()) {
      PngException whole =
          catchThrowableOfType(
              PngException.class,
              () -> Png.decode(MemorySegment.ofArray(png), PixelFormat.RGBA8, arena));
      PngException bands =
          catchThrowableOfType(
              PngException.class, () -> BandReading.bytes(png, PixelFormat.RGBA8, 7));
      assertThat(bands.errorCode()).isEqualTo(whole.errorCode());
      assertThat(bands).hasMessage(whole.getMessage());
      assertThat(bands.kind()).isEqualTo(whole.kind());
    }
  }

  @Test
  void rowsBeforeTheDamageAreThoseOfTheImageAndFurtherCallsThrowAgain() {
    TestImage large = TestImage.random(new PngFormat(PngFormat.RGB, 8), 400, 400, 1);
    byte[] stream = PngWriter.compress(PngWriter.of(large).filter(0).scanlines(), 0);
    stream[stream.length - 1] ^= 1;
    byte[] damaged = PngWriter.of(large).idat(stream).bytes();
    byte[] expected = ReferenceFormats.bytes(large, PixelFormat.RGBA8);
    try (Arena arena = Arena.ofConfined();
        PngReader reader = Png.open(MemorySegment.ofArray(damaged), DecodeOptions.defaults())) {
      Pixels band = band(arena, 400, 100);
      for (int i = 0; i < 3; i++) {
        assertThat(reader.readRows(band)).isEqualTo(100);
        assertThat(band.memory().toArray(JAVA_BYTE))
            .isEqualTo(Arrays.copyOfRange(expected, i * 160_000, (i + 1) * 160_000));
      }
      for (int i = 0; i < 2; i++) {
        PngException e = catchThrowableOfType(PngException.class, () -> reader.readRows(band));
        assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED);
      }
      assertThat(reader.rowsDone()).isEqualTo(300);
    }
  }

  @Test
  void aClosedReaderReadsNothingAndMayBeClosedAgain() {
    try (Arena arena = Arena.ofConfined()) {
      Pixels band = band(arena, 300, 7);
      PngReader unread = Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults());
      unread.close();
      assertThatIllegalStateException().isThrownBy(() -> unread.readRows(band));
      assertThatIllegalStateException().isThrownBy(() -> unread.region(0, 0, 1, 1));
      PngReader half = Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults());
      half.readRows(band);
      half.close();
      half.close();
      assertThatIllegalStateException()
          .isThrownBy(() -> half.readRows(band))
          .withMessageContaining("closed");
    }
  }

  @Test
  void closingInTheMiddleGivesBackWhatWasTaken() {
    MemoryPool.SHARED.releaseIdle();
    long before = MemoryCalls.liveAllocations();
    try (Arena arena = Arena.ofConfined()) {
      for (boolean interlaced : new boolean[] {false, true}) {
        byte[] png = PngWriter.of(PICTURE).interlaced(interlaced).bytes();
        PngReader reader = Png.open(MemorySegment.ofArray(png), DecodeOptions.defaults());
        reader.readRows(band(arena, 300, 7));
        assertThat(MemoryCalls.liveAllocations()).isGreaterThan(before);
        reader.close();
        MemoryPool.SHARED.releaseIdle();
        assertThat(MemoryCalls.liveAllocations()).isEqualTo(before);
      }
    }
  }

  private static WeakReference<PngReader> forget() {
    try (Arena arena = Arena.ofConfined()) {
      PngReader reader = Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults());
      reader.readRows(band(arena, 300, 7));
      return new WeakReference<>(reader);
    }
  }

  /** That its memory comes back, too, the check around this class sees. */
  @Test
  void aReaderThatIsForgottenIsCollected() throws InterruptedException {
    MemoryPool.SHARED.releaseIdle();
    long before = MemoryCalls.liveAllocations();
    WeakReference<PngReader> forgotten = forget();
    while (forgotten.get() != null || MemoryCalls.liveAllocations() > before) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(5);
      MemoryPool.SHARED.releaseIdle();
    }
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(before);
  }

  @Test
  void severalThreadsMayReadInTurn() throws InterruptedException {
    byte[] expected = ReferenceFormats.bytes(PICTURE, PixelFormat.RGBA8);
    try (Arena arena = Arena.ofShared();
        PngReader reader = Png.open(MemorySegment.ofArray(PNG), DecodeOptions.defaults())) {
      Pixels band = band(arena, 300, 50);
      for (int i = 0; i < 4; i++) {
        Thread thread = Thread.ofVirtual().start(() -> reader.readRows(band));
        thread.join();
        assertThat(band.memory().toArray(JAVA_BYTE))
            .isEqualTo(Arrays.copyOfRange(expected, i * 60_000, (i + 1) * 60_000));
      }
    }
  }

  /** Large enough to be at it for a while; whatever comes first, nothing else may come of it. */
  @Test
  void closingEndsABandThatIsBeingRead() throws InterruptedException {
    TestImage large = TestImage.flat(new PngFormat(PngFormat.RGBA, 16), 2000, 2000, 7);
    MemorySegment png = MemorySegment.ofArray(PngWriter.of(large).compressionLevel(1).bytes());
    for (int i = 0; i < 5; i++) {
      try (Arena arena = Arena.ofShared()) {
        Pixels band = Pixels.of(arena.allocate(2000L * 2000 * 4), 2000, 2000, PixelFormat.RGBA8);
        PngReader reader = Png.open(png, DecodeOptions.defaults());
        AtomicReference<RuntimeException> thrown = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread =
            Thread.ofPlatform()
                .start(() -> {
                  begun.countDown();
                  try {
                    reader.readRows(band);
                  } catch (RuntimeException e) {
                    thrown.set(e);
                  }
                });
        begun.await();
        reader.close();
        thread.join();
        if (thrown.get() instanceof PngException e) {
          assertThat(e.kind()).isEqualTo(PngException.Kind.CANCELLED);
        } else if (thrown.get() != null) {
          assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  @Test
  void thePngMayBeInAnArenaThatIsClosedInTheMiddle() {
    try (Arena arena = Arena.ofConfined()) {
      Arena ofPng = Arena.ofConfined();
      MemorySegment png = ofPng.allocateFrom(JAVA_BYTE, PNG);
      try (PngReader reader = Png.open(png, DecodeOptions.defaults())) {
        Pixels band = band(arena, 300, 7);
        assertThat(reader.readRows(band)).isEqualTo(7);
        ofPng.close();
        assertThatIllegalStateException().isThrownBy(() -> reader.readRows(band));
      }
    }
  }
}
