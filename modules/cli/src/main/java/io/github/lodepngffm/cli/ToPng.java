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
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.Task;
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
  public Outcome convert(ReadableByteChannel input, WritableByteChannel output)
      throws IOException {
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
   * @param report of decoding the input, or null
   * @param remark what there is to say of it, or null
   */
  private record Made(MemorySegment png, ConversionReport report, String remark) {
    Outcome outcome() {
      return report == null
          ? new Outcome(png.byteSize(), List.of(), 0, remark)
          : new Outcome(png.byteSize(), report.warnings(), report.warningCount(), remark);
    }
  }

  private Made make(ReadableByteChannel channel, SegmentAllocator memory) throws IOException {
    MemorySegment input =
        NativeBytes.readAll(channel, decode.limits().maxInputBytes(), memory);
    return isBmp(input) ? ofBmp(input, memory) : ofPng(input, memory);
  }

  private static boolean isBmp(MemorySegment input) {
    return input.byteSize() >= 2
        && input.get(ValueLayout.JAVA_BYTE, 0) == 'B'
        && input.get(ValueLayout.JAVA_BYTE, 1) == 'M';
  }

  private Made ofBmp(MemorySegment bmp, SegmentAllocator memory) {
    BmpInfo info = Bmp.readInfo(bmp);
    Decoded decoded =
        decoded(
            info.width(),
            info.height(),
            formatOf(info),
            memory,
            into -> Bmp.decode(bmp, into, decode),
            (format, out) -> Bmp.decode(bmp, format, out, decode));
    MemorySegment png = Png.encode(decoded.pixels(), memory, encode);
    if (!strip && info.horizontalPixelsPerMetre() > 0 && info.verticalPixelsPerMetre() > 0) {
      PngChunks.Chunk resolution =
          PngChunks.resolution(info.horizontalPixelsPerMetre(), info.verticalPixelsPerMetre());
      png = PngChunks.of(png).with(List.of(resolution), memory);
    }
    return new Made(png, decoded.report(), null);
  }

  /** An index may lie beyond its palette, and is transparent then. */
  private static PixelFormat formatOf(BmpInfo info) {
    return info.hasAlpha() || info.bitCount() <= 8 ? PixelFormat.RGBA8 : PixelFormat.BGR8;
  }

  private Made ofPng(MemorySegment png, SegmentAllocator memory) {
    PngInfo info = Png.readInfo(png);
    PngChunks chunks = PngChunks.of(png);
    Decoded decoded =
        decoded(
            info.width(),
            info.height(),
            formatOf(info, chunks.has("tRNS")),
            memory,
            into -> Png.decode(png, into, decode),
            (format, out) -> Png.decode(png, format, out, decode));
    if (chunks.isAnimated()) {
      return new Made(png, null, "kept as it is: it is an animation");
    }
    MemorySegment again = encodedAgain(decoded.pixels(), chunks, memory);
    if (again.byteSize() >= png.byteSize()) {
      String remark = "kept as it is: %d bytes, encoded again %d";
      return new Made(png, null, remark.formatted(png.byteSize(), again.byteSize()));
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

  /** Into memory that is asked for only if the limits allow so much; else it fails, and says why. */
  private Decoded decoded(
      int width,
      int height,
      PixelFormat format,
      SegmentAllocator memory,
      IntoMemory known,
      ByAllocator other) {
    Limits limits = decode.limits();
    long pixels = (long) width * height;
    if (pixels > limits.maxPixels()
        || pixels > limits.maxOutputBytes() / format.bytesPerPixel()) {
      return new Decoded(other.decode(format, memory), null);
    }
    MemorySegment bytes =
        memory.allocate(pixels * format.bytesPerPixel(), format.bytesPerSample());
    Pixels into = Pixels.of(bytes, width, height, format);
    return new Decoded(into, known.decode(into));
  }
}
