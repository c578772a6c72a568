package io.github.lodepngffm.cli;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.Bmp;
import io.github.lodepngffm.BmpInfo;
import io.github.lodepngffm.Buffers;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.ImageException;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PhysicalDimensions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.PngMetadata;
import io.github.lodepngffm.Task;
import io.github.lodepngffm.Tolerance;
import io.github.lodepngffm.WholeFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What {@code bmp2png} does: a BMP becomes a PNG, and a PNG a smaller one of the same pixels, or
 * stays as it is.
 *
 * @param decode how inputs are read
 * @param encode how outputs are written
 * @param strip whether what a PNG has beside its pixels is left out
 */
record ToPng(DecodeOptions decode, EncodeOptions encode, boolean strip) implements Conversions {
  /** With so many first bytes, what either kind of input says of itself is known. */
  private static final int HEADER_BYTES = 1162;

  @Override
  public Outcome convert(Path input, Path output) throws IOException {
    try (ReadableByteChannel channel = Files.newByteChannel(input)) {
      return convert(channel, output);
    }
  }

  @Override
  public Outcome convert(ReadableByteChannel input, Path output) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Made made = make(input, Buffers.uninitialized(arena));
      WholeFile.write(output, made.png());
      return made.outcome();
    }
  }

  @Override
  public Outcome convert(ReadableByteChannel input, WritableByteChannel output) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Made made = make(input, Buffers.uninitialized(arena));
      NativeBytes.write(output, made.png());
      return made.outcome();
    }
  }

  @Override
  public void submit(
      AsyncConverter converter, Path input, Path output, BiConsumer<Outcome, Throwable> whenDone) {
    long bytes;
    try {
      bytes = memoryFor(input);
    } catch (IOException | ImageException e) {
      whenDone.accept(null, e);
      return;
    }
    converter.submit(Task.of(bytes, () -> convert(input, output))).whenComplete(whenDone);
  }

  /** The file, its pixels, and what becomes of them. */
  private long memoryFor(Path input) throws IOException {
    try (ReadableByteChannel channel = Files.newByteChannel(input);
        Arena arena = Arena.ofConfined()) {
      MemorySegment start =
          NativeBytes.readSome(channel, HEADER_BYTES, Buffers.uninitialized(arena));
      long pixelBytes;
      if (isBmp(start)) {
        BmpInfo info = Bmp.readInfo(start);
        pixelBytes = info.pixels() * formatOf(info).bytesPerPixel();
      } else {
        PngInfo info = Png.readInfo(start);
        pixelBytes = info.pixels() * formatOf(info, true).bytesPerPixel();
      }
      return Files.size(input) + 2 * pixelBytes;
    }
  }

  /**
   * A PNG that was made, or kept.
   *
   * @param report of decoding the input, or null where it has nothing to say
   * @param remark what there is to say of it, or null
   */
  private record Made(MemorySegment png, ConversionReport report, String remark) {
    Outcome outcome() {
      return report == null
          ? new Outcome(png.byteSize(), List.of(), 0, remark)
          : new Outcome(png.byteSize(), report.warnings(), report.warningCount(), remark);
    }

    Made with(MemorySegment other) {
      return new Made(other, report, remark);
    }
  }

  private Made make(ReadableByteChannel channel, SegmentAllocator memory) throws IOException {
    MemorySegment input = NativeBytes.readAll(channel, decode.limits().maxInputBytes(), memory);
    return isBmp(input) ? ofBmp(input, memory) : ofPng(input, memory);
  }

  private static boolean isBmp(MemorySegment input) {
    return input.byteSize() >= 2
        && input.get(ValueLayout.JAVA_BYTE, 0) == 'B'
        && input.get(ValueLayout.JAVA_BYTE, 1) == 'M';
  }

  private Made ofBmp(MemorySegment bmp, SegmentAllocator memory) {
    boolean asUsual = decode.tolerance() == Tolerance.ANCILLARY_DAMAGE;
    Made made = asUsual ? null : ofDamagedBmp(bmp, memory);
    if (made == null) {
      made = new Made(Bmp.toPng(bmp, memory, encode), null, null);
    }
    return strip ? made.with(PngChunks.of(made.png()).stripped(memory)) : made;
  }

  /** Refuses what the tolerance refuses; null if the pixels are all there. */
  private Made ofDamagedBmp(MemorySegment bmp, SegmentAllocator memory) {
    BmpInfo info = Bmp.readInfo(bmp);
    try (Arena arena = Arena.ofConfined()) {
      Decoded decoded =
          decoded(
              info.width(),
              info.height(),
              formatOf(info),
              Buffers.uninitialized(arena),
              into -> Bmp.decode(bmp, into, decode),
              (format, out) -> Bmp.decode(bmp, format, out, decode));
      if (decoded.report().warningCount() == 0) {
        return null;
      }
      EncodeOptions options = encode.withMetadata(resolutionOf(info));
      MemorySegment png = Png.encode(decoded.pixels(), memory, options);
      return new Made(png, decoded.report(), null);
    }
  }

  private static PngMetadata resolutionOf(BmpInfo info) {
    int horizontal = info.horizontalPixelsPerMetre();
    int vertical = info.verticalPixelsPerMetre();
    if (horizontal <= 0 || vertical <= 0) {
      return PngMetadata.empty();
    }
    return PngMetadata.empty()
        .withPhysicalDimensions(
            new PhysicalDimensions(horizontal, vertical, PhysicalDimensions.Unit.METRE));
  }

  /** One that keeps everything; an index may lie beyond its palette, and is transparent then. */
  private static PixelFormat formatOf(BmpInfo info) {
    boolean wide = info.sampleBits() > 8;
    if (info.hasAlpha() || info.bitCount() <= 8) {
      return wide ? PixelFormat.RGBA16 : PixelFormat.RGBA8;
    }
    return wide ? PixelFormat.RGB16 : PixelFormat.RGB8;
  }

  private Made ofPng(MemorySegment png, SegmentAllocator memory) {
    PngInfo info = Png.readInfo(png);
    PngChunks chunks = PngChunks.of(png, decode.limits().maxChunks());
    Decoded decoded =
        decoded(
            info.width(),
            info.height(),
            formatOf(info, chunks.has("tRNS")),
            memory,
            into -> Png.decode(png, into, decode),
            (format, out) -> Png.decode(png, format, out, decode));
    boolean canBeStripped = strip && chunks.isComplete();
    String kept = canBeStripped ? "kept as it is but for what is stripped: " : "kept as it is: ";
    MemorySegment asItIs = canBeStripped ? chunks.stripped(memory) : png;
    if (chunks.isAnimated()) {
      return new Made(asItIs, decoded.report(), kept + "it is an animation");
    }
    MemorySegment again = encodedAgain(decoded.pixels(), chunks, memory);
    if (again.byteSize() >= asItIs.byteSize()) {
      String sizes = "%d bytes, encoded again %d".formatted(asItIs.byteSize(), again.byteSize());
      return new Made(asItIs, decoded.report(), kept + sizes);
    }
    return new Made(again, decoded.report(), null);
  }

  private MemorySegment encodedAgain(Pixels pixels, PngChunks chunks, SegmentAllocator memory) {
    MemorySegment again = Png.encode(pixels, memory, encode);
    if (strip) {
      return again;
    }
    if (chunks.has("iCCP") && chunks.isGray() != PngChunks.of(again).isGray()) {
      again = Png.encode(pixels, memory, encode.withReductions(false)); // or the profile is wrong
    }
    PngChunks made = PngChunks.of(again);
    return made.with(chunks.transferableTo(made), memory);
  }

  /** One that every pixel of the PNG can be said in. */
  private static PixelFormat formatOf(PngInfo info, boolean hasColorKey) {
    boolean wide = info.bitDepth() == 16;
    return switch (info.colorType()) {
      case GRAYSCALE -> {
        if (hasColorKey) {
          yield wide ? PixelFormat.GRAY_ALPHA16 : PixelFormat.GRAY_ALPHA8;
        }
        yield wide ? PixelFormat.GRAY16 : PixelFormat.GRAY8;
      }
      case TRUECOLOR -> {
        if (hasColorKey) {
          yield wide ? PixelFormat.RGBA16 : PixelFormat.RGBA8;
        }
        yield wide ? PixelFormat.RGB16 : PixelFormat.RGB8;
      }
      case INDEXED -> PixelFormat.RGBA8;
      case GRAYSCALE_ALPHA -> wide ? PixelFormat.GRAY_ALPHA16 : PixelFormat.GRAY_ALPHA8;
      case TRUECOLOR_ALPHA -> wide ? PixelFormat.RGBA16 : PixelFormat.RGBA8;
    };
  }

  private record Decoded(Pixels pixels, ConversionReport report) {}

  private interface IntoMemory {
    ConversionReport decode(Pixels into);
  }

  private interface ByAllocator {
    Pixels decode(PixelFormat format, SegmentAllocator out);
  }

  /**
   * Into memory that is asked for only if the limits allow so much; else it fails, and says why.
   */
  private Decoded decoded(
      int width,
      int height,
      PixelFormat format,
      SegmentAllocator memory,
      IntoMemory known,
      ByAllocator other) {
    Limits limits = decode.limits();
    long pixels = (long) width * height;
    if (pixels > limits.maxPixels() || pixels > limits.maxOutputBytes() / format.bytesPerPixel()) {
      return new Decoded(other.decode(format, memory), null);
    }
    MemorySegment bytes = memory.allocate(pixels * format.bytesPerPixel(), format.bytesPerSample());
    Pixels into = Pixels.of(bytes, width, height, format);
    return new Decoded(into, known.decode(into));
  }
}
