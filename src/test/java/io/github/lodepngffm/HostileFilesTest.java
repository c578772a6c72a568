package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.HostilePng;
import io.github.lodepngffm.testkit.HostilePng.Fate;
import io.github.lodepngffm.testkit.HostilePngs;
import io.github.lodepngffm.testkit.ImageIoDecoder;
import io.github.lodepngffm.testkit.ReferenceBmp;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Damaged and malicious files: a {@link PngException} or an image, never anything else. */
class HostileFilesTest {

  @Test
  void hostileFilesMeetTheirFateAndLeaveNoMemoryBehind() {
    List<HostilePng> files = HostilePngs.all().toList();
    assertThat(files).hasSizeGreaterThan(300);
    for (HostilePng hostile : files) {
      MemoryPool.SHARED.releaseIdle();
      long before = MemoryCalls.liveAllocations();
      Throwable thrown = catchThrowable(() -> toBmp(hostile.bytes(), ConvertOptions.strict()));
      MemoryPool.SHARED.releaseIdle();
      assertThat(MemoryCalls.liveAllocations()).as("memory after %s", hostile).isEqualTo(before);
      if (thrown != null) {
        assertThat(hostile.fate()).as("%s: %s", hostile, thrown).isNotEqualTo(Fate.DECODED);
        assertThat(thrown).as("%s", hostile).isInstanceOf(PngException.class);
        PngException e = (PngException) thrown;
        assertThat(e.errorCode()).as("%s", hostile).isPositive();
        assertThat(e.getMessage()).as("%s", hostile).isNotBlank();
        assertThat(e.kind())
            .as("%s", hostile)
            .isIn(
                PngException.Kind.MALFORMED,
                PngException.Kind.LIMIT,
                PngException.Kind.UNSUPPORTED);
      } else {
        assertThat(hostile.fate()).as("%s", hostile).isNotEqualTo(Fate.REJECTED);
      }
    }
  }

  private static byte[] toBmp(byte[] png, ConvertOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      return Png.toBmp(MemorySegment.ofArray(png), arena, options).toArray(JAVA_BYTE);
    }
  }

  /** Which of them are shown by default is the business of {@link ToleranceTest}. */
  @Test
  void hostileFilesAreDecodedOrRefusedInEveryFormatAndEveryTolerance() {
    for (HostilePng hostile : HostilePngs.all().toList()) {
      for (Tolerance tolerance : Tolerance.values()) {
        DecodeOptions options = DecodeOptions.defaults().withTolerance(tolerance);
        for (PixelFormat format : PixelFormat.values()) {
          Throwable thrown = catchThrowable(() -> decode(hostile.bytes(), format, options));
          if (thrown == null) {
            boolean strict = tolerance == Tolerance.STRICT;
            assertThat(strict && hostile.fate() == Fate.REJECTED).as("%s", hostile).isFalse();
          } else {
            assertThat(thrown).as("%s to %s", hostile, format).isInstanceOf(PngException.class);
            assertThat(hostile.fate() == Fate.DECODED && format == PixelFormat.RGBA8)
                .as("%s: %s", hostile, thrown)
                .isFalse();
          }
        }
      }
    }
  }

  private static void decode(byte[] png, PixelFormat format, DecodeOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      Png.decode(MemorySegment.ofArray(png), format, arena, options);
    }
  }

  @Test
  void strangeButLegalFilesGiveThePixelsThatImageIoSees() throws IOException {
    for (HostilePng legal : HostilePngs.all(Fate.DECODED).toList()) {
      byte[] bmp = Png.toBmp(legal.bytes());
      PngInfo info = Png.readInfo(MemorySegment.ofArray(legal.bytes()));
      byte[] expected =
          ReferenceBmp.bytes(info.width(), info.height(), ImageIoDecoder.rgb8(legal.bytes()), 0, 0);
      assertThat(ReferenceBmp.withoutDensity(bmp)).as("%s", legal).isEqualTo(expected);
    }
  }

  /** The bytes around the pixels belong to somebody else, and so do those between the rows. */
  @Test
  void hostileFilesNeverMakeDecodingWriteOutsideOfThePixels() {
    byte guard = 0x5A;
    for (HostilePng hostile : HostilePngs.all().toList()) {
      PngInfo info;
      try {
        info = Png.readInfo(MemorySegment.ofArray(hostile.bytes()));
      } catch (PngException e) {
        continue;
      }
      if (info.pixels() > 1 << 20) {
        continue; // refused, or as much memory as the guards would need
      }
      for (PixelFormat format : List.of(PixelFormat.RGB8, PixelFormat.RGBA8, PixelFormat.RGBA16)) {
        try (Arena arena = Arena.ofConfined()) {
          long rowBytes = (long) info.width() * format.bytesPerPixel();
          long stride = rowBytes + 7;
          MemorySegment room = arena.allocate(128 + stride * info.height()).fill(guard);
          Pixels pixels = new Pixels(room, info.width(), info.height(), format, 64, stride);
          MemorySegment input = arena.allocateFrom(JAVA_BYTE, hostile.bytes());
          catchThrowable(() -> Png.decode(input, pixels.flipped(), DecodeOptions.tolerant()));
          for (int y = 0; y < info.height(); y++) {
            pixels.row(y).fill(guard);
          }
          assertThat(room.toArray(JAVA_BYTE)).as("%s", hostile).containsOnly(guard);
          assertThat(input.toArray(JAVA_BYTE)).as("%s", hostile).isEqualTo(hostile.bytes());
        }
      }
    }
  }

  /** The bytes around input and output belong to somebody else. */
  @Test
  void hostileFilesNeverMakeTheConversionWriteOutsideItsOutput() {
    byte guard = 0x5A;
    for (HostilePng hostile : HostilePngs.all().toList()) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment input = arena.allocateFrom(JAVA_BYTE, hostile.bytes());
        long bytes;
        try {
          bytes = PngBmpCalls.plan(input, ConvertOptions.defaults()).bmpBytes();
        } catch (PngException e) {
          continue;
        }
        MemorySegment room = arena.allocate(bytes + 128);
        room.asSlice(0, 64).fill(guard);
        room.asSlice(64 + bytes).fill(guard);
        catchThrowable(() -> Png.toBmp(input, room.asSlice(64, bytes), ConvertOptions.defaults()));
        assertThat(room.asSlice(0, 64).toArray(JAVA_BYTE)).as("%s", hostile).containsOnly(guard);
        assertThat(room.asSlice(64 + bytes).toArray(JAVA_BYTE))
            .as("%s", hostile)
            .containsOnly(guard);
        assertThat(input.toArray(JAVA_BYTE)).as("%s", hostile).isEqualTo(hostile.bytes());
      }
    }
  }
}
